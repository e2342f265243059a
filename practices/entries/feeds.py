"""New practices as an Atom feed (RFC 4287)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import FETCH_RAISE
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from citysolidarity.caching.shared import FILE_RULES
from practices.models import Practice
from practices.vocabularies import THEMES

NEWEST = 30


class DirectoryFeed(Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for code in item["themes"]:
            handler.addQuickElement("category", "", {"term": code, "label": THEMES.label(code)})


@method_decorator([require_safe, cache_control(**FILE_RULES), conditional_page], name="__call__")
class NewPractices(Feed):
    """The newest published practices, each with its city, summary and themes; 304 when nothing is new."""

    reads_replica = True  # caching/reading.py
    feed_type = DirectoryFeed
    title = _("Cities of Solidarity: new practices")
    subtitle = _("What cities do to include people forced to flee")
    author_name = _("Cities of Solidarity")
    feed_copyright = _("CC BY 4.0")

    def link(self):
        return settings.SITE_URL + reverse("directory")

    def author_link(self):
        return settings.SITE_URL + reverse("home")

    def feed_url(self):
        return settings.SITE_URL + reverse("feed")

    def feed_guid(self):
        return tag("practices")

    def items(self):
        return (
            Practice.objects.published()
            .with_city()
            .with_review()
            .in_language()
            .fetch_mode(FETCH_RAISE)
            .sorted_by("newest")[:NEWEST]
        )

    def item_title(self, practice):
        return practice.title

    def item_description(self, practice):
        # Atom's summary is HTML here, so the plain text is escaped.
        return escape(with_its_dispute(practice, f"{practice.city}. {practice.summary}"))

    def item_link(self, practice):
        return settings.SITE_URL + practice.get_absolute_url()

    def item_guid(self, practice):
        return tag(f"practice/{practice.slug}")

    def item_pubdate(self, practice):
        return practice.published_at

    def item_updateddate(self, practice):
        return practice.updated_at

    def item_extra_kwargs(self, practice):
        return {"themes": practice.themes}


def with_its_dispute(practice: Practice, text: str) -> str:
    """What is told of an entry elsewhere says, as its page does, that somebody disputes it."""
    contested = [_("Under review: someone disputes what this entry says.")] if practice.review_since else []
    return " ".join(map(str, [*contested, text]))


def tag(what: str) -> str:
    """A name that outlives languages, protocols and database keys (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{what}"
