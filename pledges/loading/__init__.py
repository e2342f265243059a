"""Loads the pledges' files of the starter directory when ``load_directory`` announces it."""

from django.dispatch import receiver

from pledges.loading.milestones import load_milestones
from pledges.loading.signatories import load_signatories
from pledges.loading.statement import load_statement
from practices.signals import directory_loaded


@receiver(directory_loaded)
def load_pledges(*, folder, report, cities, overwrite, **kwargs):
    """The statement, its milestones and the historical signatories; see ``practices.signals``."""
    load_statement(folder, report)
    load_milestones(folder, report, overwrite=overwrite)
    load_signatories(folder, report, cities, overwrite=overwrite)
