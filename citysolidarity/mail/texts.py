"""The words of e-mails, which a lead curator can edit; the original is a template of ours.

An edited text and its original are filled in the same way: ``{{ name }}`` becomes the value of that name, and nothing
else is understood. No tag, filter or attribute reaches further than the variables that the original itself names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACEHOLDER = re.compile(r"\{\{ *(\w+) *\}\}")
# Of a placeholder that is misspelt, or of a template language that is not understood here.
BRACES = re.compile(r"\{\{[^\n}]*\}?\}?|\}\}|\{[%#][^\n}]*\}?|[%#]\}")


class Words(NamedTuple):
    subject: str
    body: str


class Variable(NamedTuple):
    """``meaning`` and ``example`` are for the lead curator; an address on the web is one whose example is one."""

    meaning: str
    example: str
    # Without it the e-mail is of no use to whoever gets it, or takes a right from them.
    is_needed: bool = False

    @property
    def is_address(self) -> bool:
        return self.example.startswith("https://")


LINK = "https://cities.example/en/…"
UNTIL = {
    "until_day": Variable(gettext_lazy("the last day on which the link works"), "6 December 2026"),
    "until_time": Variable(gettext_lazy("the hour until which it works, in UTC"), "14:05"),
}
NOTE = Variable(
    gettext_lazy("what the curator adds in their own words, often nothing"),
    "The decision we found is about another year.",
    is_needed=True,
)
CONTACT = Variable(gettext_lazy("the page on which people write to us"), LINK, is_needed=True)


@dataclass(frozen=True)
class EmailText:
    """What a lead curator can edit: the subject and the body of one kind of e-mail, or of one variant of it.

    ``name`` is that of its templates, ``when`` says when it is sent, ``variables`` are all that its templates may name.
    """

    name: str
    variant: str
    when: str
    variables: Mapping[str, Variable]

    def __str__(self):
        return str(self.when)

    @property
    def key(self) -> str:
        return f"{self.name}.{self.variant}" if self.variant else self.name

    def original(self, language: str) -> Words:
        """With the placeholders still in it."""
        return self._render(language, {name: f"{{{{ {name} }}}}" for name in self.variables} | {"part": "body"})

    def ending(self, language: str, values: Mapping[str, str]) -> str:
        """What nobody can edit away: what to do if it was not you, not to pass it on, and who wrote it."""
        return self._render(language, {**values, "part": "ending"}).body

    def _render(self, language: str, context: dict) -> Words:
        return rendered(self.name, {**context, "variant": self.variant}, language)

    def offered(self, language: str) -> dict[str, Variable]:
        """The variables that the original names, in its order."""
        names = dict.fromkeys(PLACEHOLDER.findall("\n".join(self.original(language))))
        return {name: self.variables[name] for name in names}

    def problems(self, words: Words, language: str) -> Iterator[tuple[str, str]]:
        """Why these words cannot be sent, as (field, sentence)."""
        offered = self.offered(language)
        for field, text in words._asdict().items():
            for wrong in dict.fromkeys(BRACES.findall(PLACEHOLDER.sub("", text))):
                yield (
                    field,
                    _("“%(wrong)s” cannot be read. Write a variable as in the list: {{ name }}.") % {"wrong": wrong},
                )
            for name in dict.fromkeys(PLACEHOLDER.findall(text)):
                if name not in offered:
                    yield (
                        field,
                        _("This e-mail has no variable {{ %(name)s }}. The list says which it has.") % {"name": name},
                    )
        for name in set(PLACEHOLDER.findall(words.subject)) & set(offered):
            if offered[name].is_needed or offered[name].is_address:
                yield "subject", _("{{ %(name)s }} cannot stand in the subject, only in the text.") % {"name": name}
        yield from self._missing(words.body, offered)

    def _missing(self, body: str, offered: dict[str, Variable]) -> Iterator[tuple[str, str]]:
        named = PLACEHOLDER.findall(body)
        alone = [match[1] for line in body.split("\n") if (match := PLACEHOLDER.fullmatch(line.strip()))]
        for name, variable in offered.items():
            values = {"name": name, "meaning": variable.meaning}
            if variable.is_needed and name not in named:
                yield (
                    "body",
                    _("Please put {{ %(name)s }} back (%(meaning)s): the e-mail cannot do without it.") % values,
                )
            elif variable.is_address and named.count(name) > alone.count(name):
                yield (
                    "body",
                    _("Please give {{ %(name)s }} a line of its own, so that the address stays whole.") % values,
                )

    def fill(self, words: Words, values: Mapping[str, str], language: str) -> Words:
        """The whole e-mail; what is typed into a value is never read as a placeholder."""
        subject, body = (PLACEHOLDER.sub(lambda match: str(values[match[1]]), text) for text in words)
        return Words(" ".join(subject.split()), tidy(f"{body}\n\n{self.ending(language, values)}"))

    def sample(self) -> dict[str, str]:
        return {name: variable.example for name, variable in self.variables.items()}


def rendered(name: str, context: dict, language: str) -> Words:
    """Our own templates of an e-mail, templates/email/``name``, with what each of them may name."""
    site = {"site_url": settings.SITE_URL, "contact_email": settings.CONTACT_EMAIL, "language": language}
    with translation.override(language):
        subject = render_to_string(f"email/{name}.subject.txt", {**context, **site})
        body = render_to_string(f"email/{name}.txt", {**context, **site})
    return Words(" ".join(subject.split()), tidy(body))


def tidy(text: str) -> str:
    """What is left out of a text leaves its blank lines."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"
