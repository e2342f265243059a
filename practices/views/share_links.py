"""The links in letters about submissions; how links are followed stands in citysolidarity/links.py."""

from citysolidarity.links import Links
from practices.models import SubmissionLetter
from practices.models.handling import CannotHandle


class SharingLinks(Links):
    rows, folder, done, refusal = SubmissionLetter, "practices", "letter_done", (CannotHandle,)


LINKS = SharingLinks()
