"""The addresses of the desk's own pages, all under ``admin:``."""

from django.urls import path

from citysolidarity.desk.calendar import calendar
from citysolidarity.desk.drafts import views as drafts
from citysolidarity.desk.emails import views as emails
from citysolidarity.desk.pause_views import pauses
from citysolidarity.desk.search.views import search
from citysolidarity.desk.wording import views as wording


def urls_of(site) -> list:
    return [
        path("calendar/", site.admin_view(calendar), name="calendar"),
        path("search/", site.admin_view(search), name="search"),
        path("emails/", site.admin_view(emails.emails_to_me), name="emails_to_me"),
        path("texts/", site.admin_view(wording.email_texts), name="email_texts"),
        path("texts/<slug:language>/", site.admin_view(wording.email_texts), name="email_texts_in"),
        path("texts/<slug:language>/<str:key>/", site.admin_view(wording.email_text), name="email_text"),
        path("awake/", drafts.for_staff(site, drafts.awake), name="awake"),
        path("drafts/keep/", drafts.for_staff(site, drafts.keep_typed), name="keep_typed"),
        path("drafts/<uuid:key>/discard/", site.admin_view(drafts.discard), name="discard_kept"),
        path("pauses/", site.admin_view(pauses), name="pauses"),
    ]
