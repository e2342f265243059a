"""Forty hostile texts, put into every field that the public fills in and every text that is kept, and a browser that looks
at the answers as a visitor's would: with the site's policy, its scripts, and ears for whatever runs.

Nothing here names a field: forms are read from their pages and classes, columns from the models.
"""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

ORIGIN = "http://localhost"  # which browsers trust as they do https
TEXTS = (
    "<script>alert(1)</script>", '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<body onload=alert(1)>", '<iframe srcdoc="<script>alert(1)</script>">',
    "<iframe src=javascript:alert(1)>", "javascript:alert(1)", '<a href="javascript:alert(1)" autofocus>x</a>',
    "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus='alert(1)", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>", "--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    '<!--<img src="--><img src=x onerror=alert(1)//">', "<math><mtext></form><form><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<style>@import"//evil.example/alert"</style>',
    "<link rel=stylesheet href=//evil.example/alert>", "<base href=//evil.example/alert>",
    '<meta http-equiv=refresh content="0;url=//evil.example/alert">', "<form action=//evil.example/alert><button>x",
    '<object data="data:text/html,<script>alert(1)</script>">', '<embed src="data:text/html,<script>alert(1)</script>">',
    "data:text/html,<script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}", "{% include 'alert' %}{{ request }}",
    "${alert(1)}", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "%3Cscript%3Ealert(1)%3C/script%3E",
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>', "&lt;script&gt;alert(1)&lt;/script&gt;",
    "＜script＞alert(1)＜/script＞", '[x](javascript:alert(1)) ![x](x" onerror="alert(1))',
)  # fmt: skip
MARK = "alert"  # of every text, however it is written out
# What no page of ours has, and these texts would bring in; nodes, not letters.
LOOK = """() => {
  const found = [];
  const address = /^(href|src|action|formaction|data|srcdoc|xlink:href|content)$/;
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    for (const {name: key, value} of one.attributes) {
      if (/^on/i.test(key) || key === "srcdoc") found.push(`${name} with ${key}`);
      if (address.test(key) && /^\\s*(javascript|vbscript|data:text)|^\\s*(0;url=)?(https?:)?\\/\\/evil/i.test(value))
        found.push(`${name} with ${key}=${value}`);
    }
    if (name === "script" && !one.getAttribute("src") && one.type !== "application/ld+json") found.push("a script");
    if (["object", "embed", "math"].includes(name)) found.push(name);
    if (name === "style" && document.contentType === "text/html") found.push(name); // a browser lays out XML by its own
    if (name === "img" && one.getAttribute("src") === "x") found.push("img of x");
  }
  return found;
}"""
SHOWN = (
    "text/html",
    "application/xml",
    "text/xml",
    "application/atom+xml",
    "image/svg+xml",
    "text/plain",
    "application/json",
)


