"""What the calendar asks of the practices, once a day; each rule may run as often as one likes."""

from practices.correspondence import retention
from practices.correspondence.confirmations import yearly
from practices.correspondence.contacts import proving
from practices.correspondence.enquiries.sending import pass_on_questions
from practices.correspondence.reports.right_of_reply import tell_cities
from practices.models import Elsewhere, Practice, SheetImport, Submission, TranslationFile

RULES = {
    "mailboxes asked": proving.ask_mailboxes,
    "cities asked": yearly.ask_cities,
    "cities reminded": yearly.remind_cities,
    "files of imports deleted": SheetImport.objects.forget,
    "files of translations deleted": TranslationFile.objects.forget,
    "unfinished practices deleted": Submission.objects.forget,
    "contacts of submissions erased": Submission.objects.erase,
    "cities told of a review": tell_cities,
    "discarded practices deleted": Practice.objects.delete_discarded,
    "pages elsewhere proposed": Elsewhere.objects.propose,
    "questions passed on": pass_on_questions,
    "unconfirmed questions deleted": retention.drop_unconfirmed_questions,
    "askers erased": retention.drop_askers,
    "reporters erased": retention.drop_reporters,
    "texts of reports erased": retention.erase_reports,
    "texts of questions erased": retention.erase_questions,
    "notes of curators deleted": retention.drop_notes,
    "texts of yearly answers erased": retention.erase_yearly_answers,
}
