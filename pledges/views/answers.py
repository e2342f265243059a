"""The answers as the page to check them shows them, each with the page where it can be changed."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledges.forms import Journey
from pledges.mailboxes import domain_of, is_free
from pledges.vocabularies import Office, Visibility


@dataclass(frozen=True)
class Answer:
    """A line of the list: its label, its text, what is to be said about it, and the name of its page."""

    label: str
    lines: list[str]
    page: str
    note: str = field(default="")


def answers(journey: Journey) -> list[Answer]:
    """Every answer, in the order of the pages. The way must be complete."""
    facts = journey.facts
    city_page = "sign_place" if journey.form("city").is_by_hand else "sign_city"
    place = [journey.place.label, facts.get("place_area", "")]
    shown = _("May be shown in public") if facts["name_may_be_shown"] else _("Is not shown")
    return [
        Answer(_("City"), [line for line in place if line], city_page),
        Answer(_("Institution"), [facts["institution"]], "sign_signer"),
        Answer(_("Office"), [facts["office_other"] or str(Office(facts["office"]).label)], "sign_signer"),
        Answer(_("Name"), [facts["signer_name"]], "sign_signer", shown),
        Answer(_("Official mail address"), [facts["email"]], "sign_contact", about_mailbox(facts["email"])),
        Answer(_("Page that shows the decision"), [facts["decision_url"] or _("None given")], "sign_contact"),
        Answer(_("Shown"), [about_visibility(facts)], "sign_visibility"),
        Answer(_("Commitments"), promises(journey) or [_("None")], "sign_commitments"),
    ]


def about_mailbox(email: str) -> str:
    """What a free mailbox means for the check; "" for any other."""
    if not is_free(domain_of(email)):
        return ""
    return _(
        "Anyone can open a mailbox here, so the proof takes longer and two curators have to agree. An address on the "
        "city’s own domain is quicker."
    )


def about_visibility(facts: dict) -> str:
    """When the signature is shown, in words."""
    if facts["visibility"] == Visibility.FROM_DATE:
        return _("Public from %(day)s on") % {"day": date_format(facts["public_from"])}
    if facts["visibility"] == Visibility.COUNTED:
        return _("Counted, not named")
    return _("Public as soon as it is checked")


def promises(journey: Journey) -> list[str]:
    """The commitments, one a line."""
    titles = {clause.code: clause.title for clause in journey.clauses}
    return [
        _("%(text)s (%(clause)s, by %(day)s)")
        % {"text": promise.text, "clause": titles[promise.clause], "day": date_format(promise.due)}
        for promise in journey.facts["promises"]
    ]
