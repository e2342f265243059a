"""The answers on the page that checks them, each with the page where it can be changed."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from citysolidarity.mail.domains import domain_of, is_free
from pledges.signing.forms.commitments import TypedCommitment
from pledges.signing.forms.journey import SigningJourney
from pledges.vocabularies import Office, Visibility


class AnswerRow(NamedTuple):
    """``page`` is the URL name of the page that asked."""

    label: str
    lines: list[str]
    page: str
    note: str = ""


def answers(journey: SigningJourney) -> list[AnswerRow]:
    """Every answer, in the order of the pages, all of which must be valid."""
    facts = journey.facts
    city_page = "sign_place" if journey.form("city").is_by_hand else "sign_city"
    place = [journey.place.label, facts.get("place_area", "")]
    shown = _("May be shown publicly") if facts["name_may_be_shown"] else _("Will not be shown")
    return [
        AnswerRow(_("City"), [line for line in place if line], city_page),
        AnswerRow(_("Institution"), [facts["institution"]], "sign_signer"),
        AnswerRow(_("Role"), [facts["office_other"] or str(Office(facts["office"]).label)], "sign_signer"),
        AnswerRow(_("Name"), [facts["signer_name"]], "sign_signer", shown),
        AnswerRow(_("Official e-mail address"), [facts["email"]], "sign_contact", about_mailbox(facts["email"])),
        AnswerRow(_("Page that shows the decision"), [facts["decision_url"] or _("None given")], "sign_contact"),
        AnswerRow(_("Visibility"), [about_visibility(facts)], "sign_visibility"),
        AnswerRow(_("Commitments"), promises(journey) or [_("None")], "sign_commitments"),
    ]


def about_mailbox(email: str) -> str:
    """What a free mailbox means for the check; "" for other mailboxes."""
    if not is_free(domain_of(email)):
        return ""
    return _(
        "Anyone can create an address with this provider, so verification takes longer and two curators have to "
        "agree. An e-mail address at the city’s own domain is quicker."
    )


def about_visibility(facts: dict) -> str:
    if facts["visibility"] == Visibility.FROM_DATE:
        return _("Public from %(day)s") % {"day": date_format(facts["public_from"])}
    if facts["visibility"] == Visibility.COUNTED:
        return _("Counted but not named")
    return _("Public as soon as it is verified")


def promises(journey: SigningJourney) -> list[str]:
    titles = {clause.code: clause.title for clause in journey.clauses}
    return [in_words(promise, titles[promise.clause]) for promise in journey.facts["promises"]]


def in_words(promise: TypedCommitment, clause: str) -> str:
    values = promise._asdict() | {"clause": clause, "day": date_format(promise.due)}
    if promise.office:
        return _("%(text)s (%(clause)s, by %(day)s; %(office)s)") % values
    return _("%(text)s (%(clause)s, by %(day)s)") % values
