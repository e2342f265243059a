"""Whose address counts, behind no proxy, one or several, and where none can be read."""

import logging

import pytest
from django.test import RequestFactory

from citysolidarity.http import visitors
from citysolidarity.http.throttle import address_block
from citysolidarity.login.sessions import network_of


def request(forwarded=None, remote="10.0.0.1"):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **more)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "block"),
    [
        (1, "198.51.100.9", "10.0.0.1", "198.51.100.9/32"),
        (1, "198.51.100.9:4012", "10.0.0.1", "198.51.100.9/32"),
        (1, "[2001:db8:1:2::9]:4012", "10.0.0.1", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2::9]", "10.0.0.1", "2001:db8:1:2::/64"),
        (1, '"2001:db8:1:2::9"', "10.0.0.1", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.9", "10.0.0.1", "198.51.100.9/32"),
        (1, "6.6.6.6, 198.51.100.9", "10.0.0.1", "198.51.100.9/32"),
        (2, "6.6.6.6, 198.51.100.9, 10.0.0.2", "10.0.0.1", "198.51.100.9/32"),
        (3, "6.6.6.6, 198.51.100.9:80, 10.0.0.3, 10.0.0.2", "10.0.0.1", "198.51.100.9/32"),
        (1, "198.51.100.9", "", "198.51.100.9/32"),  # a unix socket
        (1, None, "192.0.2.1", "192.0.2.1/32"),  # the proxy's own look at the site
    ],
)
def test_the_address_that_the_outermost_trusted_proxy_saw(settings, proxies, forwarded, remote, block):
    settings.BEHIND_PROXY, settings.TRUSTED_PROXIES = True, proxies
    assert address_block(request(forwarded, remote)) == block


def test_without_a_proxy_the_header_is_anybodys_word(settings):
    settings.BEHIND_PROXY = False
    assert address_block(request("198.51.100.9")) == "10.0.0.1/32"


@pytest.mark.parametrize("forwarded", ["unknown", "_hidden", "1.2.3.4.5", "[::1", "a" * 5_000, "198.51.100.9:80:80"])
def test_an_address_that_cannot_be_read_is_nobodys_bucket_and_is_warned_about(settings, caplog, forwarded):
    settings.BEHIND_PROXY, settings.TRUSTED_PROXIES = True, 1
    visitors.warn_once.cache_clear()
    with caplog.at_level(logging.WARNING):
        blocks = {address_block(request(forwarded)) for _ in range(50)}
    assert len(blocks) == 50
    assert [record.message for record in caplog.records if "TRUSTED_PROXIES" in record.message] != []
    assert len(caplog.records) == 1
    assert network_of(request(forwarded)) == ""


def test_a_unix_socket_without_a_proxy_is_nobodys_bucket(settings):
    settings.BEHIND_PROXY = False
    assert address_block(request(remote="")) != address_block(request(remote=""))
