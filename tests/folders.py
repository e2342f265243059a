"""Folders of a directory to be loaded, for the tests of load_directory."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from practices.models import City, Practice, Source

TOWN = {
    "name": "Amman", "country": "JO", "kind": "city", "latitude": 31.9552, "longitude": 35.945,
    "population": 1275857, "geonames_id": 250441,
}  # fmt: skip
ENTRY = {
    "slug": "parks-amman", "title": "Parks for all", "city": "Amman", "country": "JO",
    "summary": "Parks made with those who use them.", "themes": ["social-cohesion", "participation"],
    "beneficiaries": ["women", "refugees", "host-community"], "instrument": "space", "context": ["protracted"],
    "gcr_objectives": [1, 2], "sdgs": [11], "started": 2015, "status": "ongoing", "lead": "Greater Amman Municipality",
    "partners": ["UN-Habitat"], "sources": [{"title": "A report", "publisher": "UN", "url": "https://example.org/r"}],
}  # fmt: skip


def write(folder: Path, **files) -> Path:
    """Write the files of a directory; a row is a dict, or bytes where the line itself is the matter."""
    for name, rows in files.items():
        lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
        (folder / f"{name}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    return folder


def load(folder: Path, **options) -> str:
    """Load the folder and return what was said."""
    out = StringIO()
    call_command("load_directory", folder=folder, stdout=out, **options)
    connection.check_constraints()  # what would be checked when the transaction ends
    return out.getvalue()


def problems(folder: Path) -> list[str]:
    """Load the folder, which must fail and save nothing; returns the lines that say why."""
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert not City.objects.exists()
    assert not Practice.objects.exists()
    first, *lines = str(caught.value).splitlines()
    assert first == f"Nothing was loaded. Problems: {len(lines)}"
    return lines


def everything() -> list[list[dict]]:
    """All that is stored of cities, practices and sources, moments included."""
    return [list(model.objects.order_by("pk").values()) for model in (City, Practice, Source)]
