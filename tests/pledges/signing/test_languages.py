"""Signing in another language: the text that is read is the text that is signed."""

import pytest
from django.utils.translation import override

from pledges.models import Signature, StatementVersion
from tests.forms import send
from tests.pledges.signers import a_version
from tests.pledges.signing.journeys import sign, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statement", "patience")]


@pytest.fixture
def spanish(statement):
    return a_version(
        language="es",
        number=statement.number,
        title="Declaración",
        preamble="Prometemos:",
        promise="Damos la bienvenida.",
    )


def test_who_signs_in_spanish_reads_and_signs_the_spanish_version(client, spanish, statement):
    with override("es"):
        page = walk(client)
        assert 'lang="es"' in page.text and "Damos la bienvenida." in page.text and "We welcome." not in page.text
        send(client, page, consent="on")
    signature = Signature.objects.get()
    assert signature.version == spanish
    assert StatementVersion.objects.get(pk=signature.version_id).sha256 == spanish.sha256 != statement.sha256


def test_who_signs_in_english_signs_the_english_one(client, spanish, statement):
    sign(client)
    assert Signature.objects.get().version == statement


def test_a_language_without_a_text_of_its_own_signs_the_english_one(client, spanish, statement):
    with override("fr"):
        sign(client)
    assert Signature.objects.get().version == statement
