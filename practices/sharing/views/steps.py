"""The pages of the form: where the answers come from, how each is shown, and which comes after it."""

from functools import partial
from typing import NamedTuple

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from citysolidarity.forms import FormToken
from citysolidarity.forms import steps as journey_steps
from practices.models import Submission
from practices.sharing.answers import shown_answers
from practices.sharing.forms.journey import Sharing, querydict
from practices.sharing.forms.near_duplicates import UPDATE

FIRST, CHECK = "title", "check"
# The step that a page belongs to, of the five. All pages not named here tell the story.
STEP_OF = {
    "title": 2, "city": 2, "place": 2, "alike": 2, "sources": 4, "figures": 4, "contact": 4, "save": 4, "check": 5,
}  # fmt: skip
STORY = 3
BEFORE_COMPARING = ("title", "city", "place")
# Pages that are more than one field under another.
OWN_TEMPLATE = {"city", "place", "alike", "check"}
IN_SECTIONS = {"takes", "sources", "figures"}


class Progress(NamedTuple):
    """``draft`` is the row that the answers are kept in; None where they travel with the form."""

    journey: Sharing
    draft: Submission | None


def begin(request, page: str = "") -> Progress:
    """The answers so far, with what ``page`` sent."""
    if request.method != "POST":
        return Progress(Sharing(), None)
    journey = Sharing(request.POST)
    if not (journey.stamp and "draft" in journey.data):
        return Progress(journey, None)
    draft = Submission.objects.filter(key=journey.stamp.key).first()
    return Progress(resumed(draft, request.POST, page), draft) if draft else Progress(journey, None)


def resumed(draft: Submission, sent, page: str = "") -> Sharing:
    """The answers of a draft, replaced by what one page sends: a box that is not sent has been unticked."""
    data = querydict(draft.answers)
    own = Sharing().fields.get(page, ()) if "show" not in sent else ()
    for name in own:
        data.pop(name, None)
    for name, values in sent.lists():
        data.setlist(name, values)
    return Sharing(data)


def take_step(request, page: str):
    """Show a page that was asked for; answer one that was sent with what is wrong in it, or with the next page."""
    if request.method != "POST":
        # Without answers there is only one way in.
        return show(request, *begin(request), FIRST) if page == FIRST else redirect("share_page", FIRST)
    journey, draft = begin(request, page)
    if page in BEFORE_COMPARING and journey.form(page).is_valid():
        journey.compare()
    takes_over = (
        page == "alike" and "show" not in journey.data and journey.kind == UPDATE and journey.form("alike").is_valid()
    )
    if takes_over:
        journey.fill(journey.entry)
    if draft:
        if problems := journey.length_errors():
            return show(request, journey, draft, page, form=journey.form(page), problems=problems, status=422)
        draft.keep(journey.kept_answers())
    if takes_over:
        return show(request, journey, draft, CHECK)
    return journey_steps.next_step(journey, page, partial(show, request, journey, draft))


def show(request, journey: Sharing, draft: Submission | None, page: str, *, form=None, problems=None, status=200):
    if form is None:
        form = journey.unbound(page)
    if problems is None:
        problems = form.problems() if form.is_bound else []
    back = journey.page_before(page)
    context = {
        "journey": journey,
        "form": form,
        "page": page,
        "action": address_of(page),
        "problems": problems,
        "carried": carried(journey, draft, page),
        "steps": steps(STEP_OF.get(page, STORY)),
        "back": address_of(back) if back else "",
        "is_draft": draft is not None,
        "may_save": draft is None and STEP_OF.get(page, STORY) >= STORY,
    }
    if page == CHECK:
        context["answers"] = shown_answers(journey)
    template = page if page in OWN_TEMPLATE else "sections" if page in IN_SECTIONS else "form"
    return render(request, f"practices/sharing/{template}.html", context, status=status)


def carried(journey: Sharing, draft: Submission | None, page: str) -> list[tuple[str, str]]:
    """What the page's form sends along: all other answers, or only which draft they are kept in."""
    stamp = journey.stamp or FormToken.new(0)
    own = [("draft", "1")] if draft else journey.hidden_answers(page)
    return [*own, ("stamp", str(stamp))]


def going_on(journey: Sharing, draft: Submission) -> dict:
    """The context of a page whose button goes on with a draft."""
    return {
        "carried": carried(journey, draft, "save"), "action": address_of(journey.next_page()), "steps": steps(3),
    }  # fmt: skip


def address_of(page: str) -> str:
    return reverse("share_check") if page == CHECK else reverse("share_page", args=[page])


def steps(current: int) -> list[journey_steps.FormStep]:
    labels = [_("What it takes"), _("The practice"), _("The story"), _("Sources and contact"), _("Check and send")]
    return journey_steps.steps(labels, current)
