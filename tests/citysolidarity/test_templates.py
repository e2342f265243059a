"""House rules of templates: used, translated, safe under the content security policy."""

import ast
import re
from functools import cache
from html.parser import HTMLParser
from importlib import import_module

import pytest
from django.conf import settings

from citysolidarity.mail.link_views import EmailLinkViews
from citysolidarity.mail.tokens import TokenStatus

ROOT = settings.BASE_DIR
TEMPLATES = sorted(file for file in (ROOT / "templates").rglob("*") if file.is_file())
PAGES = [file for file in TEMPLATES if file.suffix == ".html"]
PACKAGES = ("citysolidarity", "practices", "pledges")
# Django asks for these by name.
BY_CONVENTION = re.compile(r"^(admin/|registration/|django/|(400|403|404|410|500|403_csrf)\.html$)")
# Names and signs that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"#WithRefugees|UNHCR|GeoNames|Metropolis|CC BY 4\.0|MIT|CSV|JSON Feed|CSL-JSON|JSON|Atom|PDF|QR|BibTeX|\bRIS\b|Excel|XLSX"
)


def name_of(file):
    return str(file.relative_to(ROOT))


def test_every_template_is_used():
    """A name counts as used where it stands in Python (f-strings included) or in a template."""
    patterns = [re.escape(name) for name in names_in_python()]
    for file in TEMPLATES:
        used = re.findall(r"""["']([\w/.-]+\.\w+)(?:#[\w-]+)?["']""", file.read_text("utf-8"))
        patterns += [re.escape(name) for name in used]
    patterns += [*patterns_in_python(), *(re.escape(name) for name in names_of_links())]
    known = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    names = [str(file.relative_to(ROOT / "templates")) for file in TEMPLATES]
    assert [name for name in names if not known.fullmatch(name) and not BY_CONVENTION.match(name)] == []


@cache
def python_nodes():
    """What may be the name of a template, or a part of one: the strings of our Python, f-strings among them."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return [node for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr)]


def names_in_python():
    strings = (node.value for node in python_nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text.partition("#")[0] for text in strings if re.fullmatch(r"[\w/.-]+\.\w+(#[\w-]+)?", text)}


def names_of_links():
    """What the pages behind the links of e-mails are called: by the links' purposes and states."""
    import_module(settings.ROOT_URLCONF)  # with which the views of links are loaded
    for links in EmailLinkViews.__subclasses__():
        yield from (f"{links.folder}/{purpose}.html" for purpose in links.rows.SIGNER.marks)
        yield from (f"{links.outcomes}/link_{status.name.lower()}.html" for status in TokenStatus)
        yield from (f"{links.outcomes}/{name}.html" for name in ("link_moved", "link_page", "done"))


def patterns_in_python():
    for node in python_nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values]
            pattern = "".join(parts)
            # One that begins with any folder would fit every template.
            if isinstance(node.values[0], ast.Constant) and "/" in pattern and r"\." in pattern:
                yield pattern


def test_a_dot_between_links_never_begins_a_line():
    """It belongs to what stands before it, and the blank between the two does not break."""
    public = [file for file in PAGES if "admin" not in file.parts]
    loose = re.compile(r"[ \n]·")
    assert [name_of(file) for file in public if loose.search(without_comments(file.read_text("utf-8")))] == []


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_a_template_carries_no_style_script_or_handler_of_its_own(file):
    """The content security policy would block it, and the page would break without a word."""
    text = without_comments(file.read_text("utf-8"))
    found = re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", text, re.IGNORECASE)
    found += [
        tag
        for tag in re.findall(r"<script[^>]*>", text)
        if " src=" not in tag and 'type="application/ld+json"' not in tag
    ]
    assert found == []


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_every_word_of_a_template_is_marked_for_translation(file):
    reader = Words()
    reader.feed(without_template_code(file.read_text("utf-8")))
    assert reader.found == []


class Words(HTMLParser):
    """Collects words between tags and in attributes that people read or hear."""

    SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "content", "label")

    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "style", "code", "time"}:
            self.open.append(tag)
        if tag == "meta" and not {"description", "og:title", "og:description"} & {value for _name, value in attributes}:
            return
        self.found += [value for name, value in attributes if name in self.SPOKEN and is_words(value)]

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data):
        if not self.open and is_words(data):
            self.found.append(data.strip())


def is_words(text):
    return bool(re.search(r"[^\W\d_]{2}", SAME_EVERYWHERE.sub("", text or "")))


def without_comments(text):
    return re.sub(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", "", text, flags=re.DOTALL)


def without_template_code(text):
    """The template's own words: no comments, no translated blocks, no tags, no variables."""
    text = re.sub(r"{% blocktranslate.*?endblocktranslate %}", "", without_comments(text), flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}|&[#\w]+;", "", text, flags=re.DOTALL)
    return re.sub(r' aria-current="\w+"', "", text)  # the content of a block that stands inside a tag
