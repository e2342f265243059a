"""The desk's page of statistics: each figure counted by hand, for curators alone, as a page and as CSV."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import translation

from citysolidarity.drawing.month_chart import month_chart, step_for
from citysolidarity.operation.visits.models import PageCount, SearchWord, month_before
from tests.citysolidarity.operation.visitors import some_visits, today
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
PAGE = "statistics:statistics"
FILES = ("statistics:pages_csv", "statistics:searches_csv")
WEEK = {"first": "2026-02-02", "last": "2026-02-08"}


@pytest.fixture
def desk(db):
    return at_the_desk(staff("ana"))


@pytest.fixture
def a_week(db):
    """Of February; the day before and the day after are not in it."""
    a_practice(slug="open-doors", title="Open doors")
    a_city("Amman", "JO", slug="amman-jo")
    PageCount.objects.add(
        [
            (date(2026, 2, 1), "practice", "open-doors", "en", 1_000),
            (date(2026, 2, 2), "practice", "open-doors", "en", 30),
            (date(2026, 2, 8), "practice", "open-doors", "ar", 20),
            (date(2026, 2, 8), "practice", "gone", "en", 5),
            (date(2026, 2, 3), "city", "amman-jo", "fr", 10),
            (date(2026, 2, 3), "home", "", "fr", 200),
            (date(2026, 2, 9), "home", "", "fr", 1_000),
        ]
    )
    SearchWord.objects.keep(
        [
            (date(2026, 1, 1), "en", "balloon", 9), (date(2026, 2, 1), "en", "doors", 6), (date(2026, 2, 1), "ar", "سكن", 8),
            (date(2026, 2, 1), "en", "zeppelin", 7),
        ]
    )  # fmt: skip
    SearchWord.objects.exclude(words="سكن").update(found=0)
    SearchWord.objects.filter(words="doors").update(found=1)


def lines(page, name) -> list[tuple]:
    return [(line.label, line.views, line.share) for line in page.context[name]]


def test_pages_are_told_by_what_was_read_and_in_which_language(desk, a_week):
    page = desk.get(reverse(PAGE), WEEK)
    assert lines(page, "practices") == [("Open doors", 50, 100), ("gone", 5, 10)]
    assert lines(page, "cities") == [("Amman", 10, 100)]
    assert lines(page, "languages") == [("French", 210, 100), ("English", 35, 17), ("Arabic", 20, 10)]
    assert lines(page, "kinds") == [("/en/", 200, 100), ("Practices", 55, 28), ("Cities", 10, 5)]
    assert '<a href="/en/practices/open-doors/">Open doors</a>' in page.text


def test_what_is_searched_for_and_not_found_stands_first(desk, a_week):
    page = desk.get(reverse(PAGE), WEEK)
    told = {name: [row[:1] + row[3:] for row in page.context[name]] for name in ("missing", "searches")}
    assert told == {
        "missing": [("zeppelin", 7, 0, "/en/practices/?q=zeppelin")],
        "searches": [
            ("سكن", 8, None, "/ar/practices/?q=%D8%B3%D9%83%D9%86"),
            ("doors", 6, 1, "/en/practices/?q=doors"),
        ],
    }
    assert page.text.index('id="missing"') < page.text.index('id="searches"')


def test_the_chart_has_every_month_and_the_table_beneath_says_the_same(desk, a_week):
    PageCount.objects.add([(date(2025, 11, 30), "home", "", "en", 12_345)])
    page = desk.get(reverse(PAGE), WEEK)
    assert page.context["growth"].rows == [
        ("February 2026", "2,265"), ("January 2026", "0"), ("December 2025", "0"), ("November 2025", "12,345"),
    ]  # fmt: skip
    assert page.text.count('<rect class="known"') == 4 and "Show as a table" in page.text
    assert [line.label for line in page.context["growth"].lines] == ["0", "5K", "10K", "15K"]


def test_in_arabic_the_months_run_from_right_to_left():
    numbers = [(date(2026, 1, 1), 5), (date(2026, 2, 1), 10)]
    left, right = (float(bar.x) for bar in month_chart(numbers, str).bars)
    with translation.override("ar"):
        first, second = (float(bar.x) for bar in month_chart(numbers, str).bars)
    assert left < right and first > second


@pytest.mark.parametrize("most", [1, 10, 41, 99, 400, 2_001, 123_456, 600_000_000])
def test_the_scale_has_few_lines_that_are_round(most):
    step = step_for(most)
    assert re.fullmatch("[125]0+", str(step)) and -(-most // step) <= 4


def test_before_anything_is_counted_the_page_says_so(desk):
    page = desk.get(reverse(PAGE))
    assert (
        page.status_code == 200 and page.text.count("Nothing in this period.") == 6 and page.context["growth"] is None
    )


@pytest.mark.parametrize("query", [{"first": "2026-02-01", "last": "2026-01-01"}, {"first": "x"}])
def test_days_that_cannot_be_are_answered_with_the_form(desk, query):
    assert desk.get(reverse(PAGE), query).context["form"].errors
    for name in FILES:
        assert desk.post(reverse(name), query_params=query)["Location"] == reverse(PAGE)


def test_the_files_hold_every_count(desk, a_week):
    pages, searches = (desk.post(reverse(name), query_params=WEEK) for name in FILES)
    rows = {name: list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) for name, answer in
            (("pages", pages), ("searches", searches))}  # fmt: skip
    assert rows["pages"][:2] == [
        ["day", "kind", "slug", "language", "views"],
        ["2026-02-02", "practice", "open-doors", "en", "30"],
    ]
    assert len(rows["pages"]) == 6 and pages["Content-Disposition"].endswith('"pages-2026-02-02-2026-02-08.csv"')
    assert rows["searches"] == [
        ["month", "language", "words", "networks", "found"], ["2026-02-01", "ar", "سكن", "8", ""],
        ["2026-02-01", "en", "doors", "6", "1"], ["2026-02-01", "en", "zeppelin", "7", "0"],
    ]  # fmt: skip
    logged = [(line.object_repr, line.get_change_message()) for line in LogEntry.objects.order_by("pk")]
    label = "Statistics of visits: 2026-02-02 – 2026-02-08"
    assert logged == [(label, "5 rows exported as CSV."), (label, "3 rows exported as CSV.")]


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_it_is_for_curators(role):
    eve = at_the_desk(staff("eve", role))
    assert eve.get(reverse(PAGE)).status_code == 403
    assert {eve.post(reverse(name)).status_code for name in FILES} == {403}
    assert "statistics" not in eve.get(reverse("admin:index")).text


def test_strangers_are_asked_who_they_are_and_files_leave_by_a_press(client, desk):
    for name in (PAGE, *FILES):
        assert client.get(reverse(name))["Location"].startswith(reverse("admin:login"))
    assert {desk.get(reverse(name)).status_code for name in FILES} == {405}
    assert reverse(PAGE) in desk.get(reverse("admin:index")).text


def test_it_asks_as_much_for_many_as_for_few(desk, django_assert_max_num_queries):
    a_practice()
    some_visits()
    rows = [(today() - timedelta(days=at), "practice", f"entry-{at}", "en", at + 1) for at in range(60)]
    PageCount.objects.add(rows)
    SearchWord.objects.keep([(month_before(0), "en", f"word {chr(97 + at)}", 5 + at) for at in range(26)])
    desk.get(reverse(PAGE))
    with django_assert_max_num_queries(16):
        assert desk.get(reverse(PAGE)).status_code == 200
