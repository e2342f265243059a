"""Suggestions while typing: by keyboard and for those who listen; without the script a plain search box."""

import re

import pytest
from playwright.sync_api import expect

WORDS = re.compile("Search practices|What you are looking for")


@pytest.mark.parametrize("name", ["home", "directory"])
def test_a_suggestion_is_chosen_by_keyboard(visit, name):
    seen = visit(name, anew=True)
    page = seen.page
    box = page.get_by_role("combobox", name=WORDS)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("neighbourhood mo")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Neighbourhood Mothers")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_text(re.compile(r"^\d+ suggestions?$"))
    assert seen.barriers() == []
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Enter")
    page.wait_for_url("**/practices/neighbourhood-mothers-berlin/")
    assert seen.said == []


def test_escape_closes_the_list_and_keeps_the_words(visit):
    page = visit("home", anew=True).page
    box = page.get_by_role("combobox", name=WORDS)
    box.press_sequentially("berl")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("berl")
    box.press("Enter")
    page.wait_for_url("**/practices/?q=berl")


def test_nothing_covers_or_cuts_the_list(visit):
    page = visit("home", anew=True).page
    page.get_by_role("combobox", name=WORDS).press_sequentially("mun")
    expect(page.get_by_role("option").nth(3)).to_be_visible()
    seen = page.get_by_role("listbox").evaluate(
        """list => {
            const box = list.getBoundingClientRect();
            return list.contains(document.elementFromPoint(box.x + box.width / 2, Math.min(box.bottom, innerHeight) - 12));
        }"""
    )
    assert seen


def test_a_suggestion_is_chosen_by_a_press(visit):
    page = visit("home", anew=True, width=320).page
    page.get_by_role("combobox", name=WORDS).press_sequentially("berlin")
    page.get_by_role("option").filter(has_text="Germany").last.click()
    page.wait_for_url("**/cities/berlin-de/")


def test_a_city_and_a_need_lead_to_the_list_for_that_city(visit):
    page = visit("home", anew=True).page
    city = page.get_by_role("combobox", name="Your city")
    city.press_sequentially("schwer")
    page.get_by_role("option").filter(has_text="Schwerte").first.click()
    expect(city).to_have_value(re.compile("^Schwerte, .*Germany$"))
    page.get_by_role("combobox", name=WORDS).fill("housing")
    page.get_by_role("button", name="Find practices").click()
    expect(page.get_by_text("Compared with Schwerte:")).to_be_visible()
    assert "q=housing" in page.url


def test_without_the_script_it_is_a_plain_search_box(visit):
    page = visit("home", anew=True, java_script_enabled=False).page
    box = page.get_by_role("searchbox")
    box.fill("mothers")
    box.press("Enter")
    page.wait_for_url("**/practices/?q=mothers")
    assert "Mothers" in page.content()
