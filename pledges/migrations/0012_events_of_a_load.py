from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION pledges_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events of a signature are never changed or deleted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_event_append_only';
END $$;
"""
# What a load entered goes as it came, by `remove_starter`, while nothing else has happened to it. TRUNCATE has no OLD row.
NOW = """
CREATE OR REPLACE FUNCTION pledges_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.kind = 'stated' AND OLD.by_id IS NULL AND NOT EXISTS (
        SELECT FROM pledges_signatureevent WHERE signature_id = OLD.signature_id AND id <> OLD.id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'events of a signature are never changed or deleted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_event_append_only';
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0011_notes_of_milestones'),
    ]

    operations = [migrations.RunSQL(NOW, BEFORE)]
