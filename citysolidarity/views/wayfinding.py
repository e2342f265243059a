"""robots.txt, security.txt, and the mark for programs that ask for it at a fixed address."""

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
    """Every page may be crawled, but not the endless combinations of filters."""
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
    """RFC 9116."""
    expires = (timezone.now() + SECURITY_VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    return text(
        f"Contact: {contact()}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    )


ICONS = {"favicon.ico": "image/x-icon", "apple-touch-icon.png": "image/png"}


@require_safe
def icon(request, name: str):
    """Old browsers, and previews in messages, read no SVG and no link to one."""
    picture = settings.BASE_DIR / "static" / "img" / name
    return HttpResponse(
        picture.read_bytes(), content_type=ICONS[name], headers={"Cache-Control": "public, max-age=86400"}
    )


def contact() -> str:
    """CONTACT_EMAIL as a URI, else the contact page."""
    if settings.CONTACT_EMAIL:
        return f"mailto:{quote(settings.CONTACT_EMAIL, safe='@+')}"
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('about_contact')}"


def text(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
