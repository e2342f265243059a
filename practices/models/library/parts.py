"""What belongs to a document: its points, the cities that it names, the practices that show it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from practices.models.cities.city import City
from practices.models.in_order import InOrder
from practices.models.library.document import LibraryDocument


class DocumentPoint(InOrder):
    """One of the key points, in our own words, in English."""

    inside = "document"
    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="points", verbose_name=_("document"))
    text = models.CharField(_("text"), max_length=400)
    anchor = models.SlugField(
        _("mark"), max_length=40, blank=True, help_text=_("By which a page of the site speaks of this point.")
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("key point")
        verbose_name_plural = _("key points")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "anchor"],
                condition=~Q(anchor=""),
                name="document_marks_a_point_once",
                violation_error_message=_("Another point of this document has this mark."),
            ),
        ]

    def __str__(self):
        return Truncator(self.text).words(12)


class DocumentCityQuerySet(models.QuerySet):
    def public(self):
        """Without the names of cities that have a page which is not public: what is hidden is named nowhere."""
        return self.exclude(self._hidden())

    def hidden(self):
        return self.filter(self._hidden())

    def _hidden(self) -> Q:
        return Q(city__isnull=False) & ~Exists(City.objects.listed().filter(pk=OuterRef("city")))


class DocumentCity(models.Model):
    """A city that the document names; ``city`` is empty where the directory had none of this name."""

    document = models.ForeignKey(
        LibraryDocument, models.CASCADE, related_name="documentcities", verbose_name=_("document")
    )
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as DE."))
    city = models.ForeignKey(
        "practices.City",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documentcities",
        verbose_name=_("its page here"),
    )

    objects = DocumentCityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("city in a document")
        verbose_name_plural = _("cities in documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name", "country"],
                name="document_names_a_city_once",
                violation_error_message=_("This city stands there already."),
            ),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="document_city_country_is_a_code"),
        ]

    def __str__(self):
        return f"{self.name} ({self.country})"


class DocumentPractice(models.Model):
    """A practice that shows what the document says, or one of its points."""

    document = models.ForeignKey(
        LibraryDocument, models.CASCADE, related_name="documentpractices", verbose_name=_("document")
    )
    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="documentpractices", verbose_name=_("practice")
    )
    point = models.ForeignKey(
        DocumentPoint,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documentpractices",
        verbose_name=_("key point"),
        help_text=_("Empty: it shows the document as a whole."),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("practice in a document")
        verbose_name_plural = _("practices in documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "practice", "point"],
                nulls_distinct=False,
                name="document_shows_a_practice_once",
                violation_error_message=_("This practice stands there already."),
            ),
        ]

    def __str__(self):
        return f"{self.practice}"
