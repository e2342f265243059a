"""What is kept about a person, as one JSON file for whoever asks (GDPR, Articles 15 and 20)."""

from datetime import date, datetime

from django.apps import apps
from django.db import models

# Model → how its rows lead to the e-mail address. What members of staff did is in no export: it is about others as well.
BY_ADDRESS = {
    "pledges.SignatureContact": "email",
    "pledges.Signature": "contact__email",
    "pledges.Commitment": "signature__contact__email",
    "pledges.CommitmentQuestion": "commitment__signature__contact__email",
    "pledges.SignatureLetter": "signature__contact__email",
    "practices.Submission": "email",
    "practices.CuratorQuestion": "submission__email",
    "practices.SubmissionLetter": "submission__email",
    "practices.Asker": "email",
    "practices.Enquiry": "asker__email",
    "practices.Report": "email",
    "practices.ContactRoute": "email",
    "pledges.SupportContact": "email",
    "pledges.Support": "contact__email",
    "pledges.SupportLetter": "support__contact__email",
    "pledges.InvitationContact": "email",
    "pledges.Invitation": "contact__email",
    "pledges.InvitationLetter": "invitation__contact__email",
    "practices.Follower": "email",
    "practices.Following": "follower__email",
    "practices.FollowingLetter": "following__follower__email",
}


def kept_about(address: str) -> dict[str, list[dict]]:
    """Model → its rows about whoever has this e-mail address, in whatever case; {} where nothing is kept."""
    found = {label: rows_of(apps.get_model(label), path, address) for label, path in BY_ADDRESS.items()}
    return {label: rows for label, rows in found.items() if rows}


def rows_of(model: type[models.Model], path: str, address: str) -> list[dict]:
    """Every column but marks and secrets, which are random or say nothing to anybody."""
    columns = [field for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
    staff = {field.attname for field in columns if field.is_relation and field.related_model._meta.label == "auth.User"}
    names = [
        field.attname
        for field in columns
        if field.attname not in staff and field.name not in ("key", "nonce", "content")
    ]
    rows = model._base_manager.filter(**{f"{path}__iexact": address}).order_by("pk").values(*names)
    return [{name: plain(value) for name, value in row.items() if value not in (None, "")} for row in rows]


def plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict) else str(value)
