"""What others say about an entry, fetched with it: that it is under review, replies, and answers of the city."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Subquery
from django.db.models.functions import JSONObject

from practices.models.correspondence.contact import ContactRoute
from practices.models.correspondence.enquiry import LATEST, Enquiry
from practices.models.correspondence.report import Report


class FeedbackQuerySet(models.QuerySet):
    def with_review(self):
        """Adds ``review_since``, the moment from which an entry is marked as under review; None where nothing is contested."""
        marking = Report.objects.marking().filter(practice=OuterRef("pk")).order_by().values("practice")
        return self.annotate(review_since=Subquery(marking.annotate(first=Min("since")).values("first")))

    def with_contact(self):
        """Adds ``has_contact``: whether a question reaches somebody in the city, and not only the curators."""
        return self.annotate(has_contact=Exists(ContactRoute.objects.speaking().filter(practice=OuterRef("pk"))))

    def with_feedback(self):
        """Adds what ``entries.feedback`` reads, in the same query. Nothing in it was not decided on by a curator,
        but the day of a mark, and the days that answers took.
        """
        mine = {"practice": OuterRef("pk")}
        replies = Report.objects.replies().filter(**mine)
        joined = Enquiry.objects.joined().filter(**mine)
        answered = Enquiry.objects.answered_by_the_city().filter(**mine)[:LATEST]
        shown = {"question": "public_question", "answer": "public_answer", "at": "answered_at"}
        return (
            self.with_review()
            .with_contact()
            .annotate(
                replies_shown=ArraySubquery(replies.values(one=JSONObject(text="public_reply", at="closed_at"))),
                answers_shown=ArraySubquery(joined.values(one=JSONObject(**shown))),
                answer_times=ArraySubquery(answered.values(took=F("answered_at") - F("confirmed_at"))),
            )
        )
