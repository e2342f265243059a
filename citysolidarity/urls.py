"""The map of the site. Pages for people stand under their language; the rest is for machines."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from citysolidarity.sitemaps import SITEMAPS
from citysolidarity.views import about, cities, errors, health, home, outbox, wayfinding
from pledges.views import signatories_csv, signatories_json
from practices.feeds import NewPractices
from practices.views import picture

# First, because they are asked for most.
urlpatterns = i18n_patterns(
    path("", home.home, name="home"),
    path("practices/", include("practices.urls")),
    path("cities/", cities.cities, name="cities"),
    path("cities/<slug:slug>/", cities.city, name="city"),
    path("", include("pledges.urls")),
    path("about/", about.about, name="about"),
    path("about/method/", about.about_method, name="about_method"),
    path("about/accessibility/", about.about_accessibility, name="about_accessibility"),
    path("about/privacy/", about.about_privacy, name="about_privacy"),
    path("about/data/", about.about_data, name="about_data"),
    path("about/contact/", about.about_contact, name="about_contact"),
)
urlpatterns += [
    path("", home.choose_language, name="choose_language"),
    path("feeds/practices.atom", NewPractices(), name="feed"),
    path("api/v1/signatories.csv", signatories_csv, name="signatories_csv"),
    path("api/v1/signatories.json", signatories_json, name="signatories_json"),
    path("pictures/<slug:key>/<int:width>.<slug:kind>", picture, name="picture"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", wayfinding.robots, name="robots"),
    path(".well-known/security.txt", wayfinding.security, name="security_txt"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
