"""Every sentence that a visitor or a curator reads uses the words that were agreed on, one for each thing."""

import ast
import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
PACKAGES = ("citysolidarity", "practices", "pledges")
TRANSLATED = re.compile(
    r"{%\s*blocktranslate\b[^%]*%}(?P<block>.*?){%\s*endblocktranslate\s*%}"
    r"""|{%\s*translate\s+"(?P<tag>[^"]*)"|_\("(?P<filter>[^"]*)"\)""",
    re.DOTALL,
)
MARKUP = re.compile(r"<[^>]*>|{[{%].*?[%}]}|%\(\w+\)[sd]", re.DOTALL)
GETTEXT = re.compile(r"^(_|n?p?n?gettext(_lazy)?)$")
# A letter of an alphabet, or one on paper.
LETTERS = re.compile(
    r"(copy of a|signed|first|fewer|two|three|Latin|one|in|has no|different|with a|are) letters?\b"
    r"|letters? (here|of (the mayor|different)|that look|alone|outside)|letters look|has no letters",
    re.IGNORECASE,
)
RULES = {
    "e-mail, not letter": lambda text: re.search(r"\bletters?\b", LETTERS.sub("", text), re.IGNORECASE),
    "e-mail address, not mailbox": lambda text: re.search(r"\bmailbox", text, re.IGNORECASE),
    "e-mail, not mail": lambda text: re.search(r"(?<![-\w])(mail|email)s?\b(?! server)", text, re.IGNORECASE),
    "someone, anyone": lambda text: re.search(r"\b(some|any)body\b", text, re.IGNORECASE),
    "select, remove": lambda text: re.search(r"\b(put|putting) (\w+ )?aside|\btake out\b|taken out\b", text),
    "named in a public source": lambda text: re.search(r"stated in a source|a source states", text, re.IGNORECASE),
    "for example": lambda text: re.search(r"\bSuch as:", text),
    "one per line": lambda text: re.search(r"\bone a line\b", text, re.IGNORECASE),
    "no best practice": lambda text: re.search(r"(?<!“)best practices?", text, re.IGNORECASE),
    "no contractions": lambda text: re.search(r"\w[’'](t|re|ll|ve|d|m)\b", text),
    "typographic quotes": lambda text: re.search(r"""["']""", text),
    "single spaces": lambda text: re.search(r"\S  +\S", text),
    "British spelling": lambda text: re.search(r"\b(colou?rful|color|favor|neighbor|organiz|center\b)", text),
}
# Names of states as the United Nations write them, and a sentence about how a value is typed into a program.
AS_WRITTEN = re.compile(r"People's (Democratic )?Republic|^Write names by language, such as \{")


def sentences():
    """``(where, sentence)`` for each string that is translated, without its markup and variables."""
    for file in sorted((ROOT / "templates").rglob("*")):
        if file.suffix in {".html", ".txt"}:
            for found in TRANSLATED.finditer(file.read_text("utf-8")):
                yield str(file.relative_to(ROOT)), " ".join(next(filter(None, found.groups()), "").split())
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            # The sentences of Django are as Django wrote them.
            if "migrations" not in file.parts and file.name != "django_sentences.py":
                for text in texts_in(file.read_text("utf-8")):
                    yield str(file.relative_to(ROOT)), text


def texts_in(source):
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if GETTEXT.match(name):
            yield from (text.value for text in node.args if isinstance(getattr(text, "value", None), str))


@pytest.fixture(scope="module")
def read():
    said = [(where, MARKUP.sub("x", text)) for where, text in sentences()]
    assert len(said) > 2000
    return said


@pytest.mark.parametrize("rule", RULES)
def test_every_sentence_uses_the_word_that_was_agreed_on(read, rule):
    assert [(where, text) for where, text in read if RULES[rule](text) and not AS_WRITTEN.search(text)] == []


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("e-mail, not letter", "A new letter is on its way"),
        ("e-mail address, not mailbox", "Look into your mailbox"),
        ("e-mail, not mail", "Mail address of the city"),
        ("someone, anyone", "Somebody asked to sign"),
        ("select, remove", "1 practice is put aside"),
        ("named in a public source", "Stated in a source"),
        ("for example", "Such as: Integration Office"),
        ("one per line", "One a line."),
        ("no best practice", "A best practice of cities"),
        ("no contractions", "It can’t be shown"),
        ("typographic quotes", "The city's page"),
        ("single spaces", "Two  spaces"),
        ("British spelling", "The neighborhood"),
    ],
)
def test_a_rule_finds_what_it_forbids(rule, wrong):
    assert RULES[rule](wrong)


@pytest.mark.parametrize("text", ["Copy of a letter", "Three letters, such as EUR", "Type its first letters"])
def test_letters_of_an_alphabet_and_on_paper_stay(text):
    assert not RULES["e-mail, not letter"](text)
