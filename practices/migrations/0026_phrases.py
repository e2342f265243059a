from django.db import migrations, models
from django.db.models import Q

CHANGED = """
CREATE OR REPLACE TRIGGER translation_changed BEFORE UPDATE ON practices_practicetranslation FOR EACH ROW
    WHEN ((OLD.kind, OLD.made_by, OLD.follows, OLD.title, OLD.summary, OLD.challenge, OLD.approach, OLD.results,
        OLD.lessons, OLD.what_did_not_work{old}) IS DISTINCT FROM (NEW.kind, NEW.made_by, NEW.follows, NEW.title,
        NEW.summary, NEW.challenge, NEW.approach, NEW.results, NEW.lessons, NEW.what_did_not_work{new}))
    EXECUTE FUNCTION practices_translation_changed();
"""

# A directory is loaded with hundreds of translations at once: each entry is then indexed anew once.
SHOWN = """
CREATE FUNCTION practices_translations_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id
    WHERE id IN (SELECT practice_id FROM added WHERE shown IS NOT NULL);
    RETURN NULL;
END $$;
DROP TRIGGER translation_shown_new ON practices_practicetranslation;
CREATE TRIGGER translation_shown_new AFTER INSERT ON practices_practicetranslation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION practices_translations_shown();
"""
SHOWN_ONE_BY_ONE = """
DROP TRIGGER translation_shown_new ON practices_practicetranslation;
DROP FUNCTION practices_translations_shown();
CREATE TRIGGER translation_shown_new AFTER INSERT ON practices_practicetranslation
    FOR EACH ROW WHEN (NEW.shown IS NOT NULL) EXECUTE FUNCTION practices_translation_shown();
"""

# Of a translation that nobody has reviewed the title and the summary are searched: all of it would repeat in other words
# what the original says, and the order of what is found suffers (docs/search.md).
TRANSLATED = """
CREATE OR REPLACE FUNCTION practices_translated(entry bigint, whole boolean) RETURNS tsvector
LANGUAGE plpgsql STABLE AS $$
DECLARE found tsvector := ''; one record;
BEGIN
    FOR one IN SELECT language, shown FROM practices_practicetranslation
               WHERE practice_id = entry AND shown IS NOT NULL ORDER BY language LOOP
        found := found
            || setweight(practices_vector(one.language, one.shown->>'title'), 'A')
            || setweight(practices_vector(one.language, one.shown->>'summary'), 'B');
        CONTINUE WHEN one.shown->'is_reviewed' = 'false';
        found := found || setweight(practices_vector('', one.shown->>'title'), 'A');
        IF whole THEN
            found := found || setweight(practices_vector(one.language, concat_ws(' ', one.shown->>'challenge',
                one.shown->>'approach', one.shown->>'results', one.shown->>'lessons',
                one.shown->>'what_did_not_work')), 'D');
        ELSE
            found := found || setweight(practices_vector('', one.shown->>'summary'), 'B');
        END IF;
    END LOOP;
    RETURN found;
END $$;
"""

TRANSLATED_WHOLE = """
CREATE OR REPLACE FUNCTION practices_translated(entry bigint, whole boolean) RETURNS tsvector
LANGUAGE plpgsql STABLE AS $$
DECLARE found tsvector := ''; one record;
BEGIN
    FOR one IN SELECT language, shown FROM practices_practicetranslation
               WHERE practice_id = entry AND shown IS NOT NULL ORDER BY language LOOP
        found := found
            || setweight(practices_vector(one.language, one.shown->>'title'), 'A')
            || setweight(practices_vector('', one.shown->>'title'), 'A')
            || setweight(practices_vector(one.language, one.shown->>'summary'), 'B');
        IF whole THEN
            found := found || setweight(practices_vector(one.language, concat_ws(' ', one.shown->>'challenge',
                one.shown->>'approach', one.shown->>'results', one.shown->>'lessons',
                one.shown->>'what_did_not_work')), 'D');
        ELSE
            found := found || setweight(practices_vector('', one.shown->>'summary'), 'B');
        END IF;
    END LOOP;
    RETURN found;
END $$;
"""


class Migration(migrations.Migration):
    """Words of facts are translated as well, and a translation may be shown before anybody has reviewed it."""

    dependencies = [("practices", "0025_guides")]

    operations = [
        migrations.AddField(
            "practicetranslation", "phrases", models.JSONField("words of the facts", default=dict, blank=True, db_default={})
        ),
        migrations.RemoveConstraint("practicetranslation", "translation_published_by_somebody"),
        migrations.AddConstraint(
            "practicetranslation",
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True, shown__isnull=True)
                | Q(published_at__isnull=False, shown__isnull=False)
                & (Q(published_by__isnull=False) | Q(shown__is_reviewed=False)),
                name="translation_shown_once_published",
            ),
        ),
        migrations.RunSQL(
            CHANGED.format(old=", OLD.phrases", new=", NEW.phrases"), CHANGED.format(old="", new="")
        ),
        migrations.RunSQL(SHOWN, SHOWN_ONE_BY_ONE),
        migrations.RunSQL(TRANSLATED, TRANSLATED_WHOLE),
        migrations.AlterField(
            "city",
            "signed_precision",
            models.CharField(
                "how exactly the day is known",
                blank=True,
                choices=[
                    ("", "Not signed"), ("day", "On this day"), ("before", "On or before this day"), ("unknown", "Day not known"),
                ],
                default="",
                editable=False,
                max_length=7,
            ),
        ),
    ]
