"""An Origin header that is no address is refused like any other stranger's."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["http://[::1", "http://[", "https://[x]:y", "//", "http://a:b:c", "é", "x" * 9_000])
def test_an_origin_that_is_no_address_is_refused(admin_client, origin):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = admin_client.cookies
    typed = {"csrfmiddlewaretoken": "a" * 32}
    for path in (
        reverse("admin:practices_practice_add"), "/en/practices/share/title/", reverse("withdraw", args=["a" * 56]),
    ):  # fmt: skip
        assert strict.post(path, typed, headers={"Origin": origin}).status_code == 403, path
