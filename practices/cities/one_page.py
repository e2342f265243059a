"""A form of one page; one that asks which city has a second page, for a place that is on no list.

Its answers are the same for every e-mail address, and the form is recorded once, however often it arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from citysolidarity.forms import FormToken, Journey, Problem
from citysolidarity.forms.journey import CHECK
from citysolidarity.forms.one_time_key import SubmittedForm, advisory_lock
from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.throttle import TooMany, too_many_requests
from practices.cities import place_search

VERSION = 0  # of the form: it signs no text that could change meanwhile


@dataclass(frozen=True)
class OnePageForm:
    """``addresses`` are the URL names of the journey's pages, the first of them first, ``templates`` their templates.

    ``record(request, journey)`` saves the row with its e-mail and returns it, in a transaction; it raises TooMany.
    ``sent`` is the URL name of the page after the form.
    """

    journey: type[Journey]
    rows: type[SubmittedForm]
    record: Callable[[HttpRequest, Journey], SubmittedForm]
    addresses: dict[str, str]
    templates: dict[str, str]
    sent: str

    @property
    def first(self) -> str:
        return next(iter(self.addresses))

    def begin(self, request: HttpRequest) -> HttpResponse:
        """The empty form; ``?for=`` names the place that it begins with, as a value of the field ``city``."""
        return self.show(request, self.journey(begun_for(request.GET.get("for", ""))), self.first)

    def take(self, request: HttpRequest, page: str) -> HttpResponse:
        journey = self.journey(request.POST)
        if "show" in journey.data or page not in journey.pages:
            return self.show(request, journey, page if page in journey.pages else self.first)
        form = journey.form(page)
        if not form.is_valid():
            problems = form.problems()
            return self.show(request, journey, page, form=form, problems=problems, status=422 if problems else 200)
        if problems := journey.unknown_field_errors():
            return self.show(request, journey, page, form=form, problems=problems, status=422)
        after = journey.next_page()
        if after != CHECK:
            return self.show(request, journey, after)
        if problems := journey.forged_errors() or journey.bot_errors():
            return self.show(request, journey, page, form=form, problems=problems, status=422)
        with advisory_lock(journey.stamp.key):
            return self._send(request, journey, page)

    def _send(self, request: HttpRequest, journey: Journey, page: str) -> HttpResponse:
        sent = self.rows.objects.filter(key=journey.stamp.key).first()
        if sent and not sent.holds(journey.answers):
            journey.stamp = FormToken.new(VERSION)._replace(begun=journey.stamp.begun)
            sentence = _(
                "This form has already been sent with other answers. To send these as well, please press the button again."
            )
            return self.show(request, journey, page, form=journey.form(page), problems=[Problem(sentence)], status=422)
        if not sent:
            try:
                with transaction.atomic():
                    sent = self.record(request, journey)
            except TooMany as limit:
                answer = self.show(request, journey, page, form=journey.form(page), problems=[please_wait(limit)])
                return too_many_requests(answer, limit.wait)
        return redirect(reverse(self.sent, args=[sent.reference]))

    def show(self, request: HttpRequest, journey: Journey, page: str, *, form=None, problems=(), status: int = 200):
        """Render a page; ``form`` and ``problems`` are given where the answers to it have errors."""
        context = {
            "form": form or journey.unbound(page),
            "problems": problems,
            "carried": [*journey.hidden_answers(page), ("stamp", str(journey.stamp or FormToken.new(VERSION)))],
            "action": reverse(self.addresses[page]),
            "back": reverse(self.addresses[self.first]) if page != self.first else "",
        }
        return render(request, self.templates[page], context, status=status)


def begun_for(value: str) -> QueryDict | None:
    """The form as if its visitor had chosen this place; None where there is no such place."""
    choice = place_search.choice_of(value) if "\0" not in value else None
    if choice is None:
        return None
    chosen = QueryDict(mutable=True)
    chosen.update({"q": choice.label, "searched": choice.label, "city": choice.value})
    return chosen
