"""A linter of OpenAPI finds nothing to complain of: structure, examples, descriptions, tags, licence, contact, errors."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from django.utils.translation import override

from citysolidarity.opendata import openapi

pytestmark = pytest.mark.browser
RULES = Path(__file__).with_name("redocly.yaml")
# It asks for nothing on the network.
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "HTTPS_PROXY": "http://127.0.0.1:9"}


def complaints(document: dict, folder: Path) -> list[str]:
    """Of the linter, each with its rule and the place in the document."""
    linter = os.environ.get("OPENAPI_LINTER")
    if not linter:
        pytest.fail(
            "OPENAPI_LINTER names no linter: `python3 manage.py test` brings one, or leaves it out with --no-browser."
        )
    file = folder / "openapi.json"
    file.write_text(json.dumps(document, ensure_ascii=False, default=str), "utf-8")
    command = ["node", linter, "lint", str(file), "--config", str(RULES), "--format", "json", "--max-problems", "1000"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ | QUIET)
    return [
        f"{one['ruleId']}: {one['message']} {one['location'][0].get('pointer')}"
        for one in json.loads(done.stdout)["problems"]
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_document_is_clean_whatever_the_language(tmp_path, language, settings):
    settings.CONTACT_EMAIL, settings.SITE_URL = "secretariat@cities.test", "https://cities.test"
    with override(language):
        assert complaints(openapi.document(), tmp_path) == []


def test_the_linter_does_find_faults(tmp_path):
    """It would be silent about a file that it never read."""
    document = openapi.document()
    del document["info"]["license"]
    operation = document["paths"]["/practices"]["get"]
    operation["responses"]["200"]["content"]["application/json"]["example"] = {"items": 1}
    operation |= {"summary": "", "tags": ["Nothing"]}
    found = "\n".join(complaints(document, tmp_path))
    for rule in ("info-license", "no-invalid-media-type-examples", "operation-summary", "operation-tag-defined"):
        assert rule in found
