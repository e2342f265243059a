"""An officer's errands cost no more clicks than was promised, and docs/ux.md says how many they cost."""

import re

import pytest
from django.conf import settings

from tests.browser.clicks import ERRANDS, PAGE, Walker


@pytest.mark.parametrize("errand", ERRANDS, ids=lambda errand: errand.name)
def test_an_errand_costs_no_more_clicks_than_was_promised(visit, site, errand):
    walker = Walker(visit("home", anew=True).page, site.origin)
    errand.walk(walker)
    assert 0 < walker.clicks <= errand.most
    told = (settings.BASE_DIR / PAGE).read_text("utf-8")
    assert re.search(rf"^\| {re.escape(errand.name)} \| {walker.clicks} \| {walker.pages} \|", told, re.MULTILINE), told
