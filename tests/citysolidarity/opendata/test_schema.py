"""What the OpenAPI document promises holds: schemathesis asks with what fits and with what does not."""

import json

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from citysolidarity.opendata.answers import READS
from citysolidarity.opendata.operations import OPERATIONS
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated
from tests.pledges.supports.residents import an_asked_city

pytestmark = pytest.mark.django_db
EXAMPLES, OF_FILES = 10, 3  # a file takes longer to make, and all of them take the same parameters


@pytest.fixture
def directory(monkeypatch):
    """A few of everything, so that lists are not empty; nobody is too fast."""
    monkeypatch.setattr(READS, "most", 100_000)
    amman = a_city("Amman", "JO", latitude=31.95, longitude=35.94, population=1_000_000)
    for number in range(3):
        a_practice(f"Parks {number}", amman, slug=f"parks-{number}", themes=["housing"], started=2015 + number)
    a_practice("Nowhere", a_city("Nowhere", "GR"))
    a_published()
    a_stated(a_city("Vienna", "AT"))
    an_asked_city(a_city("Berlin", "DE"))


@pytest.fixture
def document(client, directory):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_the_document_is_valid_and_tells_of_every_address(document):
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {f"/{one.template}" for one in OPERATIONS}
    for path in document["paths"].values():
        assert all(parameter["description"] for parameter in path["get"]["parameters"] if parameter["in"] == "query")


@pytest.fixture
def application():
    """The site as a server runs it, but for what ends the test's own connection after a request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    site = WSGIHandler()
    # The reader of answers unpacks nothing.
    plain = {"REMOTE_ADDR": "203.0.113.5", "HTTP_ACCEPT_ENCODING": "identity"}
    yield lambda environ, start_response: site(environ | plain, start_response)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_answer_is_one_that_the_document_promises(directory, application, operation):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = []

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @settings(
            max_examples=OF_FILES if operation.ending else EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=schema[f"/{operation.template}"]["GET"].as_strategy(generation_mode=mode))
        def ask(case):
            answer = case.call()
            asked.append(answer.status_code)
            assert answer.status_code < 500
            case.validate_response(answer)

        ask()
    assert asked