class Eyes:
    """A page of a browser that is shown answers of the test client; ``findings`` are sentences, none where all is well."""

    def __init__(self, page):
        self.page, self.answers, self.findings, self.seen = page, {}, [], Counter()
        self.at = self.kind = ""
        page.on("dialog", lambda dialog: (self.find(f"a dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", self.hear)
        page.on("pageerror", self.hear_failure)
        page.context.route("**/*", self.give)

    def find(self, what: str) -> None:
        self.findings.append(f"{self.at}: {what}")

    def hear(self, message) -> None:
        """Reports of the policy are errors. A file that is not there is none of ours, nor is how a browser lays out XML."""
        is_browsers_own = "inline style" in message.text and self.kind != "text/html"
        if message.type == "error" and "Failed to load resource" not in message.text and not is_browsers_own:
            self.find(message.text)

    def hear_failure(self, error) -> None:
        """Chromium's page for XML has a script, which our policy refuses; Django's catalogue for scripts is not given here."""
        if "prepareWebKitXMLViewer" not in str(error) and "django is not defined" not in str(error):
            self.find(f"a script failed: {error}")

    def give(self, route) -> None:
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
            self.find(f"asks for {route.request.url}")
            route.abort()
        elif (address := parts.path + (f"?{parts.query}" if parts.query else "")) in self.answers:
            route.fulfill(**self.answers[address])
        elif parts.path.startswith("/static/js/"):
            body = (Path(settings.BASE_DIR) / parts.path.lstrip("/")).read_text("utf-8")
            route.fulfill(body=body, content_type="text/javascript")
        else:
            route.fulfill(status=404, body="")

    def look(self, address: str, response) -> bool:
        """Open an answer that has one of the texts in it; False where there is nothing to see."""
        kind = response.headers.get("Content-Type", "").split(";")[0]
        body = b"".join(response) if response.streaming else response.content
        attached = response.headers.get("Content-Disposition", "").startswith("attachment")
        if kind not in SHOWN or attached or MARK.encode() not in body:
            return False
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        self.answers = {address: {"status": response.status_code, "headers": headers, "body": body}}
        self.at, self.kind = address, kind
        self.page.goto(ORIGIN + address, wait_until="load")
        for what in self.page.evaluate(LOOK):
            self.find(what)
        self.seen[kind] += 1
        return True

    def look_at_letter(self, number: int, html: str) -> None:
        """As a mail program shows it, which knows no policy of ours."""
        self.look(f"/letter/{number}/", HttpResponse(html))


# --- what is typed -----------------------------------------------------------------------

INPUT = re.compile(r"<(input|textarea)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
TYPED = {"text", "email", "url", "search", "tel", "number", ""}


def fields_on(page: str) -> tuple[set[str], set[str]]:
    """Names of the fields of a page that are typed into, and of those among them that were refused."""
    typed, refused = set(), set()
    for tag, rest in INPUT.findall(page.partition("<main")[2]):
        facts = dict(ATTRIBUTE.findall(rest))
        if facts.get("name") and (tag == "textarea" or facts.get("type", "") in TYPED):
            typed.add(unescape(facts["name"]))
            if facts.get("aria-invalid") == "true":
                refused.add(unescape(facts["name"]))
    return typed, refused


def press(client: Client, eyes: Eyes, path: str, fields: dict, number: int) -> tuple[bool, set[str]]:
    """Send a form with hostile texts in all that is typed, and without those that were refused, until it is taken.

    Whether it was taken with one of them or had none to type into, and the names that were typed into.
    """
    page = client.get(path).content.decode()
    typed, _refused = fields_on(page)
    typed |= {name for name, value in fields.items() if isinstance(value, str) and " " in value.strip()}
    tried, names = set(typed), sorted(typed)
    # All at once; without those that were refused; and then one by one, another one first in each round.
    first = number % max(1, len(names))
    turns = [names, None, None, *([name] for name in names[first:] + names[:first]), []]
    for turn in turns:
        chosen = sorted(typed) if turn is None else turn
        hostile = {name: TEXTS[(number + at) % len(TEXTS)] for at, name in enumerate(chosen)}
        answer = client.post(path, fields | hostile)
        if answer.status_code in (302, 303) or b"Your answers are saved" in answer.content:
            place = answer.headers.get("Location", path)
            eyes.look(place, client.get(place))
            return bool(chosen) or not names, tried
        eyes.look(path, answer)
        more, refused = fields_on(answer.content.decode())
        typed -= refused
        tried |= more
    return False, tried


# --- what is kept --------------------------------------------------------------------------

OURS = ("practices", "pledges", "citysolidarity")
# What is compared, looked up or counted, and never typed by a person.
NAMES_OF_CODES = re.compile(
    r"slug|code|key|digest|hash|stamp|language|token|nonce|path$|currency|timezone|format|session|platform|kind|state|status|"
    r"network$|browser|act$|who$|query|name_in|task|bounce|model|outcome|reference|problem|revision|purpose|file|iso|region"
)


def columns(model) -> list[models.Field]:
    """The columns of a model in which texts stand that somebody typed."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | ArrayField)
        and not (
            field.choices or field.unique or field.primary_key or field.is_relation or NAMES_OF_CODES.search(field.name)
        )
        and (not isinstance(field, ArrayField) or (type(field) is ArrayField and is_text(field.base_field)))
        and (getattr(field, "max_length", None) or 99) >= 30
    ]


def is_text(field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def value_for(field, number: int):
    text = TEXTS[number % len(TEXTS)]
    if isinstance(field, ArrayField):
        return [text]
    if isinstance(field, models.URLField) or "url" in field.name:
        return f"https://x.example/{text}"
    if isinstance(field, models.EmailField) or "email" in field.name:
        return f'"{text.replace(chr(34), "")}"@x.example'
    return text


def fill(number: int) -> Counter:
    """Put a hostile text into every column that the database lets have one; ``number`` says with which to begin.

    How many columns have one now, and how many were refused.
    """
    done = Counter()
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for field in columns(model):
                number += 1
                try:
                    with transaction.atomic():
                        rows = model._base_manager.exclude(**{field.name: "" if is_text(field) else []})
                        done["filled"] += bool(rows.update(**{field.name: value_for(field, number)}))
                except DatabaseError:
                    done["refused"] += 1
    return done


def name_of(address: str) -> str:
    """The name of the page at an address, so that one of each kind can be opened."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "nowhere"
