"""The files of pictures that everybody may copy, beside the tables."""

from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from citysolidarity.opendata.snapshot.tables import free_pictures
from practices.models import Picture
from practices.models.entries.picture import FOLDER, place_of


def write_pictures(folder: Path) -> None:
    """Under the same paths as in the storage."""
    for picture in free_pictures():
        (folder / FOLDER / picture.key).mkdir(parents=True, exist_ok=True)
        for name in picture.names:
            place = place_of(picture.key, name)
            with default_storage.open(place) as file:
                (folder / place).write_bytes(file.read())


def load_pictures(folder: Path, pictures: Iterable[Picture]) -> None:
    """A transaction that is rolled back afterwards leaves files that nothing leads to."""
    for picture in pictures:
        for name in picture.names:
            place = place_of(picture.key, name)
            if not default_storage.exists(place):
                default_storage.save(place, ContentFile((folder / place).read_bytes()))
