"""The links in letters: opening one changes nothing, its button acts, and one that leads nowhere says why."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from citysolidarity.forms import PlainForm
from citysolidarity.letters import LETTERS, Opened, PostedLetter
from citysolidarity.postbox import Letter
from citysolidarity.tokens import Verdict

STATUS = {Verdict.EXPIRED: 410, Verdict.USED: 410, Verdict.ALTERED: 404, Verdict.WRONG_PURPOSE: 404}


class Links:
    """What one app does with the links in its letters; each app makes a class of its own and one of these.

    ``folder`` holds a template for each purpose, ``link_page``, which all of these extend, and ``link_altered``,
    ``link_expired``, ``link_moved`` and ``link_used``, which speak of the subject; the folder ``links`` holds the rest.
    """

    rows: type[PostedLetter]
    folder: str
    done = "done"  # the name of the address that tells what a button has done
    again: dict[TextChoices, Letter] = {}  # what is sent when somebody asks for a new link
    refusal: (
        type[Exception] | tuple[type[Exception], ...]
    ) = ()  # raised by an act whose subject has moved; its ``messages`` say why

    def facts_about(self, opened: Opened) -> dict:
        """What the page of a good link shows."""
        return {"expires_at": opened.letter.expires_at(opened.purpose)}

    def state_of(self, letter: PostedLetter) -> str:
        """Where the letter's subject stands now, in words."""
        return ""

    def follow(self, request, token: str, purpose: TextChoices, act: Callable, done: str | Callable, form=None):
        """The page of a link, or what its button does: ``act``, in one transaction with the use of the link.

        ``act`` takes the letter's subject; with a ``form`` (a class of PlainForm) its answers too, and ``done`` may
        take the answers and choose what the next page tells.
        """
        if request.method == "POST" and "again" in request.POST:
            return self.send_again(request, token, purpose)
        opened = self.rows.objects.open(token, purpose)
        if opened.verdict is not Verdict.GOOD:
            return self.dead_end(request, token, opened, purpose)
        filled = form and form.posted(request)
        if request.method != "POST":
            return self._show(request, opened, filled)
        if filled is not None and not filled.is_valid():
            return self._show(request, opened, filled, status=422)
        answers = [] if filled is None else [filled.cleaned_data]
        try:
            with transaction.atomic():
                opened = self.rows.objects.use(token, purpose)
                if opened.verdict is Verdict.GOOD:
                    act(opened.letter.subject, *answers)
        except self.refusal as refused:
            return self.moved(request, refused)
        if opened.verdict is not Verdict.GOOD:
            return self.dead_end(request, token, opened, purpose)
        return redirect(self.done, done(*answers) if callable(done) else done)

    def _show(self, request, opened: Opened, form: PlainForm | None, status: int = 200) -> HttpResponse:
        filled = {} if form is None else {"form": form, "problems": form.problems() if form.is_bound else []}
        template = f"{self.folder}/{opened.purpose.value}.html"
        return render(request, template, self.facts_about(opened) | filled, status=status)

    def moved(self, request, refused: Exception) -> HttpResponse:
        """409: what the link is about has moved since the letter was sent."""
        return render(request, f"{self.folder}/link_moved.html", {"reason": refused.messages[0]}, status=409)

    def dead_end(self, request, token: str, opened: Opened, purpose: TextChoices) -> HttpResponse:
        """The page of a link that does not work, each kind with its own words."""
        context = {
            "state": self.state_of(opened.letter) if opened.letter else "",
            "can_ask": opened.verdict is Verdict.EXPIRED and purpose in self.again,
            "right_page": "",
            "purpose": opened.purpose.label if opened.purpose else "",
        }
        template = f"{self.folder}/link_{opened.verdict.name.lower()}.html"
        if opened.verdict is Verdict.WRONG_PURPOSE:
            context["right_page"] = reverse(opened.purpose.value, args=[token])
            context["base"], template = self.base, "links/wrong_purpose.html"
        return render(request, template, context, status=STATUS[opened.verdict])

    @property
    def base(self) -> str:
        """The template that the pages of all links extend."""
        return f"{self.folder}/link_page.html"

    def send_again(self, request, token: str, purpose: TextChoices) -> HttpResponse:
        """A fresh letter to the same mailbox; only the holder of the old link can ask for it."""
        opened = self.rows.objects.open(token, purpose)
        if opened.verdict is Verdict.GOOD:
            return redirect(purpose.value, token)
        if opened.verdict is not Verdict.EXPIRED or purpose not in self.again:
            return self.dead_end(request, token, opened, purpose)
        letter = self.rows.objects.with_subject().reachable().filter(pk=opened.letter.pk).first()
        if letter:
            if wait := LETTERS.take(letter.address):
                return self.too_many(request, wait)
            with transaction.atomic():
                self.again[purpose].post(letter.subject, **letter.addressing)
        return redirect(self.done, "again")

    def too_many(self, request, wait: int) -> HttpResponse:
        """429: this mailbox has had its letters for today."""
        context = {"hours": -(-wait // 3600), "base": self.base}
        response = render(request, "links/too_many.html", context, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
