from django.db import migrations, models

# Cities of one name in one country are told apart by the town that the gazetteer says is near.
TOLD_APART = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE practices_city AS city SET near = place.near FROM practices_place AS place
WHERE place.geonames_id = city.geonames_id AND place.near <> '' AND EXISTS (
    SELECT FROM practices_city AS other
    WHERE other.id <> city.id AND other.country = city.country AND other.name = city.name);
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    """Two cities of one name in one country are told apart."""

    dependencies = [("practices", "0011_decisions_taken_back")]
    operations = [
        migrations.AddField(
            model_name="city",
            name="area",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Only where another city of the country has the same name: it is then shown after the name.",
                max_length=120,
                verbose_name="region, province or state",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="city",
            name="near",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=120, verbose_name="large town nearby"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(TOLD_APART, migrations.RunSQL.noop),
    ]
