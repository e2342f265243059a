"""The pages that search engines should know, in every language of the site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import FETCH_RAISE, Max, Q
from django.urls import reverse

from pledges.kit.documents import DOCUMENTS
from pledges.models import Signature, StatementVersion
from practices.entries.language_links import alternates
from practices.library.dialogue import SESSION
from practices.models import City, Guide, LibraryDocument, Network, Practice


class SiteSitemap(Sitemap):
    """Addresses under SITE_URL, whatever the Host header, each with its other languages."""

    i18n = alternates = x_default = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class PageSitemap(SiteSitemap):
    def items(self):
        about = [
            "about",
            "about_method",
            "about_accessibility",
            "about_privacy",
            "about_data",
            "about_contact",
            "about_api",
            "about_embed",
        ]
        rooms = ["home", "directory", "share", "coverage", "guides", "cities", "statement", "signatories", "deeds"]
        kit = ["kit", "hundred_days", "newest_signatories", "press"]
        residents = ["supports", "petition"]
        library = ["library", "timeline", "networks"]
        return [*rooms, *library, "statement_versions", *residents, "glossary", *about, *kit]

    def location(self, item):
        return reverse(item)


class KitSitemap(SiteSitemap):
    """The papers of the kit, as soon as there is a statement to speak of."""

    def items(self):
        return list(DOCUMENTS) if StatementVersion.objects.valid().exists() else []

    def location(self, name):
        return reverse("kit_document", args=[name])


class PracticeSitemap(SiteSitemap):
    def items(self):
        return Practice.objects.published().only("slug", "updated_at").fetch_mode(FETCH_RAISE).order_by("slug")

    def lastmod(self, practice):
        return practice.updated_at


class TranslationSitemap(SiteSitemap):
    """The translations of entries into languages in which the site has no pages."""

    i18n = alternates = x_default = False

    def items(self):
        entries = Practice.objects.published().only("slug", "language").in_language()
        links = (link for entry in entries.fetch_mode(FETCH_RAISE).order_by("slug") for link in alternates(entry))
        return [link for link in links if link.code not in dict(settings.LANGUAGES)]

    def location(self, link):
        return link.path


class CitySitemap(SiteSitemap):
    """Cities with a published practice or a public signature; modified when their latest practice was."""

    def items(self):
        shown = Q(practices__published_at__isnull=False, practices__archived_at__isnull=True)
        cities = City.objects.listed().annotate(changed_at=Max("practices__updated_at", filter=shown))
        return cities.only("slug").fetch_mode(FETCH_RAISE).order_by("slug")

    def lastmod(self, city):
        return city.changed_at


class GuideSitemap(SiteSitemap):
    def items(self):
        return Guide.objects.published().only("slug", "updated_at").fetch_mode(FETCH_RAISE).order_by("slug")

    def lastmod(self, guide):
        return guide.updated_at


class DocumentSitemap(SiteSitemap):
    """The documents of the library."""

    def items(self):
        return LibraryDocument.objects.published().only("slug", "updated_at").fetch_mode(FETCH_RAISE).order_by("slug")

    def lastmod(self, document):
        return document.updated_at


class DialogueSitemap(SiteSitemap):
    """The page about the dialogue of 2018, as long as its document is public."""

    def items(self):
        return list(LibraryDocument.objects.published().filter(slug=SESSION).values_list("updated_at", flat=True))

    def location(self, changed_at):
        return reverse("dialogue")

    def lastmod(self, changed_at):
        return changed_at


class NetworkSitemap(SiteSitemap):
    def items(self):
        return Network.objects.only("slug").fetch_mode(FETCH_RAISE).order_by("slug")


class VersionSitemap(SiteSitemap):
    """Every valid version of the statement, under its number."""

    def items(self):
        return sorted(set(StatementVersion.objects.valid().order_by().values_list("number", flat=True)))

    def location(self, number):
        return reverse("statement_version", args=[number])


class SignatureSitemap(SiteSitemap):
    """Public signatures, under the address of their city."""

    def items(self):
        public = Signature.objects.public().select_related("city").only("city__slug", "published_at")
        return public.fetch_mode(FETCH_RAISE).order_by("city__slug")

    def lastmod(self, signature):
        return signature.published_at


SITEMAPS = {
    "pages": PageSitemap,
    "kit": KitSitemap,
    "practices": PracticeSitemap,
    "translations": TranslationSitemap,
    "cities": CitySitemap,
    "guides": GuideSitemap,
    "documents": DocumentSitemap,
    "dialogue": DialogueSitemap,
    "networks": NetworkSitemap,
    "versions": VersionSitemap,
    "signatures": SignatureSitemap,
}
