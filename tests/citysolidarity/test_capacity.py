"""docs/capacity.md is worked out of the figures that docs/performance.md has today."""

from tests.bench import capacity


def test_the_page_follows_from_the_present_figures():
    """``python -m tests.bench.capacity --write`` renews it, and so does ``manage.py bench --write``."""
    found = capacity.tables(capacity.Figures.read())
    page = capacity.PAGE.read_text("utf-8")
    assert page.partition(capacity.START)[2].partition(capacity.END)[0].strip() == found


def test_other_figures_give_another_page():
    figures = capacity.Figures.read()
    row = next(line for line in figures.text.splitlines() if line.startswith("| P12 |") and "| 100,000 |" in line)
    cells = row.split("|")
    cells[4] = f" {2 * figures.goal('P12', 100_000):g} "
    other = capacity.Figures(figures.text.replace(row, "|".join(cells)))
    assert capacity.tables(other) != capacity.tables(figures)


def test_a_straight_line_goes_on():
    assert capacity.line((10, 1.0), (20, 2.0), 100) == 10.0
    assert sum(capacity.SHARES.values()) == 1
