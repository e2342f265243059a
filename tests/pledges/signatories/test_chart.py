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


def test_bars_add_up_year_by_year_and_the_undated_are_told_apart():
    days = [date(2018, 6, 20), date(2018, 12, 31), date(2019, 1, 1), None, date(2026, 1, 1)]
    chart = growth([], days, TODAY)
    counts = {bar.year: bar.count for bar in chart.bars}
    assert counts == {2018: 2, 2019: 3, **dict.fromkeys(range(2020, 2026), 3), 2026: 4}
    assert (chart.known, chart.undated) == (4, 1)
    assert [bar.year for bar in chart.bars if bar.is_now] == [2026]


def test_heights_and_points_stand_on_one_scale():
    chart = growth([a_milestone(310, date(2025, 11, 30))], [date(2018, 6, 20)] * 155, TODAY)
    foot, top = HEIGHT - BOTTOM, chart.lines[-1]
    assert [line.count for line in chart.lines] == [0, 100, 200, 300, 400]
    assert float(top.y) == pytest.approx(TOP, abs=0.1)
    height = foot - float(chart.points[0].y)
    assert float(chart.bars[-1].height) == pytest.approx(height / 2, abs=0.1)
    bar = next(bar for bar in chart.bars if bar.year == 2025)
    assert float(bar.middle) < float(chart.points[0].x) < float(bar.x) + float(bar.width) * 1.3


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
    for before, after in zip(english.bars, arabic.bars, strict=True):
        assert float(after.middle) == pytest.approx(WIDTH - float(before.middle), abs=0.1)
        assert float(after.x) + float(after.width) == pytest.approx(WIDTH - float(before.x), abs=0.2)
        assert (after.y, after.height) == (before.y, before.height)
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
    assert "Signatories we can name, with a date: 70 today." in text
    for said in ("55", "about 175 in 50 countries", "more than 200", "310 in 59 countries"):
        assert f"<td>{said}</td>" in text
    assert text.count("<td>This directory: signatories we can name</td>") == timezone.now().year - 2017  # from 2018 on
    assert "66 signatories have no exact date and are in no bar." in text
    assert "city.kumamoto.jp" in text


@pytest.mark.django_db
def test_the_unnamed_are_in_no_bar(client):
    a_stated(a_city("Warsaw", "PL"), precision="before", signed_on=date(2018, 6, 20))
    a_published(visibility="counted")
    chart = client.get(reverse("signatories")).context["growth"]
    assert (chart.known, chart.undated) == (1, 0)
