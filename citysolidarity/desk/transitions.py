"""The one error for a step that cannot be taken, and who may take one."""

from django.utils.translation import gettext_lazy as _

NOT_A_CURATOR = _("Only a named curator with the right to do so may do this.")


class TransitionNotAllowed(ValueError):
    """A step does not fit the state of a row, or a rule refuses it; its text is a sentence for the person who tried.

    ``code`` names the rule where callers tell rules apart.
    """

    def __init__(self, message: str, code: str = ""):
        super().__init__(str(message))
        self.code = code

    @property
    def messages(self) -> list[str]:
        return [str(self)]


def require(by, permission: str) -> None:
    """Raise TransitionNotAllowed unless ``by`` is an active member of staff with the permission."""
    if by is None or not (by.is_active and by.is_staff and by.has_perm(permission)):
        raise TransitionNotAllowed(NOT_A_CURATOR, "not-a-curator")
