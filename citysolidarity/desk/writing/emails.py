from django.tasks import task
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.writing.models import WrittenEmail
from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import Variable


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises sending.TryAgain."""
    REGISTRY.send(letter_id)


VARIABLES = {
    "text": Variable(_("what the curator writes"), "Who decided it, and when?", is_needed=True),
    "reference": Variable(_("the reference of what was sent"), "P-7K3M-2QXD"),
}
REGISTRY = EmailRegistry(WrittenEmail, send_letter, _("Written by a curator"), VARIABLES)


@REGISTRY.letter(
    suits=lambda email: email.address,
    when={
        "": _("A curator writes to a sender"),
        "reference": _("A curator writes to the sender of something with a reference"),
    },
)
def from_curator(email):
    reference = getattr(email.row, "reference", "")
    return {"variant": "reference" if reference else "", "text": email.text, "reference": reference}
