"""New documents of the library as an Atom feed (RFC 4287)."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from citysolidarity.caching.shared import FILE_RULES
from practices.documents.index import documents
from practices.entries.feeds import NEWEST, tag
from practices.library.found import FoundDocuments
from practices.models import LibraryDocument


@method_decorator([require_safe, cache_control(**FILE_RULES), conditional_page], name="__call__")
class NewDocuments(Feed):
    """The newest documents of any selection of the library, whose parameters it takes; 304 when nothing is new."""

    reads_replica = True  # caching/reading.py
    feed_type = Atom1Feed
    url_name = "documents_feed"
    subtitle = _("What has been written on cities and refugees")
    author_name = _("Cities of Solidarity")
    feed_copyright = _("CC BY 4.0")

    def get_object(self, request):
        return FoundDocuments(documents.as_checked(), request.GET)

    def title(self, found):
        if not self.query(found):
            return _("Cities of Solidarity: new documents")
        return gettext("Cities of Solidarity: %(practices)s") % {"practices": found.heading}

    def query(self, found) -> str:
        return found.selection.changed(page=1).query()

    def link(self, found):
        return settings.SITE_URL + reverse("library") + self.query(found)

    def author_link(self):
        return settings.SITE_URL + reverse("home")

    def feed_url(self, found):
        return settings.SITE_URL + reverse(self.url_name) + self.query(found)

    def feed_guid(self, found):
        return tag(f"documents{self.query(found)}")

    def items(self, found):
        """With the summary that the lists show: it names no city whose page is hidden."""
        shown = {row.pk: row for row in found.rows}
        newest = LibraryDocument.objects.published().filter(pk__in=shown).order_by("-published_on", "slug")
        return [(shown[pk], day, at) for pk, day, at in newest.values_list("pk", "published_on", "updated_at")[:NEWEST]]

    def item_title(self, item):
        row = item[0]
        return pgettext("list separator", ", ").join(filter(None, [row.title, row.publisher]))

    def item_description(self, item):
        # Atom's summary is HTML here, so the plain text is escaped.
        return escape(item[0].shown_summary)

    def item_link(self, item):
        return settings.SITE_URL + reverse("document", args=[item[0].slug])

    def item_guid(self, item):
        return tag(f"document/{item[0].slug}")

    def item_pubdate(self, item):
        return datetime.combine(item[1], time.min, UTC)

    def item_updateddate(self, item):
        return item[2]
