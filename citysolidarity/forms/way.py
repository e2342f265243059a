"""The way through a form of several pages: what has been answered, and which page comes next.

The answers travel from page to page in hidden fields and are kept nowhere until the last button is pressed: no account,
no cookie, and nothing stored about somebody who turns back. Every page checks all of them again, so there is nothing to
be forged in them; only the stamp is signed.
"""

import json
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from citysolidarity.forms.plain import TRAP, PlainForm, Problem
from citysolidarity.forms.stamp import Stamp

# The page that shows all answers once more; it always comes last.
CHECK = "check"
# Not answers: the stamp, the buttons, and what the page of an outage sends along.
APART = frozenset({"stamp", "show", "csrfmiddlewaretoken"})
# Answers that only say how a question was asked; and so does every name that begins with "seen".
HOW = frozenset({"q", "searched"})
SEEN = "seen"


class Way:
    """One person's answers so far; a subclass names its ``PAGES``, each with its form, the last of them CHECK."""

    PAGES: dict[str, type[PlainForm]] = {}
    APART = APART

    def __init__(self, data: QueryDict | None = None):
        sent = data if data is not None else QueryDict()
        # A character that no text holds: without it, the fields say what is wrong.
        self.spoilt = frozenset(name for name in sent if any("\0" in value for value in sent.getlist(name)))
        self.data = QueryDict(mutable=True)
        for name, values in sent.lists():
            self.data.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
        self.stamp = Stamp.read(self.data.get("stamp", ""))
        self._forms = {}

    def form(self, page: str) -> PlainForm:
        """The page's form with what was sent, errors and all."""
        if page not in self._forms:
            self._forms[page] = self.PAGES[page](self.data, spoilt=self.spoilt, **self.more(page))
        return self._forms[page]

    def fresh(self, page: str) -> PlainForm:
        """The page's form with what was sent, and not a word about what is missing."""
        return self.PAGES[page](initial=self.initial(page), **self.more(page, shown=True))

    def initial(self, page: str) -> dict:
        """What was sent of a page, as its form takes it."""
        fields = self.fields[page].items()
        found = {name: field.widget.value_from_datadict(self.data, {}, name) for name, field in fields}
        return {name: value for name, value in found.items() if name in self.data and not name.startswith(SEEN)}

    def more(self, page: str, *, shown: bool = False) -> dict:
        """What a page's form needs besides the answers, to check them or to be ``shown``."""
        return {}

    @cached_property
    def fields(self) -> dict[str, dict]:
        """Each page's fields by name."""
        return {page: form(**self.more(page)).fields for page, form in self.PAGES.items()}

    @property
    def has_unknown(self) -> bool:
        """Whether something came that no page asks for."""
        return not self.data.keys() <= self.APART.union(*self.fields.values())

    @property
    def pages(self) -> list[str]:
        """The pages that these answers need, in order, without the last."""
        return [page for page in self.PAGES if page != CHECK]

    def next_page(self) -> str:
        """The first page with something left to answer; CHECK where there is none."""
        return next((page for page in self.pages if not self.form(page).is_valid()), CHECK)

    def page_before(self, page: str) -> str | None:
        """The page to go back to; None from the first."""
        pages = [*self.pages, CHECK]
        return pages[pages.index(page) - 1] if page in pages[1:] else None

    def carried(self, page: str) -> list[tuple[str, str]]:
        """The answers of the other pages, which this page's form sends along."""
        names = [name for other in self.PAGES if other not in (page, CHECK) for name in self.fields[other]]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    @property
    def facts(self) -> dict:
        """All answers together, checked. Every page must be valid."""
        return {name: value for page in self.pages for name, value in self.form(page).cleaned_data.items()}

    @property
    def answers(self) -> str:
        """The answers as one text, the same for the same answers."""
        names = {name for page in self.pages for name in self.fields[page] if not name.startswith(SEEN)} - HOW
        return json.dumps({name: self.data.getlist(name) for name in sorted(names)}, ensure_ascii=False)

    # --- what is wrong with the form as a whole ---------------------------------------

    def misfits(self) -> list[Problem]:
        """That it came with what no page asks for."""
        if not self.has_unknown:
            return []
        return [Problem(_("The form came with fields that are not part of it. We left them out: please press again."))]

    def stranger(self) -> list[Problem]:
        """That it is none of ours."""
        if self.stamp is not None:
            return []
        return [Problem(_("This form is not quite the one we gave you. Please check it and press again."))]

    def robotic(self) -> list[Problem]:
        """That a robot seems to have filled it in; a person presses once more, the trap is empty then."""
        if not (any(self.data.pop(TRAP, [])) or self.stamp.is_too_quick):
            return []
        return [Problem(_("That was very quick, as robots are. If you are a person, please press again."))]
