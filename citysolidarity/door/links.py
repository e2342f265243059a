"""The link by which somebody new, or somebody let in anew, sets a password: it works once and for three days."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode


def link_for(user) -> str:
    """The whole address. Setting a password, or logging in, makes it worthless."""
    secret = f"{urlsafe_base64_encode(force_bytes(user.pk))}.{default_token_generator.make_token(user)}"
    return settings.SITE_URL + reverse("admin:welcome", args=[secret])


def owner_of(secret: str):
    """Whose link it is; None where it was used, is too old (PASSWORD_RESET_TIMEOUT, three days) or was never given."""
    who, _dot, token = secret.partition(".")
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    try:
        user = users.filter(pk=int(force_str(urlsafe_base64_decode(who)))).first()
    except (ValueError, OverflowError):
        return None
    return user if user and default_token_generator.check_token(user, token) else None
