"""Limits: exact, by the database's clock, and the same for fifty at once as for one after the other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from citysolidarity.http import throttle
from citysolidarity.http.throttle import Limit, LimitUse, address_block

POSTS = Limit("sign posts", 5, hours=1)


def let_pass(**span):
    """Moves every use into the past, as if that time had passed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE citysolidarity_limituse SET moments = ARRAY(SELECT moment - %s FROM unnest(moments) moment)",
            [timedelta(**span)],
        )


@pytest.mark.django_db
def test_the_sixth_waits_until_the_first_is_an_hour_old():
    assert [POSTS.take("192.0.2.7/32") for _ in range(5)] == [0] * 5
    assert 3_590 < POSTS.take("192.0.2.7/32") <= 3_600
    let_pass(minutes=50)
    assert 590 < POSTS.take("192.0.2.7/32") <= 600
    let_pass(minutes=10)
    assert POSTS.take("192.0.2.7/32") == 0


@pytest.mark.django_db
def test_the_window_slides_and_does_not_start_anew_with_the_clock():
    for _ in range(4):
        POSTS.take()
    let_pass(minutes=59)
    assert POSTS.take() == 0
    let_pass(minutes=2)
    assert [POSTS.take() > 0 for _ in range(5)] == [False] * 4 + [True]


@pytest.mark.django_db
def test_a_refused_use_is_not_counted():
    for _ in range(12):
        POSTS.take()
    let_pass(hours=1)
    assert [POSTS.take() for _ in range(5)] == [0] * 5


@pytest.mark.django_db
def test_looking_counts_nothing():
    assert [POSTS.wait("a") for _ in range(9)] == [0] * 9
    assert not LimitUse.objects.exists()


@pytest.mark.django_db
def test_each_act_and_each_who_has_its_own_count():
    letters = Limit("letters", 1, days=1)
    assert letters.take("a@x.example") == 0 and letters.take("b@x.example") == 0
    assert Limit("drafts", 1, hours=1).take("a@x.example") == 0
    assert letters.take(" A@X.example") > 0, "one mailbox, however it is written"


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_only_five_pass():
    def take(_):
        try:
            return POSTS.take("192.0.2.7/32")
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        waits = list(pool.map(take, range(50)))
    assert waits.count(0) == 5


@pytest.mark.django_db
def test_neither_address_nor_mailbox_can_be_read_from_the_table(settings):
    POSTS.take("officer@amman.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT uses::text FROM citysolidarity_limituse uses")
        assert "amman" not in cursor.fetchone()[0]
    one = throttle.keyed_hash("sign posts", "officer@amman.example")
    settings.HASH_KEY = "another" * 10
    assert throttle.keyed_hash("sign posts", "officer@amman.example") != one


@pytest.mark.django_db
def test_what_no_limit_looks_at_any_more_is_deleted():
    POSTS.take("old")
    let_pass(days=2)
    POSTS.take("new")
    assert throttle.tidy() == 1
    assert LimitUse.objects.count() == 1


def test_a_limit_that_allows_nothing_or_looks_back_further_than_is_kept_is_refused():
    for most, window in [(0, {"hours": 1}), (5, {"days": 2}), (5, {})]:
        with pytest.raises(ValueError, match="sign posts"):
            Limit("sign posts", most, **window)


@pytest.mark.django_db
def test_beyond_the_limit_uses_are_reserved_one_after_the_other():
    few = Limit("few", 2, hours=1)
    assert [round(few.reserve(line=5) / 60) for _ in range(2)] == [0, 0]
    let_pass(minutes=10)
    assert [round(few.reserve(line=5) / 60) for _ in range(3)] == [50, 50, 110], "minutes; two within any hour"
    assert few.reserve(line=5) is None and few.reserve(line=5) is None
    assert 6_590 <= few.wait() <= 6_600, "the next free moment, not the end of the first use"
    let_pass(minutes=50)
    assert round(few.reserve(line=5) / 60) == 60
    few.lift()
    assert few.reserve(line=5) == 0


@pytest.mark.django_db
def test_what_a_failed_transaction_counted_is_given_back():
    for _ in range(9):
        with transaction.atomic():
            POSTS.take()
            transaction.set_rollback(True)
    assert not LimitUse.objects.exists()


def passes(addresses, limit):
    """How many of these visitors pass."""
    count = 0
    for address in addresses:
        with suppress(throttle.TooMany), transaction.atomic():
            limit.count(RequestFactory().get("/", REMOTE_ADDR=address))
            count += 1
    return count


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("addresses", "most"),
    [
        (["192.0.2.7"] * 9, 5),
        (["2001:db8::1"] * 9, 5),
        ([f"192.0.2.{number}" for number in range(50)], 20),
        ([f"2001:db8:1:{number:x}::1" for number in range(50)], 10),
        ([f"2001:db8:1:{number:x}00::1" for number in range(50)], 20),
        ([f"2001:db8:{number:x}::1" for number in range(50)], 50),
        ([f"192.0.{number}.7" for number in range(50)], 50),
    ],
)
def test_a_network_counts_as_a_few_machines_and_its_neighbours_are_free(addresses, most):
    assert passes(addresses, throttle.VisitorLimit("posts", 5, hours=1)) == most


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_visitors_are_counted_by_address_or_by_their_own_network(address, block):
    assert address_block(RequestFactory().get("/", REMOTE_ADDR=address)) == block


def test_only_the_last_forwarded_address_counts_and_only_behind_a_proxy(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 192.0.2.7")
    settings.BEHIND_PROXY = False
    assert address_block(request) == "10.0.0.1/32"
    settings.BEHIND_PROXY = True
    assert address_block(request) == "192.0.2.7/32"
