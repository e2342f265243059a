"""The letters that a development machine would have sent."""

import ipaddress

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from citysolidarity.outbox import letters


@require_safe
@never_cache
def outbox(request):
    """The newest letters with their links; 404 outside development, and for everyone but this machine itself."""
    if not (settings.MAIL_OUTBOX and is_this_machine(request)):
        raise Http404
    return render(request, "site/outbox.html", {"letters": [shown(letter) for letter in letters()]})


def is_this_machine(request) -> bool:
    """Whether the visitor sits at this machine: the links in the letters open what belongs to others."""
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def shown(letter) -> dict:
    """What the page prints of an email.message.EmailMessage."""
    return {
        "subject": letter["Subject"],
        "to": letter["To"],
        "date": letter["Date"].datetime,
        "text": letter.get_body(("plain",)).get_content(),
    }
