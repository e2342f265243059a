"""Somebody who fills in the form, page after page, as a browser without script does: it sends back what a page holds."""

import re
from html.parser import HTMLParser

from django.urls import reverse
from django.utils.timezone import localdate

from pledges.models import Signature
from practices.gazetteer import keys_of
from practices.models import Place

ATHENS = 264371
ANSWERS = {
    "city": {"q": "Athens", "city": f"place:{ATHENS}", "searched": "Athens"},
    "signer": {"institution": "Municipality of Athens", "office": "mayor", "signer_name": "Eleni Papadopoulou"},
    "contact": {"email": "mayor@athens.example"},
    "visibility": {"visibility": "public"},
    "commitments": {},
    "check": {"consent": "on"},
}
SIGNER = ANSWERS["signer"]
NEXT_YEAR = str(localdate().year + 1)


def a_place(name="Athens", country="GR", key=ATHENS, names=("Αθήνα", "أثينا"), **facts) -> Place:
    """A place of the gazetteer."""
    made_up = {"latitude": 37.98, "longitude": 23.73, "population": 664046}
    return Place.objects.create(
        geonames_id=key, name=name, country=country, keys=keys_of([name, *names]), **(made_up | facts)
    )


class Fields(HTMLParser):
    """What the page's form would send, before anybody types: its hidden fields, and what stands in the others."""

    def __init__(self, text: str):
        super().__init__()
        self.found, self.area, self.select = {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        name, kind = facts.get("name"), facts.get("type")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in facts):
            self.found[name] = facts.get("value", "on" if kind == "checkbox" else "")
        elif tag == "textarea":
            self.area = name
            self.found[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in facts:
            self.found[self.select] = facts["value"]

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None


def fields_of(page) -> dict:
    """The form's fields of a page, by name."""
    return Fields(page.text.partition("<main")[2]).found


def action_of(page) -> str:
    """Where the page's form goes."""
    return re.search(r'<form method="post" action="([^"]+)"', page.text)[1]


def send(client, page, **typed):
    """Presses the button of a page after typing."""
    return client.post(action_of(page), fields_of(page) | typed)


def walk(client, to="check", **changes):
    """The page ``to``, reached by answering all those before it; ``changes`` are other answers, by page."""
    page = client.get(reverse("sign_city"))
    for name, answers in ANSWERS.items():
        if name == to:
            return page
        page = send(client, page, **(answers | changes.get(name, {})))
        assert page.status_code == 200, page.text
    return page


def sign(client, **changes):
    """The answer to the last button."""
    return send(client, walk(client, **changes), **(ANSWERS["check"] | changes.get("check", {})))


def said(page) -> list[str]:
    """The sentences of the page's summary."""
    summary = re.search(r'<div class="summary".*?</div>', page.text, re.DOTALL)
    found = re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", summary[0]) if summary else []
    return [sentence.replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">") for sentence in found]


def heading(page) -> str:
    """The page's main heading."""
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1]).strip()


def refusal(client, page, **typed):
    """The sentences about what was typed into a page; asserts 422, the focus, and that everything typed is still there."""
    answer = send(client, walk(client, to=page), **typed)
    assert answer.status_code == 422
    assert '<div class="summary" role="alert" tabindex="-1" autofocus' in answer.text
    kept = fields_of(answer)
    for name, value in typed.items():
        assert kept[name] == value.strip(), name
    sentences = said(answer)
    beside = [
        sentence for sentence in sentences if answer.text.count(sentence.replace("<", "&lt;").replace(">", "&gt;")) > 1
    ]
    assert beside == sentences, "the same words stand beside the field"
    assert not Signature.objects.exists()
    return sentences
