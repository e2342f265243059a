"""Every place where the public sees who signed, asked by way of its own view; pages are not drawn, so that it is quick."""

import csv
import importlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from django.test import RequestFactory
from django.urls import reverse

from citysolidarity.opendata.snapshot import pledged as snapshot
from citysolidarity.sitemaps import SignatureSitemap
from pledges.models.queryset import SignatureQuerySet
from pledges.signatories import found
from pledges.signatories.views import export
from practices.models import City

# The package gives its name to the view of the same name.
PAGE = importlib.import_module("pledges.signatories.views.signatories")


@dataclass(frozen=True)
class Told:
    """What the public is told: ``names`` by surface, A to Z by address; ``named``, ``total`` and ``unnamed`` in numbers."""

    names: dict[str, list[str]]
    named: int
    total: int
    unnamed: int


def told_at_once() -> Told:
    """Asks every surface, and reads the sets that several of them begin with only once: nothing moves meanwhile."""
    index, numbers = once(found.SignatoryIndex), once(PAGE.by_country)
    with (
        mock.patch.object(found, "SignatoryIndex", index),
        mock.patch.object(PAGE, "by_country", numbers),
        mock.patch.object(SignatureQuerySet, "count_now", once(SignatureQuerySet.count_now)),
    ):
        return told()


def once(make):
    """``make``, which is given query sets, kept by what they ask for."""
    made = {}

    def kept(*sets):
        key = tuple((one.model, one.query.where, one.query.order_by) for one in sets)
        if key not in made:
            made[key] = make(*sets)
        return made[key]

    return kept


def told() -> Told:
    """Asks every surface, each by itself."""
    shown = {view: page(view) for view in ("list", "table", "map")}
    files = {
        "csv": read_csv(answer(export.signatories_csv)),
        "json": json.loads(answer(export.signatories_json))["signatories"],
    }
    names = {
        **{view: [one.get_absolute_url() for one in context["signatures"]] for view, context in shown.items()},
        "dots": [dot.url for dot in shown["map"]["map"].dots],
        **{name: ["/" + row["address"].split("/", 3)[3] for row in rows] for name, rows in files.items()},
        "sitemap": [one.get_absolute_url() for one in SignatureSitemap().items()],
        "snapshot": [reverse("signature", args=[row["city"]]) for row in snapshot.signatures()],
        "marks": [reverse("signature", args=[slug]) for slug in City.objects.signed().values_list("slug", flat=True)],
    }
    (heading,) = {context["heading"] for context in shown.values()}
    counted = shown["list"]["signed"]
    assert all(context["signed"] == counted for context in shown.values())
    # Small countries are told together, and all of them still add up.
    assert sum(country.count for country in shown["list"]["countries"]) == counted["total"]
    named = {name: sorted(addresses) for name, addresses in names.items()}
    return Told(named, int(heading.split()[0]), counted["total"], counted["unnamed"])


def read_csv(text: str) -> list[dict]:
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


def page(view: str) -> dict:
    """What the page of signatories hands to its template."""
    with undrawn():
        return PAGE.signatories.__wrapped__(RequestFactory().get(reverse("signatories"), {"view": view}))


def answer(view) -> str:
    """The text of a file for machines."""
    return view(RequestFactory().get("/")).content.decode()


@contextmanager
def undrawn():
    """The view itself, not what is kept of its pages, answers with what it would draw; the chart names nobody."""
    with (
        mock.patch.object(PAGE, "render", lambda request, template, context: context),
        mock.patch.object(PAGE, "growth", return_value=None),
    ):
        yield
