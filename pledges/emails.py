"""The e-mails about signatures, one function each, named like its templates in templates/email.

A function takes the signature at the moment of sending and returns the context of the template besides the links.
Nothing that was typed into a form goes into an e-mail before a curator has looked at it: otherwise anybody could write
to strangers through us. A city that stands in the list of places is named from the first e-mail on.
"""

from functools import wraps

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import CONTACT, LINK, NOTE, UNTIL, Variable
from pledges.models import CommitmentQuestion, SentForm, SignatureLetter
from pledges.models.letter import Purpose
from pledges.vocabularies import Origin, Refusal, State, Visibility

LIVE = (State.PUBLISHED,)
STANDING = (State.CONFIRMED, State.VERIFIED, State.PUBLISHED)


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises sending.TryAgain."""
    REGISTRY.send(letter_id)


VARIABLES = {
    "disown_link": Variable(_("the page on which people say that it was not them"), LINK, is_needed=True),
    "confirm_link": Variable(_("the page with the button that confirms the signature"), LINK, is_needed=True),
    "withdraw_link": Variable(_("the page with the button that withdraws it"), LINK, is_needed=True),
    "correct_link": Variable(_("the page on which it is corrected"), LINK, is_needed=True),
    "undo_link": Variable(_("the page with the button that brings it back"), LINK, is_needed=True),
    "report_progress_link": Variable(_("the page on which the institution answers"), LINK, is_needed=True),
    "renew_link": Variable(_("the page with the button that renews the signature"), LINK, is_needed=True),
    "move_version_link": Variable(_("the page with the button that moves to the new version"), LINK, is_needed=True),
    "version_page": Variable(_("the page of the new version"), "https://cities.example/en/statement/versions/3/"),
    **UNTIL,
    "city": Variable(_("the city, as the directory names it"), "L’Aquila"),
    "institution": Variable(_("the institution that signs, as verified by a curator"), "Comune dell’Aquila"),
    "reference": Variable(_("the reference of the form"), "YN5Z-5SAC"),
    "public_from": Variable(_("the day from which the signature counts"), "2 January 2027"),
    "page": Variable(_("the public page of the signature"), "https://cities.example/en/signatories/laquila-it/"),
    "first_steps": Variable(
        _("the page with the first hundred days after signing"),
        "https://cities.example/en/statement/hundred-days/?like=3173615",
    ),
    "note": NOTE,
    "contact": CONTACT,
}
REGISTRY = EmailRegistry(SignatureLetter, send_letter, _("Signatures"), VARIABLES)
LETTERS = REGISTRY.letters


def letter(*purposes: Purpose, states, when):
    """A decorator; the e-mail is sent only while the signature is in one of the ``states``."""
    register = REGISTRY.letter(*purposes, suits=lambda signature: signature.state in states, when=when)

    def with_names(facts):
        @wraps(facts)
        def named(signature):
            values = facts(signature)
            return None if values is None else names_of(signature) | values

        return register(named)

    return with_names


def names_of(signature) -> dict:
    is_known = signature.verified_at or signature.city.geonames_id
    city = signature.city.full_name if is_known else gettext("your city")
    return {
        "city": city,
        "institution": signature.signer if signature.verified_at else city,
        "reference": SentForm.reference_of(signature),
    }


# Variants of an e-mail, each with when it is sent.
RECEIPTS = {
    "": _("A signature was confirmed from the city’s own address"),
    "other-address": _("A signature was confirmed from another address"),
}
NOTICES = {
    "": _("A signature is public"),
    "later": _("A signature becomes public on a later day"),
    "in-place": _("A signature becomes public on a later day, in place of one that is public"),
    "counted": _("A signature counts, and is named nowhere"),
}
REFUSED = {
    code.value: format_lazy("{}: {}", _("A signature is refused"), code.label)
    for code in Refusal
    if code != Refusal.NOT_ME
}
WITHDRAWN = {
    "": _("The city has withdrawn its signature"),
    "earlier": _("The city has withdrawn its signature, and an earlier one stays"),
}
TAKEN_AWAY = {
    "": _("A curator has withdrawn a signature"),
    "earlier": _("A curator has withdrawn a signature, and an earlier one stays"),
}
RENEWALS = {
    "": _("A signature is four years old, or was renewed four years ago"),
    "election": _("A city that signed held an election three months ago"),
}
RENEWALS_AGAIN = {code: format_lazy("{}: {}", _("A new link was asked for"), said) for code, said in RENEWALS.items()}
RENEWALS_REMINDED = {code: format_lazy("{}: {}", _("No answer for two weeks"), said) for code, said in RENEWALS.items()}


@letter(
    Purpose.CONFIRM, Purpose.DISOWN, states=[State.DRAFTED], when=_("A signature was sent, and has to be confirmed")
)
def confirm_signature(signature):
    return {}


@letter(Purpose.CONFIRM, Purpose.DISOWN, states=[State.DRAFTED], when=_("A signature was sent for a city that has one"))
def already_signed(signature):
    """In place of confirm_signature for a city that has signed: this signature would replace the other one."""
    return {}


@letter(Purpose.CONFIRM, Purpose.DISOWN, states=[State.DRAFTED], when=_("A new link to confirm was asked for"))
def expired_link_resend(signature):
    """A new link, requested on the page of the old one."""
    return {}


@letter(Purpose.WITHDRAW, Purpose.DISOWN, states=STANDING, when=RECEIPTS)
def confirmed_receipt(signature):
    return {"variant": "" if signature.contact.is_official_for(signature.city) else "other-address"}


@letter(states=[State.VERIFIED], when=_("A curator has checked the signature"))
def verified_notice(signature):
    return {}


@letter(states=[State.PUBLISHED], when=NOTICES)
def published_notice(signature):
    return {
        "variant": notice_for(signature),
        "city": signature.city.full_name,
        "public_from": date_format(signature.public_from, "DATE_FORMAT") if signature.public_from else "",
        "page": settings.SITE_URL + signature.get_absolute_url(),
        "first_steps": first_steps_of(signature),
    }


def first_steps_of(signature) -> str:
    """The plan with practices that fit the city. GeoNames' number names it even where the directory must not."""
    number = signature.city.geonames_id
    return settings.SITE_URL + reverse("hundred_days") + (f"?like={number}" if number else "")


