import datetime

import django.db.models.functions.datetime
from django.db import migrations, models

# A day that cannot be is not known.
FORGET = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE pledges_signature SET signed_on = NULL, not_before = NULL, precision = 'unknown'
    WHERE signed_on < '2018-06-20' OR signed_on > statement_timestamp() + interval '1 day' OR not_before < '2018-01-01';
DELETE FROM pledges_milestone WHERE "on" < '2018-06-20';
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    """No signature is older than the statement, and none is of a day to come."""

    dependencies = [
        ("pledges", "0002_history_and_edition"),
        ("practices", "0005_mailboxes_that_speak"),
    ]

    operations = [
        migrations.RunSQL(FORGET),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("on__gte", datetime.date(2018, 6, 20))), name="milestone_day_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signed_on__isnull", True),
                        models.Q(
                            ("signed_on__gte", datetime.date(2018, 6, 20)),
                            (
                                "signed_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(),
                                    "+",
                                    models.Value(datetime.timedelta(days=1)),
                                ),
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("not_before__isnull", True), ("not_before__gte", datetime.date(2018, 1, 1)), _connector="OR"
                    ),
                ),
                name="signature_days_possible",
            ),
        ),
    ]
