"""What the database refuses of an entry, and the sentence a curator reads instead."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices import vocabularies as words
from practices.models.entries.review import Gone

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Addresses below /practices/ that are pages of their own.
RESERVED_SLUGS = ("share", "compare", "coverage", "suggest")


def refuse(name: str, allowed: Q, sentence) -> models.CheckConstraint:
    """A check that a row fits ``allowed``; a comparison with NULL passes, so say ``isnull`` where it must not."""
    return models.CheckConstraint(condition=allowed, name=f"practice_{name}", violation_error_message=sentence)


def known(name: str, vocabulary: words.Vocabulary) -> models.CheckConstraint:
    return refuse(f"{name}_known", Q(**{f"{name}__contained_by": list(vocabulary.codes)}), _("Choose from the list."))


def one_of(name: str, codes) -> models.CheckConstraint:
    return refuse(f"{name}_known", Q(**{f"{name}__in": list(codes)}), _("Choose from the list."))


def plausible(name: str) -> models.CheckConstraint:
    allowed = Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (FIRST_YEAR, LAST_YEAR)})
    return refuse(f"{name}_plausible", allowed, _("A year lies between 1900 and 2100."))


PRACTICE = [
    refuse(
        "slug_not_a_page", ~Q(slug__in=RESERVED_SLUGS), _("This address belongs to a page of the site: choose another.")
    ),
    known("themes", words.THEMES),
    known("populations", words.POPULATIONS),
    known("groups", words.GROUPS),
    known("contexts", words.CONTEXTS),
    known("gcr_objectives", words.GCR_OBJECTIVES),
    known("sdgs", words.SDGS),
    one_of("instrument", words.INSTRUMENTS.codes),
    one_of("status", words.STATUSES.codes),
    one_of("cost_band", [code for code, _label in words.COST_BANDS]),
    refuse("one_to_three_themes", Q(themes__len__range=(1, 3)), _("Choose one to three themes.")),
    refuse("evidence_level_known", Q(evidence_level__range=(0, 5)), _("Choose from the list.")),
    plausible("started"),
    plausible("ended"),
    refuse(
        "years_in_order",
        Q(ended__isnull=True) | Q(started__isnull=True) | Q(ended__gte=F("started")),
        _("It cannot have ended before it started: check the two years."),
    ),
    refuse(
        "running_has_no_end",
        ~Q(status="ongoing") | Q(ended__isnull=True),
        _("A practice that is running has no year of ending: change the status or leave the year out."),
    ),
    refuse(
        # A load publishes what was never sent to review here.
        "submitted_before_published",
        Q(submitted_at__isnull=True) | Q(published_at__isnull=True) | Q(published_at__gte=F("submitted_at")),
        _("An entry is sent to review before it is published."),
    ),
    refuse(
        "archived_was_published",
        Q(archived_at__isnull=True) | Q(published_at__isnull=False),
        _("Only what was published can be archived."),
    ),
    refuse(
        "says_why_it_is_gone",
        Q(gone_because="") | Q(archived_at__isnull=False, gone_because__in=Gone.values),
        _("Only the address of an archived entry says why it is gone."),
    ),
    refuse(
        "discarded_was_never_public",
        Q(discarded_at__isnull=True) | Q(published_at__isnull=True, submitted_at__isnull=True),
        _("Only what was never public can be discarded."),
    ),
    refuse(
        "confirmed_was_published",
        Q(confirmed_at__isnull=True) | Q(published_at__isnull=False),
        _("Only what was published can be confirmed."),
    ),
    refuse("language_is_a_code", Q(language__regex=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$"), _("Choose from the list.")),
    refuse(
        "currency_is_a_code",
        Q(cost_currency="") | Q(cost_currency__regex=f"^{words.CURRENCY}$"),
        _("Enter the currency in three letters, such as EUR"),
    ),
    refuse(
        "cost_has_currency_and_year",
        Q(cost_band__in=["none", "unknown"]) | (~Q(cost_currency="") & Q(cost_year__isnull=False)),
        _("Give the currency and the year of the cost."),
    ),
]
