"""A form of several pages: what has been answered, and which page comes next.

The answers travel from page to page in hidden fields and are stored nowhere until the last button is pressed: no
account, no cookie, and no trace of somebody who gives up. Every page checks all of them again, so forging them gains
nothing; only the form token is signed.
"""

import json
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from citysolidarity.forms.base import HONEYPOT, PlainForm, Problem, without_nul
from citysolidarity.forms.form_token import FormToken

CHECK = "check"  # the last page, which shows all answers once more
# Names that are no answers: the form token, the buttons, and what the page of an outage sends along.
APART = frozenset({"stamp", "show", "csrfmiddlewaretoken"})
# Fields that say how the visitor looked for an answer, and are none; the same holds for names that begin with SEEN.
HOW = frozenset({"q", "searched"})
SEEN = "seen"


class Journey:
    """One person's answers so far. A subclass sets ``PAGES``, the last of them CHECK, with their forms."""

    PAGES: dict[str, type[PlainForm]] = {}
    APART = APART

    def __init__(self, data: QueryDict | None = None):
        self.data, self.had_nul = without_nul(data if data is not None else QueryDict())
        self.stamp = FormToken.read(self.data.get("stamp", ""))
        self._forms = {}

    def form(self, page: str) -> PlainForm:
        """The page's form bound to what was sent, with its errors."""
        if page not in self._forms:
            self._forms[page] = self.PAGES[page](self.data, had_nul=self.had_nul, **self.form_kwargs(page))
        return self._forms[page]

    def unbound(self, page: str) -> PlainForm:
        """The page's form filled with what was sent, without errors."""
        return self.PAGES[page](initial=self.initial(page), **self.form_kwargs(page, shown=True))

    def initial(self, page: str) -> dict:
        """The answers to a page, as initial values of its form."""
        return {
            name: field.widget.value_from_datadict(self.data, {}, name)
            for name, field in self.fields[page].items()
            if name in self.data and not name.startswith(SEEN)
        }

    def form_kwargs(self, page: str, *, shown: bool = False) -> dict:
        """Further arguments of a page's form, which is bound or, with ``shown``, unbound."""
        return {}

    @cached_property
    def fields(self) -> dict[str, dict]:
        return {page: form(**self.form_kwargs(page)).fields for page, form in self.PAGES.items()}

    @property
    def pages(self) -> list[str]:
        """The pages that these answers need, in order, without CHECK."""
        return [page for page in self.PAGES if page != CHECK]

    def next_page(self) -> str:
        """The first page with something left to answer; CHECK where there is none."""
        return next((page for page in self.pages if not self.form(page).is_valid()), CHECK)

    def page_before(self, page: str) -> str | None:
        pages = [*self.pages, CHECK]
        return pages[pages.index(page) - 1] if page in pages[1:] else None

    def pages_left(self, page: str) -> int:
        """How many pages follow this one."""
        pages = [*self.pages, CHECK]
        return len(pages) - 1 - pages.index(page)

    def hidden_answers(self, page: str) -> list[tuple[str, str]]:
        """The answers to the other pages, for this page's hidden fields."""
        names = [name for other in self.PAGES if other not in (page, CHECK) for name in self.fields[other]]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    @property
    def facts(self) -> dict:
        """The cleaned answers of all pages, which must be valid."""
        return {name: value for page in self.pages for name, value in self.form(page).cleaned_data.items()}

    @property
    def answers(self) -> str:
        """The answers as JSON: the same text for the same answers."""
        names = {name for page in self.pages for name in self.fields[page] if not name.startswith(SEEN)} - HOW
        return json.dumps({name: self.data.getlist(name) for name in sorted(names)}, ensure_ascii=False)

    # --- what is wrong with the form as a whole ---------------------------------------

    def unknown_field_errors(self) -> list[Problem]:
        if self.data.keys() <= self.APART.union(*self.fields.values()):
            return []
        return [
            Problem(
                _(
                    "The form contained fields that do not belong to it. We have removed them: please press "
                    "the button again."
                )
            )
        ]

    def forged_errors(self) -> list[Problem]:
        if self.stamp is not None:
            return []
        return [
            Problem(_("This form has changed since we sent it to you. Please check it and press the button again."))
        ]

    def bot_errors(self) -> list[Problem]:
        """A person presses once more: the honeypot is empty then, and more time has passed."""
        if not (any(self.data.pop(HONEYPOT, [])) or self.stamp.is_too_quick):
            return []
        return [Problem(_("That was very quick. If you are not a robot, please press the button again."))]
