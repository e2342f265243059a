import django.db.models.deletion
from django.db import migrations, models

# The web server's processes keep the embeddings in memory and read those anew whose practice was touched.
FOLLOWED = r"""
CREATE FUNCTION practices_note_embeddings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO practices_change (practice_id, number)
    SELECT DISTINCT touched.practice_id, currval('practices_edition_numbers') FROM touched
    ON CONFLICT (practice_id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
CREATE TRIGGER edition_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON practices_practiceembedding
    FOR EACH STATEMENT EXECUTE FUNCTION practices_new_edition();
CREATE TRIGGER embeddings_noted_insert AFTER INSERT ON practices_practiceembedding
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_embeddings();
CREATE TRIGGER embeddings_noted_update AFTER UPDATE ON practices_practiceembedding
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_embeddings();
CREATE TRIGGER embeddings_noted_delete AFTER DELETE ON practices_practiceembedding
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_embeddings();
"""


class Migration(migrations.Migration):
    """What the entries mean, as embeddings: made by the worker, read by the web server."""

    dependencies = [("practices", "0023_pages_follow_contacts")]

    operations = [
        migrations.CreateModel(
            name="PracticeEmbedding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=60)),
                ("text_hash", models.CharField(max_length=32)),
                ("vectors", models.BinaryField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practices.practice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "model"), name="embedding_once_per_model")
                ],
            },
        ),
        migrations.RunSQL(FOLLOWED),
    ]
