"""What the calendar asks of signatures that stand, once a day; each rule may run as often as one likes."""

from django.utils.translation import gettext_noop as _

from pledges.followup.reminders import remind_about_commitments, remind_of_new_version, remind_to_renew
from pledges.followup.renewals import ask_to_renew
from pledges.followup.versions import offer_new_version
from pledges.followup.yearly import ask_about_commitments
from pledges.models import Deed

RULES = {
    _("practices proposed for promises"): Deed.objects.propose,
    _("institutions asked about commitments"): ask_about_commitments,
    _("institutions reminded of commitments"): remind_about_commitments,
    _("institutions asked to renew"): ask_to_renew,
    _("institutions reminded to renew"): remind_to_renew,
    _("institutions offered a new version"): offer_new_version,
    _("institutions reminded of a new version"): remind_of_new_version,
}
