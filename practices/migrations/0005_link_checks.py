import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """When a source's address was looked at, and what was found."""

    dependencies = [("practices", "0004_review_and_versions")]
    operations = [
        migrations.AddField("source", "archived_url", models.URLField(blank=True, default="", help_text="Where a web archive keeps the page, if it is gone.", max_length=1000, verbose_name="archived copy"), preserve_default=False),
        migrations.AddField("source", "broken_since", models.DateField(blank=True, editable=False, null=True, verbose_name="broken since")),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_at", models.DateTimeField(auto_now_add=True, verbose_name="looked at")),
                ("outcome", models.CharField(choices=[("works", "works"), ("moved", "moved"), ("gone", "gone"), ("closed", "closed"), ("failing", "failing"), ("unreachable", "unreachable"), ("forbidden", "forbidden")], max_length=11, verbose_name="outcome")),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="HTTP status")),
                ("moved_to", models.URLField(blank=True, max_length=1000, verbose_name="moved to")),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="practices.source", verbose_name="source")),
            ],
            options={"verbose_name": "link check", "verbose_name_plural": "link checks", "ordering": ["-checked_at", "-pk"], "indexes": [models.Index(fields=["source", "-checked_at"], name="link_check_latest")]},
        ),
    ]
