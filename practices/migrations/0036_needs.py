import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Needs decide in which order a search shows what it finds.
ORDERING = """
CREATE TRIGGER a_controls_dropped BEFORE INSERT OR UPDATE ON practices_need
    FOR EACH ROW EXECUTE FUNCTION practices_drop_controls();
""" + "".join(
    f"""
CREATE TRIGGER edition_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON practices_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION practices_new_edition();
"""
    for table in ("need", "needpractice")
)


class Migration(migrations.Migration):
    """What town halls ask for, and which practices answer it."""

    dependencies = [
        ("practices", "0035_keywords"),
    ]

    operations = [
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="short name")),
                (
                    "phrases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), verbose_name="what people type"
                    ),
                ),
                ("embedding", models.BinaryField(null=True)),
                ("made_from", models.CharField(blank=True, editable=False, max_length=100)),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("phrases__len__gt", 0)), name="need_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("embedding__isnull", True), models.Q(("made_from", ""), _negated=True), _connector="XOR"
                        ),
                        name="need_embedded_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answers",
                    models.BooleanField(
                        default=True,
                        help_text="Not ticked: it helps, with a part of it or by a warning.",
                        verbose_name="answers the need",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needpractices",
                        to="practices.need",
                        verbose_name="need",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice for a need",
                "verbose_name_plural": "practices for a need",
                "ordering": ["-answers", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("need", "practice"),
                        name="need_names_a_practice_once",
                        violation_error_message="This practice stands under the need already.",
                    )
                ],
            },
        ),
        # The tables take their triggers with them when they go.
        migrations.RunSQL(ORDERING, migrations.RunSQL.noop),
    ]
