"""Signs for machines: robots.txt and security.txt."""

from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

# RFC 9116, section 2.5.5, recommends less than a year.
SECURITY_VALID_FOR = timedelta(days=180)


@require_safe
def robots(request):
    """Crawlers may read every page; the endless selections of the directory are left out but for their pages."""
    return text(
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /*/practices/?",
        "Allow: /*/practices/?page=",
        "Disallow: /*/signatories/?",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    )


@require_safe
def security(request):
    """Where to report a weakness, in the format of RFC 9116; valid for half a year from today."""
    expires = (timezone.now() + SECURITY_VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    return text(
        f"Contact: {contact()}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    )


def contact() -> str:
    """The operator's address as a URI; without one, the contact page."""
    if settings.CONTACT_EMAIL:
        return f"mailto:{quote(settings.CONTACT_EMAIL, safe='@+')}"
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('about_contact')}"


def text(*lines: str) -> HttpResponse:
    """A plain-text answer of these lines."""
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
