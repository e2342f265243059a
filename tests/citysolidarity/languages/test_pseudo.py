"""No plain English is left on a page in another language: every sentence of the site passes through its catalogue.

The catalogue of a pseudo-language writes each letter in its full width. Whatever then stands in ordinary letters, and is
neither a name from the data nor marked as being in another language, was never given to be translated.
"""

import json
import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override, trans_real

from practices.vocabularies.glossary import TERMS
from tests.browser.addresses import PAGES, address_of

LANGUAGE = "eo"  # Django knows it, and no entry is translated into it
KEPT = re.compile(r"%\(\w+\)[sd]|%[sdr%]|\{\{.*?\}\}|\{\w*\}|<[^>]*>|&\w+;|https?://\S+")
WORD = re.compile(r"(?<![\w@./#:=-])[A-Za-z][a-z’]{2,}(?![\w@/=]|[.-]\w)")
WIDE = {ord(letter): chr(ord(letter) + 0xFEE0) for letter in map(chr, range(33, 127)) if letter.isalpha()}
# Proper names and units that are written so in every language.
NAMES = frozenset(
    "Atom GeoNames Natural Earth Metropolis With Refugees WithRefugees Nesta Firefox Chrome Edge Safari Word Excel"
    " LibreOffice Unicode Common Locale Data Repository Creative Commons Attribution GitHub Chromium Español Français"
    " Português English Esperanto Django PostgreSQL Europe zeppelin Schwerte MigraCidades Participedia URBACT".split()
)

# Django's icons for yes and no know no language but English.
OF_OTHERS = frozenset(("True", "False"))


def wide(text):
    """Letters in full width; placeholders, markup and addresses as they are."""
    pieces, at = [], 0
    for match in KEPT.finditer(text):
        pieces += [text[at : match.start()].translate(WIDE), match[0]]
        at = match.end()
    return "".join([*pieces, text[at:].translate(WIDE)])


class PseudoTranslation(trans_real.DjangoTranslation):
    def gettext(self, message):
        # Django asks for a sentence with a context as one key of both.
        return wide(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, one, many, number):
        return wide((one if number == 1 else many).rpartition(trans_real.CONTEXT_SEPARATOR)[2])


@pytest.fixture
def pseudo(monkeypatch, settings):
    """What the process keeps in this language is kept apart: it would be shown after the test."""
    settings.LANGUAGES = [*settings.LANGUAGES, (LANGUAGE, "Esperanto")]
    monkeypatch.setattr(trans_real, "_translations", {**trans_real._translations})
    real = trans_real.translation(LANGUAGE)
    fake = PseudoTranslation.__new__(PseudoTranslation)
    fake.__dict__.update(real.__dict__)
    trans_real._translations[LANGUAGE] = fake
    with override("en"):
        yield
    forget_labels()


def forget_labels():
    from practices import vocabularies

    for kept in vars(vocabularies).values():
        getattr(kept, "translated", {}).pop(LANGUAGE, None)


class Spoken(HTMLParser):
    """Collects the words that are read or heard in the language of the page."""

    ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description", "label")
    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self):
        super().__init__()
        self.stack, self.words = [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        skipped = (
            values.get("lang", LANGUAGE) != LANGUAGE
            or tag in {"script", "style", "code", "textarea", "bdi"}
            or values.get("hreflang", LANGUAGE) != LANGUAGE
        )
        if not self.skips() and not skipped:
            for name in self.ATTRIBUTES:
                self.take(values.get(name) or "")
        if tag not in self.VOID:
            self.stack.append((tag, skipped))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.skips():
            self.take(data)

    def skips(self):
        return any(skipped for _tag, skipped in self.stack)

    def take(self, text):
        self.words += WORD.findall(text)


def spoken(html):
    reader = Spoken()
    reader.feed(html)
    return reader.words


def words_of_the_data():
    """Every word of every text that is stored: names of cities, offices, sources; and of the glossary, a list of its own."""
    words = set()
    for term in TERMS:
        words.update(re.findall(r"[A-Za-z][a-z’']{2,}", f"{term.names['en']} {term.definitions['en']}"))
    for model in apps.get_models():
        if model._meta.app_label in {"practices", "pledges", "auth"} and model.__name__ != "Place":
            fields = [field.name for field in model._meta.concrete_fields if is_text(field)]
            for row in model._base_manager.values_list(*fields) if fields else ():
                words.update(re.findall(r"[A-Za-z][a-z’]{2,}", json.dumps(row, default=str, ensure_ascii=False)))
    return words


def is_text(field):
    return isinstance(field, models.CharField | models.TextField | models.JSONField) or hasattr(field, "base_field")


def left_in_english(html, data):
    return sorted(set(spoken(html)) - NAMES - OF_OTHERS - data)


def test_no_public_page_has_plain_english(client, starter, pseudo):
    data, found = words_of_the_data(), {}
    for name in PAGES:
        path = address_of(name).replace("/en/", f"/{LANGUAGE}/", 1)
        response = client.get(path)
        assert response.status_code == 200 and "ａ" in response.text, path
        found[name] = left_in_english(response.text, data)
    assert {name: words for name, words in found.items() if words} == {}


def test_no_page_of_the_desk_has_plain_english(starter, pseudo, admin_client):
    """The list, the empty form and the first row of everything that has a page there."""
    data, found = words_of_the_data(), {}
    for path in desk_pages():
        response = admin_client.get(path, headers={"accept-language": LANGUAGE})
        if response.status_code == 200 and "html" in response["Content-Type"]:
            found[path] = left_in_english(response.text, data)
    assert len(found) > 30
    assert {path: words for path, words in found.items() if words} == {}


def desk_pages():
    yield from ("/admin/", "/admin/people/", "/admin/report/", "/admin/status/")
    for model, desk in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        first = desk.model._base_manager.first()
        for page, arguments in (("changelist", []), ("add", []), ("change", [first and first.pk])):
            if arguments != [None]:
                try:
                    yield reverse(f"{name}_{page}", args=arguments)
                except NoReverseMatch:
                    continue


def test_plain_english_is_found():
    """The checks above can fail."""
    html = '<html lang="eo"><p title="Close">ｘ</p><p>Search <b lang="en">Parks</b> Ａmman</p></html>'
    assert left_in_english(html, set()) == ["Close", "Search"]
    assert (
        wide("%(count)s cities in <a href='x'>Jordan</a>") == "%(count)s ｃｉｔｉｅｓ ｉｎ <a href='x'>Ｊｏｒｄａｎ</a>"
    )
