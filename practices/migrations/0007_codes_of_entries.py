from django.db import migrations, models

# The desk took whatever was typed. A language that is no code becomes the default. A currency that is no code becomes "XXX":
# not a mark of something left to do, but the code that ISO 4217 itself has for "no currency".
MENDED = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE practices_practice SET cost_currency = upper(cost_currency) WHERE cost_currency <> upper(cost_currency);
UPDATE practices_practice SET cost_currency = 'XXX' WHERE cost_currency <> '' AND cost_currency !~ '^[A-Z]{3}$';
UPDATE practices_practice SET language = 'en' WHERE language !~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$';
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    """Languages and currencies are codes."""

    dependencies = [("practices", "0006_texts_without_controls")]
    operations = [
        migrations.RunSQL(MENDED),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__regex", "^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$")),
                name="practice_language_is_a_code",
                violation_error_message="Choose from the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_currency", ""), ("cost_currency__regex", "^[A-Z]{3}$"), _connector="OR"),
                name="practice_currency_is_a_code",
                violation_error_message="Enter the currency in three letters, such as EUR",
            ),
        ),
    ]
