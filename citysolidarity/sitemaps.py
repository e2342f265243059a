"""The pages that search engines should know, in every language of the site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import FETCH_RAISE, Max, Q
from django.urls import reverse

from pledges.models import Signature
from practices.models import City, Practice
from practices.translations import alternates


class SiteSitemap(Sitemap):
    """Addresses under SITE_URL, whatever host the request names, each with its other languages."""

    i18n = alternates = x_default = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class PageSitemap(SiteSitemap):
    """Pages that are always there."""

    def items(self):
        return [
            "home",
            "directory",
            "share",
            "coverage",
            "cities",
            "statement",
            "signatories",
            "about",
            "about_method",
            "about_accessibility",
            "about_privacy",
            "about_data",
            "about_contact",
        ]

    def location(self, item):
        return reverse(item)


class PracticeSitemap(SiteSitemap):
    """Every published practice."""

    def items(self):
        return Practice.objects.published().only("slug", "updated_at").fetch_mode(FETCH_RAISE).order_by("slug")

    def lastmod(self, practice):
        return practice.updated_at


class TranslationSitemap(SiteSitemap):
    """Every entry in each language that the site has no pages in, under the address of the site's first language."""

    i18n = alternates = x_default = False

    def items(self):
        entries = Practice.objects.published().only("slug", "language").told()
        ways = (way for entry in entries.fetch_mode(FETCH_RAISE).order_by("slug") for way in alternates(entry))
        return [way for way in ways if way.code not in dict(settings.LANGUAGES)]

    def location(self, way):
        return way.path


class CitySitemap(SiteSitemap):
    """Every city with a published practice or a public signature; as fresh as its latest practice."""

    def items(self):
        shown = Q(practices__published_at__isnull=False, practices__archived_at__isnull=True)
        cities = City.objects.listed().annotate(changed_at=Max("practices__updated_at", filter=shown))
        return cities.only("slug").fetch_mode(FETCH_RAISE).order_by("slug")

    def lastmod(self, city):
        return city.changed_at


class SignatureSitemap(SiteSitemap):
    """Every public signature, under its city's address; as fresh as its publication."""

    def items(self):
        public = Signature.objects.public().select_related("city").only("city__slug", "published_at")
        return public.fetch_mode(FETCH_RAISE).order_by("city__slug")

    def lastmod(self, signature):
        return signature.published_at


SITEMAPS = {
    "pages": PageSitemap,
    "practices": PracticeSitemap,
    "translations": TranslationSitemap,
    "cities": CitySitemap,
    "signatures": SignatureSitemap,
}
