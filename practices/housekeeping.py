"""What the calendar asks of the practices, once a day; each rule may run as often as one likes."""

from django.utils.translation import gettext_noop as _

from practices.correspondence import retention
from practices.correspondence.confirmations import yearly
from practices.correspondence.contacts import proving
from practices.correspondence.enquiries.sending import pass_on_questions
from practices.correspondence.reports.right_of_reply import tell_cities
from practices.models import Elsewhere, Practice, SheetImport, Submission, TranslationFile

RULES = {
    _("addresses asked to confirm"): proving.ask_mailboxes,
    _("cities asked"): yearly.ask_cities,
    _("cities reminded"): yearly.remind_cities,
    _("files of imports deleted"): SheetImport.objects.forget,
    _("files of translations deleted"): TranslationFile.objects.forget,
    _("unfinished practices deleted"): Submission.objects.forget,
    _("contacts of submissions erased"): Submission.objects.erase,
    _("cities told of a review"): tell_cities,
    _("discarded practices deleted"): Practice.objects.delete_discarded,
    _("pages elsewhere proposed"): Elsewhere.objects.propose,
    _("questions passed on"): pass_on_questions,
    _("unconfirmed questions deleted"): retention.drop_unconfirmed_questions,
    _("askers erased"): retention.drop_askers,
    _("reporters erased"): retention.drop_reporters,
    _("texts of reports erased"): retention.erase_reports,
    _("texts of questions erased"): retention.erase_questions,
    _("notes of curators deleted"): retention.drop_notes,
    _("texts of yearly answers erased"): retention.erase_yearly_answers,
}
