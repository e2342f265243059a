"""The example of docs/reuse.md runs, line by line, and draws what the directory holds."""

import io
import re
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.people import a_practice

EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)


class Answer(io.BytesIO):
    """What urlopen gives, as far as pandas reads it."""

    def __init__(self, response):
        super().__init__(response.content)
        self.headers = response.headers


@pytest.mark.django_db
def test_ten_lines_of_pandas_draw_a_chart(client, monkeypatch, tmp_path):
    [example] = EXAMPLE.findall((Path(settings.BASE_DIR) / "docs" / "reuse.md").read_text("utf-8"))
    assert len(example.strip().splitlines()) <= 11  # ten, and an empty one
    a_practice("Roofs", themes=["housing", "welcome"])
    a_practice("Homes", themes=["housing"])

    def opened(request, *args, **kwargs):
        address = getattr(request, "full_url", request).removeprefix("https://cities.example")
        return Answer(client.get(address))

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(example, names)
    assert names["counts"].to_dict() == {"welcome": 1, "housing": 2}
    assert (tmp_path / "themes.png").read_bytes().startswith(b"\x89PNG")
