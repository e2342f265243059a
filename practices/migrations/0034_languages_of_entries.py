"""Tags for the languages in which an entry can be read, so that readers find what is there in theirs."""

from django.db import migrations

# A translation that is shown, or no longer shown, writes its entry anew (0004_logs_and_edition.py), and so its tags.
TAGGED = r"""
CREATE OR REPLACE FUNCTION practices_tag_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stated text[]; languages text[];
BEGIN
    SELECT coalesce(array_agg(kind::text), '{}') INTO stated FROM practices_fact WHERE practice_id = NEW.id;
    IF NEW.cost_band <> 'unknown' THEN stated := stated || 'cost'::text; END IF;
    IF NEW.what_did_not_work <> '' THEN stated := stated || 'failures'::text; END IF;
    IF EXISTS (SELECT 1 FROM practices_figure WHERE practice_id = NEW.id) THEN stated := stated || 'figures'::text; END IF;
    SELECT coalesce(array_agg(language::text), '{}') INTO languages FROM practices_practicetranslation
        WHERE practice_id = NEW.id AND shown IS NOT NULL;
    NEW.tags := ARRAY(
            SELECT tag FROM unnest(NEW.tags) WITH ORDINALITY AS own (tag, place)
            WHERE tag NOT BETWEEN 1400 AND 1799 ORDER BY place)
        || practices_numbers(1400, ARRAY['0', '1', '2', '3', '4', '5'], ARRAY[NEW.evidence_level::text])
        || practices_numbers(1500, ARRAY['none', 'under-50k', '50k-250k', '250k-1m', 'over-1m', 'unknown'],
            ARRAY[NEW.cost_band::text])
        || practices_numbers(1600, ARRAY['cost', 'staff', 'startup', 'figures', 'failures'], stated)
        || practices_numbers(1700, ARRAY['en', 'fr', 'es', 'ar', 'pt'], languages || split_part(NEW.language, '-', 1));
    RETURN NEW;
END $$;
UPDATE practices_practice SET tags = tags;
"""
UNTAGGED = r"""
CREATE OR REPLACE FUNCTION practices_tag_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stated text[];
BEGIN
    SELECT coalesce(array_agg(kind::text), '{}') INTO stated FROM practices_fact WHERE practice_id = NEW.id;
    IF NEW.cost_band <> 'unknown' THEN stated := stated || 'cost'::text; END IF;
    IF NEW.what_did_not_work <> '' THEN stated := stated || 'failures'::text; END IF;
    IF EXISTS (SELECT 1 FROM practices_figure WHERE practice_id = NEW.id) THEN stated := stated || 'figures'::text; END IF;
    NEW.tags := ARRAY(
            SELECT tag FROM unnest(NEW.tags) WITH ORDINALITY AS own (tag, place)
            WHERE tag NOT BETWEEN 1400 AND 1799 ORDER BY place)
        || practices_numbers(1400, ARRAY['0', '1', '2', '3', '4', '5'], ARRAY[NEW.evidence_level::text])
        || practices_numbers(1500, ARRAY['none', 'under-50k', '50k-250k', '250k-1m', 'over-1m', 'unknown'],
            ARRAY[NEW.cost_band::text])
        || practices_numbers(1600, ARRAY['cost', 'staff', 'startup', 'figures', 'failures'], stated);
    RETURN NEW;
END $$;
UPDATE practices_practice SET tags = tags;
"""


class Migration(migrations.Migration):
    dependencies = [("practices", "0033_sounds_and_excerpts")]

    operations = [migrations.RunSQL(TAGGED, UNTAGGED)]
