"""Barriers are found whatever was looked at before: what looks alike is asked about once, and nothing else is left out."""

import pytest

FAINT = "one => { one.style.color = '#ccc' }"
# Paints a grey block behind an element, which it knows nothing of.
GREY_BEHIND = """one => {
  const box = one.getBoundingClientRect(), block = document.body.appendChild(document.createElement("div"));
  Object.assign(block.style, {
    position: "absolute", zIndex: -1, background: "#666", left: `${box.x + scrollX}px`, top: `${box.y + scrollY}px`,
    width: `${box.width}px`, height: `${box.height}px`,
  });
}"""


@pytest.fixture
def looked_at(visit):
    """A page that has no barriers, as was seen a moment ago."""
    seen = visit("about")
    assert seen.barriers() == [] and seen.barriers() == []
    return seen


def words(seen):
    return seen.page.locator("main p:not(:has(*))")


def test_the_only_faint_words_among_many_alike_are_found(looked_at):
    words(looked_at).last.evaluate(FAINT)
    assert [barrier.split(":")[0] for barrier in looked_at.barriers()] == ["color-contrast"]


def test_all_faint_words_are_found(looked_at):
    words(looked_at).evaluate_all(f"all => all.forEach({FAINT})")
    assert len(looked_at.barriers()) == words(looked_at).count() > 1
    assert len(looked_at.barriers()) == words(looked_at).count()


def test_words_on_what_lies_behind_them_are_found(looked_at):
    words(looked_at).last.evaluate(GREY_BEHIND)
    assert [barrier.split(":")[0] for barrier in looked_at.barriers()] == ["color-contrast"]


def test_a_link_that_looks_much_like_the_words_around_it_is_found(looked_at):
    link = looked_at.page.locator("main p a").last
    link.evaluate("one => { one.style = 'color: #444; text-decoration: none; border: 0; font-weight: inherit' }")
    assert "link-in-text-block" in [barrier.split(":")[0] for barrier in looked_at.barriers()]


def test_what_has_no_colour_is_found_in_a_page_that_was_clean(looked_at):
    looked_at.page.evaluate("() => document.documentElement.removeAttribute('lang')")
    assert [barrier.split(":")[0] for barrier in looked_at.barriers()] == ["html-has-lang"]
