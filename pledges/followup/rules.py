"""What the calendar asks of signatures that stand, once a day; each rule may run as often as one likes."""

from pledges.followup.reminders import remind_about_commitments, remind_of_new_version, remind_to_renew
from pledges.followup.renewals import ask_to_renew
from pledges.followup.versions import offer_new_version
from pledges.followup.yearly import ask_about_commitments
from pledges.models import Deed

RULES = {
    "practices proposed for promises": Deed.objects.propose,
    "institutions asked about commitments": ask_about_commitments,
    "institutions reminded of commitments": remind_about_commitments,
    "institutions asked to renew": ask_to_renew,
    "institutions reminded to renew": remind_to_renew,
    "institutions offered a new version": offer_new_version,
    "institutions reminded of a new version": remind_of_new_version,
}
