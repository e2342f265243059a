"""Feeds of any selection, of a city, of documents and of new signatories: Atom (RFC 4287) and JSON Feed 1.1, with the same entries."""

import json

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed, rfc3339_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pledges.signatories.feeds import NewSignatories
from practices.directory import summary
from practices.directory.filters import read_selection
from practices.directory.found import find
from practices.entries.feeds import NEWEST, NewPractices, tag
from practices.library.feeds import NewDocuments
from practices.models import City, Practice
from practices.vocabularies import THEMES


class JsonFeed(SyndicationFeed):
    """https://jsonfeed.org/version/1.1"""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = self.feed
        about = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "description": feed["subtitle"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "items": [item_of(item) for item in self.items],
        }
        # Titles may still be lazy.
        told = {name: value for name, value in about.items() if value or name == "items"}
        outfile.write(json.dumps(told, ensure_ascii=False, default=str))


def item_of(item: dict) -> dict:
    """What Django's feeds collect of an entry, by the names of JSON Feed; the description is HTML already."""
    entry = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["description"],
        "date_published": item["pubdate"] and rfc3339_date(item["pubdate"]),
        "date_modified": item["updateddate"] and rfc3339_date(item["updateddate"]),
        "tags": [THEMES.label(code) for code in item.get("themes", ())],
    }
    return {name: value for name, value in entry.items() if value}


class SelectionFeed(NewPractices):
    """The newest practices of any selection of the directory, whose parameters it takes; without any, of all."""

    url_name = "feed"

    def get_object(self, request):
        return read_selection(request.GET).changed(sort="newest", view="list", compared=())

    def title(self, selection):
        if not selection.narrows:
            return NewPractices.title
        said = summary.sentence_of(find(selection))
        return _("Cities of Solidarity: %(practices)s") % {"practices": said}

    def link(self, selection):
        return settings.SITE_URL + reverse("directory") + selection.changed(sort="").canonical_query

    def feed_url(self, selection):
        return settings.SITE_URL + reverse(self.url_name) + selection.changed(sort="").canonical_query

    def feed_guid(self, selection):
        return tag(f"practices{selection.changed(sort='').canonical_query}")

    def items(self, selection):
        if not selection.narrows:
            return super().items()
        keys = find(selection).keys(slice(0, NEWEST))
        rows = Practice.objects.published().with_city().with_review().in_language().in_bulk(keys)
        return [rows[pk] for pk in keys if pk in rows]


class CityFeed(NewPractices):
    """The newest practices of one city."""

    url_name = "city_feed"

    def get_object(self, request, slug):
        city = City.objects.listed().public().filter(slug=slug).first()
        if city is None:
            raise Http404
        return city

    def title(self, city):
        return pgettext("list separator", ", ").join([str(_("Cities of Solidarity")), str(city)])

    def link(self, city):
        return settings.SITE_URL + city.get_absolute_url()

    def feed_url(self, city):
        return settings.SITE_URL + reverse(self.url_name, args=[city.slug])

    def feed_guid(self, city):
        return tag(f"city/{city.slug}")

    def items(self, city):
        mine = Practice.objects.published().with_city().with_review().in_language().filter(city=city)
        return mine.sorted_by("newest")[:NEWEST]


class SelectionJsonFeed(SelectionFeed):
    feed_type, url_name = JsonFeed, "feed_json"


class CityJsonFeed(CityFeed):
    feed_type, url_name = JsonFeed, "city_feed_json"


class DocumentsJsonFeed(NewDocuments):
    feed_type, url_name = JsonFeed, "documents_feed_json"


class SignatoriesJsonFeed(NewSignatories):
    feed_type = JsonFeed

    def feed_url(self):
        return settings.SITE_URL + reverse("signatories_feed_json")
