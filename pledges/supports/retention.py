"""What the calendar asks of the supports, once a day; each rule may run as often as one likes, by the database's clock."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext_noop as _

from citysolidarity.desk.writing.forgetting import forget_about
from pledges.models import AskedCity, Support, SupportContact, SupportLetter
from pledges.models.support import ASKED
from pledges.supports import emails
from pledges.supports.counting import count_supports

UNCONFIRMED_KEPT = timedelta(days=14)
CONTACTS_KEPT = timedelta(days=183)  # six months
MOST_TOLD_A_DAY = 5_000  # e-mails


def drop_unconfirmed_supports() -> int:
    """Delete supports that nobody confirmed; returns how many."""
    unconfirmed = Support.objects.filter(ASKED, sent_at__lt=Now() - UNCONFIRMED_KEPT)
    return unconfirmed.delete()[1].get("pledges.Support", 0)


def drop_withdrawn_supports() -> int:
    """Delete supports that were withdrawn six months ago; nothing of a person was left in them. Returns how many."""
    withdrawn = Support.objects.filter(withdrawn_at__lt=Now() - CONTACTS_KEPT)
    return withdrawn.delete()[1].get("pledges.Support", 0)


def drop_supporters() -> int:
    """Erase who supports, six months after their city had signed or said no; returns how many. The counts stay."""
    long_ago = Now() - CONTACTS_KEPT
    settled = Q(support__city__asked__settled_at__lt=long_ago, support__confirmed_at__lt=long_ago)
    return SupportContact.objects.filter(settled).delete()[0]


def tell_of_signatures() -> int:
    """E-mail the residents who asked before their city signed; returns how many."""
    return tell(emails.support_signed, Q(city__asked__settled_at__gt=F("confirmed_at")) & ~Q(city__signed_precision=""))


def tell_of_answers() -> int:
    """E-mail the residents who asked before the answer of their city was published; returns how many."""
    return tell(emails.support_answered, Q(city__asked__published_at__gt=F("confirmed_at")))


def tell(letter, condition: Q) -> int:
    """Post the e-mail once to each resident with an address, so many a day."""
    told = SupportLetter.objects.filter(support=OuterRef("pk"), name=letter.name)
    waiting = Support.objects.live().filter(condition, ~Exists(told), contact__isnull=False)
    supports = list(waiting.order_by("confirmed_at", "pk")[:MOST_TOLD_A_DAY])
    for support in supports:
        with transaction.atomic(), translation.override(support.language):
            letter.post(support)
    return len(supports)


def drop_notes_of_settled_cities() -> int:
    """Delete what curators noted about cities that were settled six months ago; returns how many notes."""
    return forget_about(AskedCity.objects.filter(settled_at__lt=Now() - CONTACTS_KEPT))


SUPPORT_RULES: dict[str, Callable[[], int]] = {
    _("unconfirmed supports deleted"): drop_unconfirmed_supports,
    _("withdrawn supports deleted"): drop_withdrawn_supports,
    _("cities counted that residents ask"): count_supports,
    _("residents told of a signature"): tell_of_signatures,
    _("residents told of an answer"): tell_of_answers,
    _("supporters erased"): drop_supporters,
    _("notes about settled cities deleted"): drop_notes_of_settled_cities,
}
