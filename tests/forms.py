"""Forms filled in page after page, as a browser without script does: it sends back what a page holds."""

import re
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.models import Place
from practices.search.place_names import keys_of

ATHENS = 264371


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
            self.add(name, facts.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self.area = name
            self.found[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in facts:
            self.found[self.select] = facts["value"]

    def add(self, name, value):
        """A name that comes twice has a list: several boxes are ticked."""
        if name not in self.found:
            self.found[name] = value
        elif isinstance(self.found[name], list):
            self.found[name].append(value)
        else:
            self.found[name] = [self.found[name], value]

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


def said(page) -> list[str]:
    """The sentences of the page's summary."""
    summary = re.search(r'<div class="summary".*?</div>', page.text, re.DOTALL)
    found = re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", summary[0]) if summary else []
    return [sentence.replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">") for sentence in found]


def heading(page) -> str:
    """The page's main heading."""
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1]).strip()


def as_a_stranger_sees(act) -> tuple[tuple, int]:
    """What ``act``, a post by a client, shows to whoever did it, without its reference; and how many queries it took."""
    client = Client()
    with CaptureQueriesContext(connection) as made:
        answer = act(client)
    after = client.get(answer["Location"])
    text = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "", after.text)
    return (answer.status_code, sorted(answer.headers), text), len(made)
