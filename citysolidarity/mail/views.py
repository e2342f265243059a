import ipaddress

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from citysolidarity.mail.outbox import letters


@require_safe
@never_cache
def outbox(request):
    """The newest letters; 404 outside development. Their links open what belongs to others, so for this machine only."""
    if not (settings.MAIL_OUTBOX and is_this_machine(request)):
        raise Http404
    return render(request, "citysolidarity/mail/outbox.html", {"letters": [shown(letter) for letter in letters()]})


# A proxy on this machine passes on what strangers ask.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def is_this_machine(request) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def shown(letter) -> dict:
    return {
        "subject": letter["Subject"],
        "to": letter["To"],
        "date": letter["Date"].datetime,
        "text": letter.get_body(("plain",)).get_content(),
    }
