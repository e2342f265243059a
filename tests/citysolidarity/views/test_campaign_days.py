"""The days on which a city may speak of people forced to flee: a quiet line on the first page, for a week around each."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from citysolidarity.views.campaign_days import CAMPAIGN_DAYS, WITHIN, moment_of


@pytest.mark.parametrize("campaign", CAMPAIGN_DAYS, ids=lambda campaign: campaign.code)
def test_each_day_is_spoken_of_on_itself_and_has_a_source(campaign):
    moment = moment_of(date(2027, campaign.month, campaign.day))
    assert moment.campaign == campaign and moment.is_today and not moment.is_past
    assert campaign.resolution.startswith("A/RES/") and campaign.address.startswith("https://www.un.org/")


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2027, 6, 12), None),
        (date(2027, 6, 13), "world-refugee-day"),
        (date(2027, 6, 27), "world-refugee-day"),
        (date(2027, 6, 28), None),
        (date(2027, 12, 13), "human-rights-day"),
        (date(2027, 12, 14), "migrants-day"),  # four days after the one and before the other
        (date(2027, 12, 25), "migrants-day"),
        (date(2027, 12, 31), None),
        (date(2028, 2, 29), None),
    ],
)
def test_it_is_spoken_of_for_a_week_before_and_after(today, code):
    moment = moment_of(today)
    assert (moment and moment.campaign.code) == code


def test_on_every_day_of_years_a_moment_is_near_or_there_is_none():
    day, seen = date(2027, 1, 1), set()
    while day < date(2029, 1, 1):
        if moment := moment_of(day):
            assert abs(moment.on - day) <= WITHIN
            seen.add(moment.campaign.code)
        day += timedelta(days=1)
    assert seen == {campaign.code for campaign in CAMPAIGN_DAYS}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2027, 6, 18), "June 20 is World Refugee Day."),
        (date(2027, 6, 20), "Today is World Refugee Day."),
        (date(2027, 6, 22), "June 20 was World Refugee Day."),
        (date(2027, 8, 1), None),
    ],
)
def test_the_first_page_says_it_in_words(client, today, words):
    with time_machine.travel(today, tick=False):
        page = client.get(reverse("home")).text
    assert ("A good day to decide" in page) is (words is not None)
    assert words is None or words.replace("June 20", "20 June") in page
