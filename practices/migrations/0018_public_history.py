"""From which revision on the public history of an entry tells; that is no content of it."""

from django.db import migrations, models

CONTENT = r"""
CREATE OR REPLACE FUNCTION practices_content(entry practices_practice) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(entry))
    WHERE key NOT IN ('tags', 'search', 'revision', 'gone_because', 'history_from') AND key NOT LIKE '%\_at'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("practices", "0017_tags_of_facts")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="history_from",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="public history from revision"),
        ),
        migrations.RunSQL(CONTENT, migrations.RunSQL.noop),
    ]
