"""New guides as an Atom feed (RFC 4287)."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from citysolidarity.caching.shared import FILE_RULES
from practices.entries.feeds import tag
from practices.models import Guide


@method_decorator([require_safe, cache_control(**FILE_RULES), conditional_page], name="__call__")
class NewGuides(Feed):
    """Every public guide with its question, the newest first; 304 when nothing is new."""

    reads_replica = True  # caching/reading.py
    feed_type = Atom1Feed
    title = _("Cities of Solidarity: guides")
    subtitle = _("Practices and documents in the order of work")
    author_name = _("Cities of Solidarity")
    feed_copyright = _("CC BY 4.0")

    def link(self):
        return settings.SITE_URL + reverse("guides")

    def author_link(self):
        return settings.SITE_URL + reverse("home")

    def feed_url(self):
        return settings.SITE_URL + reverse("guides_feed")

    def feed_guid(self):
        return tag("guides")

    def items(self):
        return Guide.objects.published().in_language().order_by("-published_on", "slug")

    def item_title(self, guide):
        return guide.title

    def item_description(self, guide):
        # Atom's summary is HTML here, so the plain text is escaped.
        return escape(guide.question)

    def item_link(self, guide):
        return settings.SITE_URL + guide.get_absolute_url()

    def item_guid(self, guide):
        return tag(f"guide/{guide.slug}")

    def item_pubdate(self, guide):
        return datetime.combine(guide.published_on, time.min, UTC)

    def item_updateddate(self, guide):
        return guide.updated_at
