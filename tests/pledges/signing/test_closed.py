"""Before there is a statement, there is nothing to sign."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["sign", "sign_city", "sign_signer", "sign_check"])
def test_every_page_leads_to_the_statement(client, name):
    assert client.get(reverse(name))["Location"] == reverse("statement")
    if name != "sign":
        assert client.post(reverse(name), {"q": "Athens"})["Location"] == reverse("statement")
