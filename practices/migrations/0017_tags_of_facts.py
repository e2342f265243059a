"""Tags for what decides: the level of evidence, the cost a year, and what the sources state at all."""

from django.db import migrations

# Apart from practices_index_practice, which makes the tags of everything else and fires before: triggers fire in the
# order of their names. An array's positions are the numbers of its vocabulary.
TAGGED = r"""
CREATE FUNCTION practices_tag_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stated text[];
BEGIN
    SELECT coalesce(array_agg(kind::text), '{}') INTO stated FROM practices_fact WHERE practice_id = NEW.id;
    IF NEW.cost_band <> 'unknown' THEN stated := stated || 'cost'::text; END IF;
    IF NEW.what_did_not_work <> '' THEN stated := stated || 'failures'::text; END IF;
    IF EXISTS (SELECT 1 FROM practices_figure WHERE practice_id = NEW.id) THEN stated := stated || 'figures'::text; END IF;
    NEW.tags := ARRAY(
            SELECT tag FROM unnest(NEW.tags) WITH ORDINALITY AS own (tag, place)
            WHERE tag NOT BETWEEN 1400 AND 1699 ORDER BY place)
        || practices_numbers(1400, ARRAY['0', '1', '2', '3', '4', '5'], ARRAY[NEW.evidence_level::text])
        || practices_numbers(1500, ARRAY['none', 'under-50k', '50k-250k', '250k-1m', 'over-1m', 'unknown'],
            ARRAY[NEW.cost_band::text])
        || practices_numbers(1600, ARRAY['cost', 'staff', 'startup', 'figures', 'failures'], stated);
    RETURN NEW;
END $$;
CREATE TRIGGER practice_indexed_facts BEFORE INSERT OR UPDATE ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_tag_facts();
UPDATE practices_practice SET tags = tags;
"""
UNTAGGED = "DROP TRIGGER practice_indexed_facts ON practices_practice; DROP FUNCTION practices_tag_facts();"


class Migration(migrations.Migration):
    dependencies = [("practices", "0016_refusal_note")]

    operations = [migrations.RunSQL(TAGGED, UNTAGGED)]
