"""Whoever deploys hears at once that a bucket cannot be used: its first file may come weeks later."""

import uuid

from django.conf import settings
from django.core.checks import Error, register
from django.core.checks import Warning as CheckWarning
from django.core.files.base import ContentFile
from django.core.files.storage import storages

SETTINGS = {"default": "MEDIA_BUCKET", "private": "PRIVATE_BUCKET"}


@register("buckets", deploy=True)
def check_buckets(app_configs, **kwargs) -> list[CheckWarning | Error]:
    """For `check --deploy`: a file is written to each bucket, read and deleted."""
    used = {alias: name for alias, name in SETTINGS.items() if getattr(settings, name)}
    found = []
    for alias, name in used.items():
        if failure := trouble(alias):
            hint = "Keys need to read, write, delete and list there (docs/operate.md)."
            found.append(Error(f"{name} cannot be used: {failure}.", hint=hint, id="buckets.E001"))
    if len(used) == 1:
        [other] = set(SETTINGS.values()) - set(used.values())
        found.append(
            CheckWarning(
                f"{next(iter(used.values()))} is set and {other} is not.",
                hint="With more than one machine each keeps the other files in a folder of its own.",
                id="buckets.W001",
            )
        )
    return found


def trouble(alias: str) -> str:
    """What the bucket says, or "" where all is well."""
    storage, name, content = storages[alias], f"check/{uuid.uuid4()}", b"Written by manage.py check --deploy."
    try:
        # Whoever may not list is refused what is not there, instead of being told so.
        storage.exists(name)
        storage.save(name, ContentFile(content))
        with storage.open(name) as file:
            same = file.read() == content
        storage.delete(name)
    except OSError as failure:
        return str(failure)
    return "" if same else "it gives back another file than was written"
