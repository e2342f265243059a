from django.dispatch import receiver

from pledges.loading.deeds import load_deeds
from pledges.loading.milestones import load_milestones
from pledges.loading.signatories import load_signatories
from pledges.loading.statement import load_statement
from practices.signals import directory_loaded


@receiver(directory_loaded)
def load_pledges(*, folder, report, cities, overwrite, is_whole, **kwargs):
    """The arguments are documented in practices/signals.py."""
    load_statement(folder, report)
    if not is_whole:
        return
    load_milestones(folder, report, overwrite=overwrite)
    load_signatories(folder, report, cities, overwrite=overwrite)
    load_deeds(folder, report)
