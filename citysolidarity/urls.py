"""Pages for people begin with their language; all others are for machines."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from citysolidarity.mail import views
from citysolidarity.sitemaps import SITEMAPS
from citysolidarity.views import cities, errors, glossary, health, home, press, wayfinding
from pledges.signatories.feeds import NewSignatories
from pledges.signatories.views.export import signatories_csv, signatories_json
from practices.entries.feeds import NewPractices
from practices.entries.views import picture
from practices.guides.feeds import NewGuides

# First, because they are asked for most.
urlpatterns = i18n_patterns(
    path("", home.home, name="home"),
    path("practices/", include("practices.urls")),
    path("cities/", cities.cities, name="cities"),
    path("cities/<slug:slug>/", cities.city, name="city"),
    path("cities/<slug:slug>/card.png", cities.city_card, name="city_card"),
    path("guides/", include("practices.guides.urls")),
    path("library/", include("practices.library.urls")),
    path("", include("pledges.urls")),
    path("about/", include("citysolidarity.views.about")),
    path("press/", press.press, name="press"),
    path("glossary/", glossary.glossary, name="glossary"),
)
urlpatterns += [
    path("", home.choose_language, name="choose_language"),
    path("feeds/practices.atom", NewPractices(), name="feed"),
    path("feeds/guides.atom", NewGuides(), name="guides_feed"),
    path("feeds/signatories.atom", NewSignatories(), name="signatories_feed"),
    path("api/v1/signatories.csv", signatories_csv, name="signatories_csv"),
    path("api/v1/signatories.json", signatories_json, name="signatories_json"),
    path("pictures/<slug:key>/<int:width>.<slug:kind>", picture, name="picture"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", wayfinding.robots, name="robots"),
    *(path(name, wayfinding.icon, {"name": name}, name="icon") for name in wayfinding.ICONS),
    path("apple-touch-icon-precomposed.png", wayfinding.icon, {"name": "apple-touch-icon.png"}, name="icon"),
    path(".well-known/security.txt", wayfinding.security, name="security_txt"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("outbox/", views.outbox, name="outbox"),
    path("admin/documents/", include("citysolidarity.attachments.urls")),
    path("admin/people/", include("citysolidarity.people.urls")),
    path("admin/report/", include("citysolidarity.yearly.urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
