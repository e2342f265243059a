"""What the site says about itself; the operator's address comes from the context processor ``site``."""

from django.urls import path
from django.views.generic import TemplateView

from citysolidarity.privacy.personal import PERSONAL

# Address → the page's name, which is its template's name too.
PAGES = {
    "": "about",
    "method/": "about_method",
    "accessibility/": "about_accessibility",
    "privacy/": "about_privacy",
    "contact/": "about_contact",
}
CONTEXT = {"about_privacy": {"personal": PERSONAL}}
urlpatterns = [
    path(
        address,
        TemplateView.as_view(
            template_name=f"citysolidarity/views/{name}.html",
            http_method_names=["get", "head"],
            extra_context=CONTEXT.get(name),
        ),
        name=name,
    )
    for address, name in PAGES.items()
]
