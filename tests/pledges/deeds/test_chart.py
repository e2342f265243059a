"""The bars of what became of commitments: they add up to what was asked, in both directions of writing."""

from django.utils import translation

from pledges.deeds.chart import WIDTH, progress

ASKED = [(2027, "done"), (2027, ""), (2029, "under-way"), (2029, "changed"), (2029, "dropped"), (2029, "done")]


def test_nothing_asked_is_no_chart():
    assert progress([]) is None


def test_each_bar_adds_up_and_a_year_without_questions_is_there():
    chart = progress(ASKED)
    assert [(year.year, year.total) for year in chart.years] == [(2027, 2), (2028, 0), (2029, 4)]
    highest = chart.years[-1]
    assert [part.count for part in highest.parts] == [1, 1, 1, 1] and not chart.years[1].parts
    heights = {year.year: sum(float(part.height) for part in year.parts) for year in chart.years}
    assert abs(heights[2029] - 2 * heights[2027]) < 0.5
    assert chart.years[0].counts == [1, 0, 0, 0, 1]
    assert chart.label == "In 2029: Done: 1, Under way: 1, Changed: 1, Dropped: 1."


def test_arabic_runs_from_right_to_left():
    with translation.override("en"):
        plain = progress(ASKED)
    with translation.override("ar"):
        mirrored = progress(ASKED)
    for one, other in zip(plain.years, mirrored.years, strict=True):
        assert abs(float(one.middle) + float(other.middle) - WIDTH) < 0.2
        assert all(0 <= float(part.x) <= WIDTH for part in other.parts)
