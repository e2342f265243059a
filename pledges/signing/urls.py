from django.urls import path, re_path

from citysolidarity.forms.one_time_key import REFERENCE
from pledges.signing.forms.journey import SigningJourney
from pledges.signing.views import pages
from pledges.signing.views.check import sign_check

urlpatterns = [
    path("sign/", pages.sign, name="sign"),
    path("sign/check/", sign_check, name="sign_check"),
    *(
        path(f"sign/{page}/", pages.sign_page, {"page": page}, name=f"sign_{page}")
        for page in SigningJourney.PAGES
        if page != "check"
    ),
    re_path(rf"^sign/sent/(?P<reference>{REFERENCE})/$", pages.sign_sent, name="sign_sent"),
]
