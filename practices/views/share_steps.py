"""The pages of the form: where the answers come from, how each is shown, and which comes after it."""

from functools import partial
from typing import NamedTuple

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from citysolidarity.forms import Stamp
from citysolidarity.forms.steps import Step, next_step
from citysolidarity.forms.steps import steps as shared_steps
from practices.forms.alike import UPDATE
from practices.forms.sharing import Sharing, querydict
from practices.models import Submission
from practices.views.share_answers import answers

FIRST, CHECK = "title", "check"
# Where on the way a page stands: the numbers count the five steps. All pages not named here tell the story.
STEP_OF = {"title": 2, "city": 2, "place": 2, "alike": 2, "sources": 4, "contact": 4, "save": 4, "check": 5}
STORY = 3
BEFORE_COMPARING = ("title", "city", "place")
# Pages that are more than one field under another.
OWN_TEMPLATE = {
    "city": "practices/share_city.html",
    "place": "practices/share_place.html",
    "alike": "practices/share_alike.html",
    "sources": "practices/share_sources.html",
    "check": "practices/share_check.html",
}


class Begun(NamedTuple):
    """A way, and the draft in the database that it is kept in; None where the answers travel with the form."""

    way: Sharing
    draft: Submission | None


def begin(request, page: str = "") -> Begun:
    """The way so far, with what ``page`` sent."""
    if request.method != "POST":
        return Begun(Sharing(), None)
    way = Sharing(request.POST)
    if not (way.stamp and "draft" in way.data):
        return Begun(way, None)
    draft = Submission.objects.filter(key=way.stamp.key).first()
    return Begun(resumed(draft, request.POST, page), draft) if draft else Begun(way, None)


def resumed(draft: Submission, sent, page: str = "") -> Sharing:
    """The way of a draft, with what one page sends laid over it: a box that is not sent has been unticked."""
    data = querydict(draft.answers)
    own = Sharing().fields.get(page, ()) if "show" not in sent else ()
    for name in own:
        data.pop(name, None)
    for name, values in sent.lists():
        data.setlist(name, values)
    return Sharing(data)


def take_step(request, page: str):
    """A page was asked for or sent: shows it, shows what is wrong with it, or shows the next one."""
    if request.method != "POST":
        # Without answers there is only one way in.
        return show(request, *begin(request), FIRST) if page == FIRST else redirect("share_page", FIRST)
    way, draft = begin(request, page)
    if page in BEFORE_COMPARING and way.form(page).is_valid():
        way.compare()
    takes_over = page == "alike" and "show" not in way.data and way.kind == UPDATE and way.form("alike").is_valid()
    if takes_over:
        way.fill(way.entry)
    if draft:
        draft.keep(way.kept())
    if takes_over:
        return show(request, way, draft, CHECK)
    return next_step(way, page, partial(show, request, way, draft))


def show(request, way: Sharing, draft: Submission | None, page: str, *, form=None, problems=None, status=200):
    """The page with its answers; ``form`` and ``problems`` where something is to be said about them."""
    if form is None:
        form = way.fresh(page)
    if problems is None:
        problems = form.problems() if form.is_bound else []
    back = way.page_before(page)
    context = {
        "way": way,
        "form": form,
        "page": page,
        "action": address_of(page),
        "problems": problems,
        "carried": carried(way, draft, page),
        "steps": steps(STEP_OF.get(page, STORY)),
        "back": address_of(back) if back else "",
        "is_draft": draft is not None,
        "may_save": draft is None and STEP_OF.get(page, STORY) >= STORY,
    }
    if page == CHECK:
        context["answers"] = answers(way)
    return render(request, OWN_TEMPLATE.get(page, "practices/share_form.html"), context, status=status)


def carried(way: Sharing, draft: Submission | None, page: str) -> list[tuple[str, str]]:
    """What the page's form sends along: all other answers, or only which draft they are kept in."""
    stamp = way.stamp or Stamp.new(0)
    own = [("draft", "1")] if draft else way.carried(page)
    return [*own, ("stamp", str(stamp))]


def address_of(page: str) -> str:
    """Where a page's form goes."""
    return reverse("share_check") if page == CHECK else reverse("share_page", args=[page])


def steps(current: int) -> list[Step]:
    """The five steps, and which of them are behind."""
    labels = [_("What it takes"), _("Which practice"), _("Its story"), _("Sources and contact"), _("Check and send")]
    return shared_steps(labels, current)
