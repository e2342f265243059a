from django.conf import settings
from django.db import migrations, models

# What the address of an archived entry says is no content of the entry, and that a curator keeps a source as it is no
# content of the source.
REVISIONS = r"""
CREATE OR REPLACE FUNCTION practices_content(entry practices_practice) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(entry))
    WHERE key NOT IN ('tags', 'search', 'revision', 'gone_because') AND key NOT LIKE '%\_at'
$$;
CREATE OR REPLACE FUNCTION practices_count_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint[]; derived text[] := '{last_seen_on,broken_since,kept_at}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT DISTINCT practice_id FROM new_rows);
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY(SELECT DISTINCT practice_id FROM old_rows);
    ELSE
        touched := ARRAY(
            SELECT DISTINCT unnest(ARRAY[one.practice_id, other.practice_id])
            FROM old_rows AS one FULL JOIN new_rows AS other USING (id)
            WHERE to_jsonb(one) - derived IS DISTINCT FROM to_jsonb(other) - derived
        );
    END IF;
    UPDATE practices_practice SET revision = revision + 1 WHERE id = ANY(touched);
    RETURN NULL;
END $$;
"""

# What was seen of an address says nothing about another one, whoever writes the row.
MENDED = r"""
CREATE FUNCTION practices_source_mended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.broken_since := NULL;
    NEW.kept_at := NULL;
    IF NEW.url IS DISTINCT FROM OLD.url THEN
        NEW.last_seen_on := NULL;
        DELETE FROM practices_linkcheck WHERE source_id = OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER source_mended BEFORE UPDATE ON practices_source FOR EACH ROW
    WHEN (OLD.url IS DISTINCT FROM NEW.url
        OR (OLD.archived_url IS DISTINCT FROM NEW.archived_url AND NEW.archived_url <> ''))
    EXECUTE FUNCTION practices_source_mended();
"""
UNMENDED = "DROP TRIGGER source_mended ON practices_source; DROP FUNCTION practices_source_mended();"


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0009_regions_and_names_of_places'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reviewevent',
            name='review_event_move_known',
        ),
        migrations.AddField(
            model_name='confirmation',
            name='revision',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='revision at the answer'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='why',
            field=models.CharField(blank=True, help_text='Only where nothing of the answer goes into the entry: say why, for your colleagues.', max_length=300, verbose_name='why the entry stays as it is'),
        ),
        migrations.AddField(
            model_name='practice',
            name='discarded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='discarded'),
        ),
        migrations.AddField(
            model_name='practice',
            name='gone_because',
            field=models.CharField(blank=True, choices=[('', 'The curators have taken this entry off these pages.'), ('city-asked', 'The city asked us to take this entry off these pages.'), ('no-source', 'We could not find a public source for what this entry said.'), ('not-ours', 'This entry was not about what a city does for people who had to flee.'), ('double', 'This entry has become part of another one.')], default='', editable=False, max_length=10, verbose_name='what its address says'),
        ),
        migrations.AddField(
            model_name='source',
            name='kept_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='seen by a curator, and kept'),
        ),
        migrations.AlterField(
            model_name='reviewevent',
            name='move',
            field=models.CharField(choices=[('submitted', 'Sent to review'), ('sent-back', 'Sent back to the drafts'), ('published', 'Published'), ('confirmed', 'Confirmed by the city'), ('ended', 'Marked as ended'), ('archived', 'Taken off the public pages'), ('discarded', 'Discarded'), ('brought-back', 'Brought back to the drafts')], max_length=12, verbose_name='what happened'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), ('decided_at__isnull', False), _connector='OR'), name='confirmation_left_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('gone_because', ''), models.Q(('archived_at__isnull', False), ('gone_because__in', ['', 'city-asked', 'no-source', 'not-ours', 'double'])), _connector='OR'), name='practice_says_why_it_is_gone', violation_error_message='Only the address of an archived entry says why it is gone.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('discarded_at__isnull', True), models.Q(('published_at__isnull', True), ('submitted_at__isnull', True)), _connector='OR'), name='practice_discarded_was_never_public', violation_error_message='Only what was never public can be discarded.'),
        ),
        migrations.AddConstraint(
            model_name='reviewevent',
            constraint=models.CheckConstraint(condition=models.Q(('move__in', ['submitted', 'sent-back', 'published', 'confirmed', 'ended', 'archived', 'discarded', 'brought-back'])), name='review_event_move_known'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('kept_at__isnull', True), ('broken_since__isnull', False), _connector='OR'), name='source_kept_while_broken'),
        ),
        migrations.RunSQL(REVISIONS, migrations.RunSQL.noop),
        migrations.RunSQL(MENDED, UNMENDED),
    ]
