"""Coming back later: from now on the answers are kept, behind a link in a letter."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from citysolidarity.forms.once import one_at_a_time
from citysolidarity.forms.waiting import please_wait
from citysolidarity.letters import LETTERS
from citysolidarity.private import private
from citysolidarity.throttle import address_block
from practices import sharing_emails as emails
from practices.forms.contact import SaveForm
from practices.forms.sharing import Sharing
from practices.limits import SHARE_POSTS, SUBMISSIONS
from practices.models import Submission
from practices.views.share_steps import FIRST, address_of, begin, carried, steps


@private
def share_save(request):
    """Asks where the link goes, then keeps the answers; the answer is the same for every address."""
    if request.method != "POST":
        return redirect("share_page", FIRST)
    way, draft = begin(request)
    if draft:
        draft.keep(way.kept())
        return saved(request, way, draft)
    if "show" in way.data:
        return ask(request, way, SaveForm())
    form = SaveForm(way.data, spoilt=way.spoilt)
    problems = form.problems() + way.misfits() + way.stranger()
    if problems := problems or way.robotic():
        return ask(request, way, form, problems, 422)
    with one_at_a_time(way.stamp.key):
        return keep(request, way, form)


def keep(request, way: Sharing, form: SaveForm):
    """Makes the draft and posts its letter, once, however often the form arrives."""
    email, draft = form.cleaned_data["save_email"], Submission.objects.filter(key=way.stamp.key).first()
    if draft is None:
        wait = (
            SHARE_POSTS.take(address_block(request)) or SUBMISSIONS.wait() or LETTERS.take(email) or SUBMISSIONS.take()
        )
        if wait:
            response = ask(request, way, form, [please_wait(wait)], 429)
            response.headers["Retry-After"] = str(wait)
            return response
        # Where the letters go is asked once.
        way.data.setdefault("email", email)
        with transaction.atomic():
            draft = Submission.begin(way.stamp.key, way.kept(), email=email, language=get_language())
            emails.submission_draft.post(draft)
    return saved(request, way, draft)


def saved(request, way: Sharing, draft: Submission):
    """That it is kept, and the way to go on at once."""
    context = {"carried": carried(way, draft, "save"), "action": address_of(way.next_page()), "steps": steps(3)}
    return render(request, "practices/share_saved.html", context)


def ask(request, way: Sharing, form: SaveForm, problems=(), status=200):
    """The page that asks for the mail address, with all answers."""
    context = {"form": form, "problems": problems, "carried": carried(way, None, "save"), "steps": steps(3)}
    return render(request, "practices/share_save.html", context, status=status)
