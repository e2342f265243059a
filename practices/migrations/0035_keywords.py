import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# What people type who need the entry counts in each language as much as its summary. It is told to the lexicon as well, so that
# such a word is neither "corrected" nor taken for one that no entry holds.
FOUND_BY = r"""
CREATE FUNCTION practices_keywords(entry bigint) RETURNS tsvector LANGUAGE plpgsql STABLE AS $$
DECLARE found tsvector := ''; one record;
BEGIN
    FOR one IN SELECT language, phrases FROM practices_practicekeywords WHERE practice_id = entry ORDER BY language LOOP
        found := found || setweight(practices_vector(one.language, array_to_string(one.phrases, '. ')), 'B');
    END LOOP;
    RETURN found;
END $$;
ALTER FUNCTION practices_translated(bigint, boolean) RENAME TO practices_in_translations;
CREATE FUNCTION practices_translated(entry bigint, whole boolean) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT practices_in_translations(entry, whole) || practices_keywords(entry)
$$;
ALTER FUNCTION practices_translated_lexis(bigint) RENAME TO practices_lexis_of_translations;
CREATE FUNCTION practices_translated_lexis(entry bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT practices_lexis_of_translations(entry) || coalesce(array_agg(word), '{}')
    FROM practices_practicekeywords AS one, unnest(practices_lexis(one.language, array_to_string(one.phrases, '. '), '')) AS word
    WHERE one.practice_id = entry
$$;
"""
NOT_FOUND_BY = r"""
DROP FUNCTION practices_translated_lexis(bigint);
ALTER FUNCTION practices_lexis_of_translations(bigint) RENAME TO practices_translated_lexis;
DROP FUNCTION practices_translated(bigint, boolean);
ALTER FUNCTION practices_in_translations(bigint, boolean) RENAME TO practices_translated;
DROP FUNCTION practices_keywords(bigint);
UPDATE practices_practice SET city_id = city_id WHERE id IN (SELECT practice_id FROM practices_practicekeywords);
"""
# "a_" because triggers run in the order of their names, and phrases are indexed as they are stored.
WITHOUT_CONTROLS = """
CREATE TRIGGER a_controls_dropped BEFORE INSERT OR UPDATE ON practices_practicekeywords
    FOR EACH ROW EXECUTE FUNCTION practices_drop_controls();
"""
INDEXED = WITHOUT_CONTROLS + "".join(
    f"""
CREATE TRIGGER keywords_indexed_{name} AFTER {event} ON practices_practicekeywords REFERENCING {table} TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION practices_index_facts();
"""
    for name, event, table in (("new", "INSERT", "NEW"), ("again", "UPDATE", "NEW"), ("gone", "DELETE", "OLD"))
)


class Migration(migrations.Migration):
    """An entry is found by what people type who need it."""

    dependencies = [("practices", "0034_languages_of_entries")]

    operations = [
        migrations.CreateModel(
            name="PracticeKeywords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField("language", max_length=7)),
                (
                    "phrases",
                    django.contrib.postgres.fields.ArrayField(
                        models.CharField(max_length=100), verbose_name="what people type"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keywords", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "keywords",
                "verbose_name_plural": "keywords",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "language"),
                        name="keywords_once_per_language",
                        violation_error_message="There are keywords in this language already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("en", "fr", "es", "ar", "pt"))), name="keywords_language_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("phrases__len__gt", 0)), name="keywords_not_empty"),
                ],
            },
        ),
        migrations.RunSQL(FOUND_BY, NOT_FOUND_BY),
        migrations.RunSQL(INDEXED, migrations.RunSQL.noop),
    ]
