from django.utils.translation import gettext_lazy as _

NAMES = {
    "confirm_signature": _("Please confirm your signature"),
    "already_signed": _("Please confirm; the city has signed already"),
    "expired_link_resend": _("A fresh link to confirm"),
    "confirmed_receipt": _("Your signature has arrived"),
    "verified_notice": _("A curator has checked it"),
    "published_notice": _("It is published"),
    "refused": _("It is refused"),
    "decision_taken_back": _("A decision is taken back"),
    "withdrawal_link": _("The link to withdraw"),
    "correction_link": _("The link to correct"),
    "withdrawn_receipt": _("It is withdrawn"),
    "taken_away": _("A curator took it away"),
    "commitments_question": _("The yearly question about the commitments"),
    "commitments_reminder": _("A reminder of the yearly question"),
    "commitments_link": _("A fresh link to the yearly question"),
    "renewal_question": _("Please renew your signature"),
    "renewal_link": _("A fresh link to renew"),
    "new_version": _("The statement has a new version"),
    "new_version_link": _("A fresh link to move to the new version"),
}
