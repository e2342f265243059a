"""What the housekeeping does with the counts every day."""

from django.utils.translation import gettext_noop as _

from citysolidarity.operation.visits.models import PageCount, SearchMark, SearchWord

VISIT_RULES = {
    _("counts of pages deleted"): PageCount.objects.forget,
    _("marks of searches deleted"): SearchMark.objects.forget,
    _("searched words deleted"): SearchWord.objects.forget,
    _("searches looked up"): SearchWord.objects.look_up,
}
