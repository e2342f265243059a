"""Each question to an institution is repeated once, by any number of workers: the day of the reminder says that it was."""

from django.db import models, transaction
from django.db.models.functions import Now

from citysolidarity.mail.postbox import Letter
from pledges import emails
from pledges.models import CommitmentQuestion, Renewal, Signature, VersionMove


def remind_about_commitments() -> int:
    """Write once more where nobody answered within 14 days; return to how many. Likewise the next two."""
    return remind(CommitmentQuestion, "commitment__signature", emails.commitments_reminder)


def remind_to_renew() -> int:
    return remind(Renewal, "signature", emails.renewal_reminder)


def remind_of_new_version() -> int:
    return remind(VersionMove, "signature", emails.new_version_reminder)


def remind(model: type[models.Model], path: str, letter: Letter) -> int:
    """``path`` leads from a question to its signature."""
    waiting = set(model.objects.to_remind().values_list(path, flat=True))
    signatures = Signature.objects.filter(pk__in=waiting).select_related("version").order_by("pk")
    return sum(remind_one(model, path, letter, signature) for signature in signatures)


def remind_one(model: type[models.Model], path: str, letter: Letter, signature: Signature) -> bool:
    """False where another worker was quicker, or the institution."""
    with transaction.atomic():
        keys = list(model.objects.to_remind().filter(**{path: signature}).values_list("pk", flat=True))
        rows = model.objects.unanswered().filter(pk__in=keys, reminded_at__isnull=True)
        if not rows.update(reminded_at=Now()):
            return False
        letter.post(signature, language=signature.language)
    return True
