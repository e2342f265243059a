"""What town halls ask for, in their own words, and the entries that answer it: the search orders by them, readers never see them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import MD5, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from practices.models.entries.embedding import AT_A_TIME, until_time_is_up
from practices.models.entries.keywords import KEYWORDS_LENGTH
from practices.models.entries.practice import Practice
from practices.search import embeddings


class NeedQuerySet(models.QuerySet):
    def counted(self):
        """With the number of public practices that answer each (``answered``), and of those that help (``helped``)."""
        public = NeedPractice.objects.filter(
            need=OuterRef("pk"), practice__in=Practice.objects.published().values("pk")
        )
        answered, helped = (
            Coalesce(Subquery(rows.order_by().values("need").values(number=Count("pk"))), 0)
            for rows in (public.filter(answers=True), public.filter(answers=False))
        )
        return self.annotate(answered=answered, helped=helped)

    def of_model(self):
        """Those whose embedding can be compared with what the present model makes of a question."""
        return self.filter(made_from__startswith=f"{embeddings.MODEL} ")

    def missing(self):
        """Those whose phrases are not embedded yet, each with what its embedding will be made from (``source``)."""
        lines = Func(F("phrases"), Value("\n"), function="array_to_string", output_field=TextField())
        source = Concat(Value(f"{embeddings.MODEL} "), MD5(lines), output_field=TextField())
        return self.annotate(source=source).exclude(made_from=F("source")).order_by("pk")

    def made(self, seconds: float = float("inf"), besides=()) -> list["Need"]:
        """What is missing ``besides`` these needs, embedded and not saved; made for so long, one at least."""
        needs = []
        for need in until_time_is_up(self.missing().exclude(pk__in=[need.pk for need in besides])[:AT_A_TIME], seconds):
            need.embedding, need.made_from = embeddings.embedded_need(need.phrases), need.source
            needs.append(need)
        return needs

    def keep(self, needs: list["Need"]) -> int:
        """Save their embeddings at once; returns how many. It moves the edition, and ends every kept page."""
        self.bulk_update(needs, ["embedding", "made_from"])
        return len(needs)


class Need(models.Model):
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    phrases = ArrayField(models.CharField(max_length=KEYWORDS_LENGTH), verbose_name=_("what people type"))
    embedding = models.BinaryField(null=True, editable=False)  # see practices.search.embeddings.embedded_need
    made_from = models.CharField(max_length=100, blank=True, editable=False)  # the model, and a hash of the phrases

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            models.CheckConstraint(condition=Q(phrases__len__gt=0), name="need_not_empty"),
            models.CheckConstraint(condition=Q(embedding__isnull=True) ^ ~Q(made_from=""), name="need_embedded_from"),
        ]

    def __str__(self):
        return self.phrases[0]


class NeedPractice(models.Model):
    need = models.ForeignKey(Need, models.CASCADE, related_name="needpractices", verbose_name=_("need"))
    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="+", verbose_name=_("practice"))
    answers = models.BooleanField(
        _("answers the need"), default=True, help_text=_("Not ticked: it helps, with a part of it or by a warning.")
    )

    class Meta:
        ordering = ["-answers", "pk"]
        verbose_name = _("practice for a need")
        verbose_name_plural = _("practices for a need")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "practice"],
                name="need_names_a_practice_once",
                violation_error_message=_("This practice stands under the need already."),
            )
        ]

    def __str__(self):
        return f"{self.practice}"
