"""Pages for people begin with their language; all others are for machines."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from citysolidarity.caching.reading import read_from_replicas
from citysolidarity.mail import views
from citysolidarity.opendata import feeds
from citysolidarity.opendata.views import embed_page, embeds, linked, texts
from citysolidarity.opendata.views.about import docs as api
from citysolidarity.opendata.views.files import take_away
from citysolidarity.opendata.views.oembed import oembed
from citysolidarity.opendata.views.snapshots import data
from citysolidarity.sitemaps import SITEMAPS
from citysolidarity.views import cards, cities, errors, glossary, health, home, press, wayfinding
from pledges.signatories.feeds import NewSignatories
from practices.entries.views import picture
from practices.guides.feeds import NewGuides
from practices.library.feeds import NewDocuments

# First, because they are asked for most.
urlpatterns = i18n_patterns(
    path("", home.home, name="home"),
    path("practices/take-away/", take_away, name="take_away"),
    path("practices/theme/<slug:theme>/card.png", cards.theme_card, name="theme_card"),
    path("practices/", include("practices.urls")),
    path("cities/", cities.cities, name="cities"),
    path("cities/<slug:slug>/", cities.city, name="city"),
    path("cities/<slug:slug>/card.png", cities.city_card, name="city_card"),
    path("guides/", include("practices.guides.urls")),
    path("library/", include("practices.library.urls")),
    path("", include("pledges.urls")),
    path("about/api/", api, name="about_api"),
    path("about/data/", data, name="about_data"),
    path("about/embed/", embed_page.embed_page, name="about_embed"),
    path("about/", include("citysolidarity.views.about")),
    path("embed/practices/", embeds.practices, name="embed_practices"),
    path("embed/practices/<slug:slug>/", embeds.practice, name="embed_practice"),
    path("embed/map/", embeds.cities_map, name="embed_map"),
    path("embed/counter/", embeds.counter, name="embed_counter"),
    path("embed/signatories/<slug:slug>/", embeds.badge, name="embed_badge"),
    path("cards/<slug:name>/card.png", cards.page_card, name="page_card"),
    path("press/", press.press, name="press"),
    path("glossary/", glossary.glossary, name="glossary"),
    re_path(r"^(?P<page>[^.]+)\.md$", texts.twin, name="page_text"),
)
urlpatterns += [
    path("", home.choose_language, name="choose_language"),
    path("feeds/practices.atom", feeds.SelectionFeed(), name="feed"),
    path("feeds/practices.json", feeds.SelectionJsonFeed(), name="feed_json"),
    path("feeds/cities/<slug:slug>.atom", feeds.CityFeed(), name="city_feed"),
    path("feeds/cities/<slug:slug>.json", feeds.CityJsonFeed(), name="city_feed_json"),
    path("feeds/signatories.json", feeds.SignatoriesJsonFeed(), name="signatories_feed_json"),
    path("feeds/documents.atom", NewDocuments(), name="documents_feed"),
    path("feeds/documents.json", feeds.DocumentsJsonFeed(), name="documents_feed_json"),
    path("feeds/guides.atom", NewGuides(), name="guides_feed"),
    path("feeds/signatories.atom", NewSignatories(), name="signatories_feed"),
    path("api/v1/", include("citysolidarity.opendata.urls")),
    path("data/catalog.jsonld", linked.catalog, name="data_catalog"),
    path("data/vocabularies.jsonld", linked.vocabularies, name="data_vocabularies"),
    path("data/<slug:name>", linked.thing, name="data_thing"),
    path("data/<slug:name>/<str:code>", linked.thing, name="data_concept"),
    path("oembed", oembed, name="oembed"),
    path("pictures/<slug:key>/<int:width>.<slug:kind>", picture, name="picture"),
    path(
        "sitemap.xml",
        read_from_replicas(sitemap),
        {"sitemaps": SITEMAPS, "content_type": "application/xml; charset=utf-8"},
        name="sitemap",
    ),
    path("llms.txt", texts.llms, name="llms_txt"),
    path("robots.txt", wayfinding.robots, name="robots"),
    *(path(name, wayfinding.icon, {"name": name}, name="icon") for name in wayfinding.ICONS),
    path("apple-touch-icon-precomposed.png", wayfinding.icon, {"name": "apple-touch-icon.png"}, name="icon"),
    path(".well-known/security.txt", wayfinding.security, name="security_txt"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("outbox/", views.outbox, name="outbox"),
    path("admin/documents/", include("citysolidarity.attachments.urls")),
    path("admin/people/", include("citysolidarity.people.urls")),
    path("admin/status/", include("citysolidarity.operation.urls")),
    path("admin/statistics/", include("citysolidarity.operation.visits.urls")),
    path("admin/report/", include("citysolidarity.yearly.urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
