import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

from practices import lexicon
from practices.search import facts


class Migration(migrations.Migration):
    """Entries are matched and ranked by narrow rows, and a search is read by a statement whose plan is kept."""

    dependencies = [("practices", "0018_translations")]
    operations = [
        migrations.RemoveIndex(model_name="practice", name="practice_search"),
        migrations.AddField(
            model_name="practicetext",
            name="is_public",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="practicetext",
            name="whole",
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.RunSQL(lexicon.NARROW),
        migrations.RunSQL(lexicon.KEEP_TEXT),
        migrations.AddIndex(
            model_name="practicetext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["whole"], name="practice_whole"),
        ),
        migrations.RunSQL(facts.FUNCTION),
    ]
