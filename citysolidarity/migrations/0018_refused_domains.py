import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("citysolidarity", "0017_counts_of_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="RefusedDomain",
            fields=[
                ("domain", models.CharField(max_length=253, primary_key=True, serialize=False, verbose_name="e-mail domain")),
                ("until", models.DateTimeField(verbose_name="refused until")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="by")),
            ],
            options={
                "verbose_name": "refused e-mail domain",
                "verbose_name_plural": "refused e-mail domains",
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("domain__regex", r"^[a-z0-9_-]+(\.[a-z0-9_-]+)+$")), name="refused_domain_is_one", violation_error_message="Enter the part after the @ alone, such as spam.example.")],
            },
        ),
    ]