def notice_for(signature) -> str:
    if signature.has_begun:
        return ""
    if signature.visibility != Visibility.FROM_DATE:
        return "counted"
    return "in-place" if signature.shown_meanwhile else "later"


@letter(states=[State.REFUSED], when=REFUSED)
def refused(signature):
    # Whoever says "this was not me" gets no further e-mail.
    if signature.refusal == Refusal.NOT_ME:
        return None
    return {
        "variant": signature.refusal,
        "note": signature.refusal_note,
        "contact": settings.SITE_URL + reverse("about_contact"),
    }


@letter(states=[State.CONFIRMED, State.VERIFIED], when=_("A decision about a signature was taken back"))
def decision_taken_back(signature):
    """After a curator took back that it was checked or refused."""
    return {}


@letter(Purpose.WITHDRAW, states=STANDING, when=_("A link to withdraw was asked for"))
def withdrawal_link(signature):
    return {}


@letter(Purpose.CORRECT, states=STANDING, when=_("A link to correct was asked for"))
def correction_link(signature):
    return {}


@letter(Purpose.UNDO, states=[State.WITHDRAWN], when=WITHDRAWN)
def withdrawn_receipt(signature):
    """After the city withdrew; holds the link that undoes it."""
    return what_stays(signature)


@letter(states=[State.WITHDRAWN], when=TAKEN_AWAY)
def taken_away(signature):
    """After a curator withdrew it; says where to object, and has no link that undoes it."""
    return what_stays(signature)


def what_stays(signature) -> dict:
    earlier = signature.shown_without
    is_named = earlier and earlier.origin == Origin.STATED
    facts = {"variant": "earlier", "city": earlier.city.name} if is_named else {}
    return facts | {"contact": settings.SITE_URL + reverse("about_contact")}


def about_commitments(signature) -> dict | None:
    """None where every question has an answer."""
    unanswered = CommitmentQuestion.objects.unanswered().filter(commitment__signature=signature)
    return page_of(signature) if unanswered.exists() else None


def page_of(signature) -> dict:
    return {"page": settings.SITE_URL + signature.get_absolute_url()}


@letter(Purpose.REPORT, states=LIVE, when=_("The yearly question: what became of the commitments?"))
def commitments_question(signature):
    return about_commitments(signature)


@letter(Purpose.REPORT, states=LIVE, when=_("The yearly question about commitments had no answer for two weeks"))
def commitments_reminder(signature):
    return about_commitments(signature)


@letter(Purpose.REPORT, states=LIVE, when=_("A new link to the yearly question about commitments was asked for"))
def commitments_link(signature):
    return about_commitments(signature)


def about_renewal(signature) -> dict | None:
    """None where no renewal is due, for example since the institution has renewed."""
    standing = signature.renewal_standing
    if standing is None or standing.since is None:
        return None
    return page_of(signature) | {"variant": "election" if standing.is_election else ""}


@letter(Purpose.RENEW, states=LIVE, when=RENEWALS)
def renewal_question(signature):
    return about_renewal(signature)


@letter(Purpose.RENEW, states=LIVE, when=RENEWALS_REMINDED)
def renewal_reminder(signature):
    return about_renewal(signature)


@letter(Purpose.RENEW, states=LIVE, when=RENEWALS_AGAIN)
def renewal_link(signature):
    return about_renewal(signature)


def about_version(signature) -> dict | None:
    """None where the institution has moved already."""
    move = signature.moves.filter(moved_at__isnull=True).select_related("version").last()
    page = move and settings.SITE_URL + reverse("statement_version", args=[move.version.number])
    return {"version_page": page} if move else None


@letter(Purpose.MOVE, states=LIVE, when=_("The statement has a new version"))
def new_version(signature):
    return about_version(signature)


@letter(Purpose.MOVE, states=LIVE, when=_("Nobody has answered for two weeks that the statement has a new version"))
def new_version_reminder(signature):
    return about_version(signature)


@letter(Purpose.MOVE, states=LIVE, when=_("A new link to move to the new version was asked for"))
def new_version_link(signature):
    return about_version(signature)
