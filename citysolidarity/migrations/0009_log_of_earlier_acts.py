from django.conf import settings
from django.db import migrations

# Comments, notes, documents and imports from before they were written into the log of the desk; no word of them. The
# kinds are Django's 2 (changed) and our 5 (opened or exported).
EARLIER = """
WITH kind AS (SELECT id, app_label, model FROM django_content_type),
document AS (
    SELECT d.*, COALESCE(d.signature_id, d.practice_id) AS about_id,
           CASE WHEN d.signature_id IS NULL THEN 'practice' ELSE 'signature' END AS about
    FROM citysolidarity_document d
),
earlier (at, by_id, app_label, model, row_id, message, flag) AS (
    SELECT at, by_id, 'practices', 'practice', practice_id, 'A comment was written.', 2 FROM practices_reviewcomment
    UNION ALL
    SELECT n.at, n.by_id, k.app_label, k.model, n.object_id, 'A note was written.', 2
    FROM citysolidarity_note n JOIN kind k ON k.id = n.content_type_id
    UNION ALL
    SELECT added_at, added_by_id, NULL, about, about_id, 'A document was added.', 2 FROM document
    UNION ALL
    SELECT deleted_at, deleted_by_id, NULL, about, about_id, 'A document was deleted.', 2 FROM document
    WHERE deleted_at IS NOT NULL AND deleted_by_id IS NOT NULL
    UNION ALL
    SELECT v.at, v.by_id, NULL, d.about, d.about_id, 'A document was opened.', 5
    FROM citysolidarity_documentview v JOIN document d ON d.id = v.document_id
    UNION ALL
    SELECT at, by_id, 'practices', 'sheetimport', id, 'A file was sent for import.', 2 FROM practices_sheetimport
    UNION ALL
    SELECT asked_at, asked_by_id, 'practices', 'sheetimport', id, 'An import was saved.', 2 FROM practices_sheetimport
    WHERE asked_at IS NOT NULL AND asked_by_id IS NOT NULL
    UNION ALL
    SELECT undo_asked_at, undone_by_id, 'practices', 'sheetimport', id, 'An import was undone.', 2
    FROM practices_sheetimport WHERE undo_asked_at IS NOT NULL AND undone_by_id IS NOT NULL
)
INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr, action_flag, change_message)
SELECT e.at, e.by_id, k.id, e.row_id::text, e.model || ' ' || e.row_id, e.flag, e.message
FROM earlier e
JOIN kind k ON k.model = e.model
    AND k.app_label = COALESCE(e.app_label, CASE e.model WHEN 'signature' THEN 'pledges' ELSE 'practices' END)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('citysolidarity', '0008_edited_texts'),
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pledges', '0006_refusals_in_ones_own_words'),
        ('practices', '0019_submission_readdressed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(EARLIER, migrations.RunSQL.noop)]
