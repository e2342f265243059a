"""New signatures as an Atom feed (RFC 4287): those made here, since names found in sources are not new."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import FETCH_RAISE
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from citysolidarity.caching.shared import FILE_RULES
from pledges.models import Signature
from practices.entries.feeds import tag

NEWEST = 30


@method_decorator([require_safe, cache_control(**FILE_RULES), conditional_page], name="__call__")
class NewSignatories(Feed):
    """The newest public signatures made here; 304 when nothing is new."""

    reads_replica = True  # caching/reading.py
    feed_type = Atom1Feed
    title = gettext_lazy("Cities of Solidarity: new signatories")
    subtitle = gettext_lazy("Cities that signed this directory’s own #WithRefugees statement, verified by a curator")
    author_name = gettext_lazy("Cities of Solidarity")
    feed_copyright = gettext_lazy("CC BY 4.0")

    def link(self):
        return settings.SITE_URL + reverse("newest_signatories")

    def author_link(self):
        return settings.SITE_URL + reverse("home")

    def feed_url(self):
        return settings.SITE_URL + reverse("signatories_feed")

    def feed_guid(self):
        return tag("signatories")

    def items(self):
        return Signature.objects.signed_here().with_city().fetch_mode(FETCH_RAISE)[:NEWEST]

    def item_title(self, signature):
        return _("%(signer)s, %(country)s") % {
            "signer": signature.signer,
            "country": signature.city.country_name,
        }

    def item_description(self, signature):
        # Atom's summary is HTML here, so the plain text is escaped.
        return escape(
            _("Signed %(day)s, verified by a curator. The statement is this directory’s own text, not UNHCR’s.")
            % {"day": signature.signed_in_words}
        )

    def item_link(self, signature):
        return settings.SITE_URL + signature.get_absolute_url()

    def item_guid(self, signature):
        return tag(f"signature/{signature.city.slug}/{signature.signed_on:%Y-%m-%d}")

    def item_pubdate(self, signature):
        return signature.published_at

    def item_updateddate(self, signature):
        return signature.published_at
