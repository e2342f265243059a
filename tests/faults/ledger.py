"""The public's forms, and what came of each: ``python -m tests.faults.ledger sow 10 sign ask``, ``… count``.

A process of its own beside the site, on the same database. ``sow`` writes a JSON object: for each act its posts, as
``[path, fields, key]``. ``count`` reads keys from standard input and writes how often each was done. A form more wants
its name here, a function in ``sowing.py`` or ``sowing_of_readers.py``, and its rows in ``count``.
"""

import json
import os
import sys
from collections import Counter

ACTS = (
    "sign", "share", "save answers", "ask", "report", "confirm", "withdraw", "correct", "disown", "confirm a question",
    "answer", "yearly answer", "do too", "support", "confirm a support", "withdraw a support", "disown a support",
    "report progress", "renew", "move to a version", "invite", "confirm an invitation", "withdraw an invitation",
    "disown an invitation", "follow", "confirm a following", "stop a following", "disown a following",
)  # fmt: skip


def count(keys: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """How often each act of each key stands in the database."""
    from pledges.models import (
        CommitmentQuestion,
        Invitation,
        InvitationLetter,
        Renewal,
        Signature,
        SignatureEvent,
        Support,
        SupportLetter,
        VersionMove,
    )
    from practices.models import (
        Asker,
        Confirmation,
        Enquiry,
        Follower,
        Following,
        FollowingLetter,
        PracticeLetter,
        Report,
        Submission,
    )

    def events(kind):
        return SignatureEvent.objects.filter(kind=kind).values_list("signature_id", flat=True)

    def letters(*names):
        return PracticeLetter.objects.filter(name__in=names).values_list("enquiry_id", flat=True)

    def confirmed(rows, kind):
        """Receipts tell of a confirmation however it ended, so that a second one would show."""
        return rows.objects.filter(name=kind).values_list(kind.partition("_")[0] + "_id", flat=True)

    withdrawn = Support.objects.filter(withdrawn_at__isnull=False)
    progress = CommitmentQuestion.objects.filter(answered_at__isnull=False, text__startswith="Half open")
    # The day of the next election is saved with the renewal, or neither is.
    renewed = Renewal.objects.filter(renewed_at__isnull=False, signature__city__elections__said_at__isnull=False)
    taken_back = Invitation.objects.filter(withdrawn_at__isnull=False)
    stopped = Following.objects.filter(stopped_at__isnull=False)
    found = {
        "sign": Signature.objects.filter(origin="online").values_list("contact__email", flat=True),
        "share": Submission.objects.filter(sent_at__isnull=False).values_list("email", flat=True),
        "save answers": Submission.objects.filter(sent_at__isnull=True).values_list("email", flat=True),
        "ask": Asker.objects.values_list("email", flat=True),
        "report": Report.objects.values_list("text", flat=True),
        "do too": Report.objects.filter(kind="same").values_list("email", flat=True),
        "confirm": events("confirmed"),
        "withdraw": events("withdrawn"),
        "disown": events("refused"),
        "correct": Signature.objects.filter(institution__startswith="Corrected").values_list("city_id", flat=True),
        "confirm a question": Enquiry.objects.filter(relayed_at__isnull=False).values_list("pk", flat=True),
        "answer": letters("answer_for_asker"),
        "support": Support.objects.filter(contact__isnull=False).values_list("contact__email", flat=True),
        "confirm a support": confirmed(SupportLetter, "support_receipt"),
        "withdraw a support": withdrawn.filter(confirmed_at__isnull=False).values_list("pk", flat=True),
        "disown a support": withdrawn.filter(confirmed_at__isnull=True).values_list("pk", flat=True),
        "invite": Invitation.objects.filter(contact__isnull=False).values_list("contact__email", flat=True),
        "confirm an invitation": confirmed(InvitationLetter, "invitation_receipt"),
        "withdraw an invitation": taken_back.filter(confirmed_at__isnull=False).values_list("pk", flat=True),
        "disown an invitation": taken_back.filter(confirmed_at__isnull=True).values_list("pk", flat=True),
        "follow": Follower.objects.values_list("email", flat=True),
        "confirm a following": confirmed(FollowingLetter, "following_receipt"),
        "stop a following": stopped.filter(confirmed_at__isnull=False).values_list("pk", flat=True),
        "disown a following": stopped.filter(confirmed_at__isnull=True).values_list("pk", flat=True),
        "yearly answer": Confirmation.objects.filter(answered_at__isnull=False).values_list("pk", flat=True),
        "report progress": progress.values_list("commitment__signature_id", flat=True),
        "renew": renewed.values_list("signature_id", flat=True),
        "move to a version": VersionMove.objects.filter(moved_at__isnull=False).values_list("signature_id", flat=True),
    }
    counted = {act: Counter(map(str, rows)) for act, rows in found.items()}
    return {act: {key: counted[act][key] for key in keys.get(act, ())} for act in ACTS}


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()
    if sys.argv[1] == "sow":
        from tests.faults import sowing_of_readers  # noqa: F401 - it adds its forms
        from tests.faults.sowing import sow

        made = sow(int(sys.argv[2]), sys.argv[3:])
    else:
        made = count(json.load(sys.stdin))
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
