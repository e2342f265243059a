"""The pages behind links in e-mails: opening one changes nothing, its button acts, and a dead link says why."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import TextChoices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.mail.letter import OpenedLink, OutgoingEmail, seconds_to_wait
from citysolidarity.mail.postbox import Letter
from citysolidarity.mail.tokens import TokenStatus

STATUS = {TokenStatus.EXPIRED: 410, TokenStatus.USED: 410, TokenStatus.ALTERED: 404, TokenStatus.WRONG_PURPOSE: 404}

# The heading of the page after a button, and what happens next, where all apps say the same.
DISOWNED = (
    _("Thank you for telling us"),
    _(
        "What was sent in your name is withdrawn, and your e-mail address is erased. We will send no more e-mails "
        "to it. To make sure of that we keep an encrypted mark of it, not the address itself."
    ),
)
SENT_AGAIN = (
    _("We have sent you a new link"),
    _("It works for seven days. If you have confirmed in the meantime, you will not get an e-mail."),
)


class EmailLinkViews:
    """A subclass serves the links of one app.

    The folder of templates ``folder`` has one for each purpose; ``outcomes`` has ``link_page``, which all of these
    extend, and ``link_altered``, ``link_expired``, ``link_moved`` and ``link_used``.
    """

    rows: type[OutgoingEmail]
    folder: str
    outcomes: str
    done = "done"  # the URL name of the page after the button
    again: dict[TextChoices, Letter] = {}  # the letter with a new link, for an expired one
    # Raised by an act whose subject has changed; its ``messages`` say why.
    refusal: type[Exception] | tuple[type[Exception], ...] = ()

    def facts_about(self, opened: OpenedLink) -> dict:
        return {"expires_at": opened.letter.expires_at(opened.purpose)}

    def state_of(self, letter: OutgoingEmail) -> str:
        """The present state of the letter's subject, in words."""
        return ""

    def follow(self, request, token: str, purpose: TextChoices, act: Callable, done: str | Callable, form=None):
        """Show the page of a link or, on POST, call ``act`` in one transaction with the use of the link.

        ``act`` is given the letter's subject and, with a ``form`` (a class of PlainForm), the form's cleaned data.
        ``done`` is the argument of the next page's address, or a function of the cleaned data that returns it.
        """
        if request.method == "POST" and "again" in request.POST:
            return self.send_again(request, token, purpose)
        opened = self.rows.objects.open(token, purpose)
        if opened.verdict is TokenStatus.USED and request.method == "POST":
            return self.pressed_again(request, token, opened, done, form)
        if opened.verdict is not TokenStatus.GOOD:
            return self.dead_end(request, token, opened, purpose)
        filled = form and form.posted(request)
        if request.method != "POST":
            return self._show(request, opened, filled)
        if filled is not None and not filled.is_valid():
            return self._show(request, opened, filled, status=422)
        answers = [] if filled is None else [filled.cleaned_data]
        try:
            with transaction.atomic():
                opened = self.rows.objects.use(token, purpose, repr(answers))
                if opened.verdict is TokenStatus.GOOD:
                    act(opened.letter.subject, *answers)
        except self.refusal as refused:
            return self.moved(request, refused)
        if opened.verdict is TokenStatus.USED:  # by the same press, a moment ago
            return self.pressed_again(request, token, opened, done, form)
        if opened.verdict is not TokenStatus.GOOD:
            return self.dead_end(request, token, opened, purpose)
        return redirect(self.done, done(*answers) if callable(done) else done)

    def one_click(self, token: str, purpose: TextChoices, act: Callable) -> HttpResponse:
        """For the POST of a mail program (RFC 8058): no page follows, and what is over already is no fault."""
        with transaction.atomic():
            # A press of the button on the page is the same press.
            opened = self.rows.objects.use(token, purpose, repr([]))
            if opened.purpose != purpose:
                raise Http404
            act(opened.letter.subject)
        return HttpResponse(content_type="text/plain")

    def disown(self, request, token: str, purpose: TextChoices, contacts: Callable):
        """The button withdraws the subject, and no e-mail goes to its address again.

        ``contacts(subject)`` are the rows with its address, which are erased with it.
        """

        def act(subject):
            for address in contacts(subject).values_list("email", flat=True):
                BlockedMailbox.objects.block(address)
            subject.withdraw()

        return self.follow(request, token, purpose, act, done="disowned")

    def say(self, request, what: str, outcomes: dict[str, tuple[str, str]]) -> HttpResponse:
        """What a button has done, on a page that may be loaded again without doing it twice."""
        if what not in outcomes:
            raise Http404
        heading, next_step = outcomes[what]
        return render(request, f"{self.outcomes}/done.html", {"heading": heading, "next_step": next_step})

    def pressed_again(self, request, token: str, opened: OpenedLink, done: str | Callable, form) -> HttpResponse:
        """For the same act a moment later the same answer as before; it is not done twice."""
        filled = form and form.posted(request)
        answers = [filled.cleaned_data] if filled is not None and filled.is_valid() else []
        if (filled is None or answers) and opened.letter.was_just_used(opened.purpose, repr(answers)):
            return redirect(self.done, done(*answers) if callable(done) else done)
        return self.dead_end(request, token, opened, opened.purpose)

    def _show(self, request, opened: OpenedLink, form: PlainForm | None, status: int = 200) -> HttpResponse:
        filled = {} if form is None else {"form": form, "problems": form.problems() if form.is_bound else []}
        template = f"{self.folder}/{opened.purpose.value}.html"
        return render(request, template, self.facts_about(opened) | filled, status=status)

    def moved(self, request, refused: Exception) -> HttpResponse:
        """409: the link's subject has changed since the letter was sent."""
        return render(request, f"{self.outcomes}/link_moved.html", {"reason": refused.messages[0]}, status=409)

    def dead_end(self, request, token: str, opened: OpenedLink, purpose: TextChoices) -> HttpResponse:
        context = {
            "state": self.state_of(opened.letter) if opened.letter else "",
            "can_ask": opened.verdict is TokenStatus.EXPIRED and purpose in self.again,
            "right_page": "",
            "purpose": opened.purpose.label if opened.purpose else "",
        }
        template = f"{self.outcomes}/link_{opened.verdict.name.lower()}.html"
        if opened.verdict is TokenStatus.WRONG_PURPOSE:
            context["right_page"] = reverse(opened.purpose.value, args=[token])
            context["base"], template = self.base, "citysolidarity/mail/wrong_purpose.html"
        return render(request, template, context, status=STATUS[opened.verdict])

    @property
    def base(self) -> str:
        return f"{self.outcomes}/link_page.html"

    def send_again(self, request, token: str, purpose: TextChoices) -> HttpResponse:
        """Send a new letter to the same mailbox. Only the holder of the expired link can ask for it."""
        opened = self.rows.objects.open(token, purpose)
        if opened.verdict is TokenStatus.GOOD:
            return redirect(purpose.value, token)
        if opened.verdict is not TokenStatus.EXPIRED or purpose not in self.again:
            return self.dead_end(request, token, opened, purpose)
        letter = self.rows.objects.with_subject().reachable().filter(pk=opened.letter.pk).first()
        if letter:
            with transaction.atomic():
                wait = seconds_to_wait("again", letter.address)
                if wait is not None:
                    self.again[purpose].post(letter.subject, wait=wait, **letter.addressing)
        return redirect(self.done, "again")
