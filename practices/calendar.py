"""What the calendar asks of the practices, once a day; each rule may run as often as one likes."""

from practices import questions, replies, retention, yearly
from practices.models import Submission

RULES = {
    "cities asked": yearly.ask_cities,
    "cities reminded": yearly.remind_cities,
    "unfinished practices deleted": Submission.objects.forget,
    "contacts of submissions erased": Submission.objects.erase,
    "cities told of a review": replies.tell_cities,
    "questions passed on": questions.pass_on_questions,
    "unconfirmed questions deleted": retention.drop_unconfirmed_questions,
    "askers erased": retention.drop_askers,
    "reporters erased": retention.drop_reporters,
    "texts of reports erased": retention.erase_reports,
    "texts of questions erased": retention.erase_questions,
    "texts of yearly answers erased": retention.erase_yearly_answers,
}
