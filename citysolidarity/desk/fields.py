from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

BY = _("by")


class CuratorKey(models.ForeignKey):
    """The curator who did it. Whoever is named by a row can't be deleted.

    A migration sees the stock field: it must not change when this module moves.
    """

    def __init__(self, verbose_name=BY, **kwargs):
        to_the_user = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}
        super().__init__(**to_the_user | {"verbose_name": verbose_name} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


def curator_name(user) -> str:
    return user.get_full_name() or user.get_username()
