"""The link by which somebody new, or somebody who lost everything, sets a password: it works once and for three days."""

from datetime import UTC

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from citysolidarity.database.clock import database_now


class LinkTokens(PasswordResetTokenGenerator):
    """Django's, by the database's clock."""

    def _now(self):
        return database_now().astimezone(UTC).replace(tzinfo=None)


TOKENS = LinkTokens()


def link_for(user) -> str:
    """The whole URL. Setting a password, or logging in, makes it invalid."""
    secret = f"{urlsafe_base64_encode(force_bytes(user.pk))}.{TOKENS.make_token(user)}"
    return settings.SITE_URL + reverse("admin:welcome", args=[secret])


def owner_of(secret: str):
    """Whose link it is; None where it was used, is older than PASSWORD_RESET_TIMEOUT or was never given."""
    encoded_pk, _dot, token = secret.partition(".")
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    try:
        user = users.filter(pk=int(force_str(urlsafe_base64_decode(encoded_pk)))).first()
    except (ValueError, OverflowError):
        return None
    return user if user and TOKENS.check_token(user, token) else None
