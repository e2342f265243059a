"""The chart of growth: what it draws is what its table says."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from pledges.models import Milestone
from pledges.signatories.chart import BOTTOM, HEIGHT, TOP, WIDTH, growth
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

TODAY = date(2026, 11, 22)


def a_milestone(count, on, **facts):
    return Milestone(count=count, on=on, source_publisher="UNHCR", **facts)


def test_years_add_up_and_the_undated_are_told_apart():
    days = [date(2018, 6, 20), date(2018, 12, 31), date(2019, 1, 1), None, date(2026, 1, 1)]
    chart = growth([], days, TODAY)
    counts = {year.number: year.count for year in chart.years}
    assert counts == {2018: 2, 2019: 3, **dict.fromkeys(range(2020, 2026), 3), 2026: 4}
    assert chart.undated == 1
    assert [year.number for year in chart.years if year.is_now] == [2026]


def test_points_stand_on_the_scale_and_in_their_years():
    chart = growth([a_milestone(200, date(2019, 6, 30)), a_milestone(310, date(2025, 11, 30))], [], TODAY)
    foot, top = HEIGHT - BOTTOM, chart.lines[-1]
    assert [line.count for line in chart.lines] == [0, 100, 200, 300, 400]
    assert float(top.y) == pytest.approx(TOP, abs=0.1)
    assert foot - float(chart.points[0].y) == pytest.approx((foot - TOP) / 2, abs=0.1)
    middles = {year.number: float(year.middle) for year in chart.years}
    assert float(chart.points[0].x) == pytest.approx(middles[2019], abs=1)
    assert middles[2025] < float(chart.points[1].x) < middles[2026]


@pytest.mark.parametrize("most", [1, 9, 10, 11, 55, 310, 1999, 100_000])
def test_the_scale_always_holds_the_highest(most):
    chart = growth([a_milestone(most, date(2020, 1, 1))], [], TODAY)
    assert chart.lines[-1].count >= most
    assert float(chart.points[0].y) >= TOP - 0.1


def test_there_is_no_chart_of_nothing():
    assert growth([], [None], TODAY) is None


def test_the_years_run_from_the_right_where_the_page_does():
    milestones = [a_milestone(55, date(2018, 6, 20)), a_milestone(310, date(2025, 11, 30))]
    english = growth(milestones, [date(2018, 6, 20)], TODAY)
    with override("ar"):
        arabic = growth(milestones, [date(2018, 6, 20)], TODAY)
    for before, after in zip(english.years, arabic.years, strict=True):
        assert float(after.middle) == pytest.approx(WIDTH - float(before.middle), abs=0.1)
    for before, after in zip(english.points, arabic.points, strict=True):
        assert float(after.x) == pytest.approx(WIDTH - float(before.x), abs=0.1)
        assert (after.y, after.anchor, after.label_y) == (before.y, before.anchor, before.label_y)
    assert arabic.left > arabic.right and english.scale_x < english.left and arabic.scale_x > arabic.left


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["signatories", "statement"])
def test_the_picture_is_told_in_words_and_as_a_table(starter, client, page):
    text = client.get(reverse(page)).text
    assert '<svg viewBox="0 0 640 320" role="img" aria-labelledby="growth-title growth-said">' in text
    assert "55 signatories 20 June 2018; about 175 signatories 20 June 2019;" in text
    for said in ("55", "about 175 in 50 countries", "more than 200", "310 in 59 countries"):
        assert f"<td>{said}</td>" in text
    assert text.count("<td>This directory: signatories we can name</td>") == timezone.now().year - 2017  # from 2018 on
    assert "66 more signatories have no exact date." in text
    assert "city.kumamoto.jp" in text


@pytest.mark.django_db
def test_the_unnamed_are_in_no_year(client):
    a_stated(a_city("Warsaw", "PL"), precision="before", signed_on=date(2018, 6, 20))
    a_published(visibility="counted")
    chart = client.get(reverse("signatories")).context["growth"]
    assert (chart.years[-1].count, chart.undated) == (1, 0)
