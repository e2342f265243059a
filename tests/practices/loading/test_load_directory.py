"""Loading the directory fills it, and loading it again leaves alone what is there."""

import json
import unicodedata

import pytest
from django.conf import settings

from practices.models import City, Fact, Figure, FormerAddress, Practice, Source, Transfer
from practices.models.entries.record import PARTS, parts_of
from tests.folders import ENTRY, TOWN, everything, load, write
from tests.modules import within

STARTER = settings.BASE_DIR / "fixtures"

# --- the starter directory --------------------------------------------------------------


@pytest.mark.django_db
def test_the_starter_directory_is_loaded_and_published():
    output = within(10, lambda: load(STARTER))
    assert "289 cities (all new), 197 practices (all new), 1,081 sources (all new)" in output
    assert (City.objects.count(), Practice.objects.published().count(), Source.objects.count()) == (289, 197, 1_081)
    assert (Figure.objects.count(), Fact.objects.count(), Transfer.objects.count()) == (587, 214, 40)
    assert Practice.objects.values("published_at").distinct().count() == 1
    assert not Practice.objects.filter(confirmed_at__isnull=False).exists()


def test_every_record_of_the_starter_directory_arrives_whole(starter):
    stored = {
        practice.slug: practice
        for practice in Practice.objects.select_related("city").prefetch_related("sources", *PARTS)
    }
    for line in (STARTER / "practices.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        practice = stored.pop(record["slug"])
        assert (practice.city.name, practice.city.country) == (record["city"], record["country"])
        for name in ("title", "summary", "challenge", "approach", "results", "instrument", "status", "themes", "lead"):
            assert getattr(practice, name) == record[name]
        for name in ("area", "lessons"):
            assert getattr(practice, name) == (record.get(name) or "")
        for name in ("started", "ended"):
            assert getattr(practice, name) == record.get(name)
        for name in ("partners", "funders"):
            assert getattr(practice, name) == record.get(name, [])
        for name in ("gcr_objectives", "sdgs"):
            assert getattr(practice, name) == [str(number) for number in record.get(name, [])]
        assert practice.contexts == record["context"]
        assert sorted(practice.populations + practice.groups) == sorted(record["beneficiaries"])
        assert not {"women", "families", "children-youth"} & set(practice.populations)
        sources = [
            {"title": source.title, "publisher": source.publisher, "url": source.url, "year": source.year}
            for source in practice.sources.all()
        ]
        assert sources == [{"year": None} | source for source in record["sources"]]
        facts_arrive_whole(practice, record)
    assert stored == {}


def facts_arrive_whole(practice, record):
    parts = parts_of(practice)

    def counted_from_one(part):
        return part | {"source": None if part["source"] is None else part["source"] + 1}

    assert parts["figures"] == [counted_from_one(figure) for figure in record.get("figures", [])]
    told = [(kind, record[kind]) for kind in ("cost", "staff", "startup") if kind in record]
    assert [(fact["kind"], fact["text"], fact["year"]) for fact in parts["facts"]] == [
        (kind, fact["text"], fact.get("year")) for kind, fact in told
    ]
    assert [fact["source"] for fact in parts["facts"]] == [counted_from_one(fact)["source"] for _kind, fact in told]
    assert [(transfer["direction"], transfer["place"]) for transfer in parts["transfers"]] == [
        (direction, transfer["city"])
        for direction in ("learned_from", "taken_up_by")
        for transfer in record.get(direction, [])
    ]
    assert practice.what_did_not_work == record.get("what_did_not_work", "")
    assert practice.conditions == record["conditions"]
    assert practice.evidence_level == record["evidence"]["level"]
    assert practice.evidence_reason == record["evidence"]["why"]
    cost = record.get("cost", {})
    band = cost.get("band")
    known = band == "none" or cost.get("year")  # a band of an unknown year says too little
    assert practice.cost_band == (band if band and known else "unknown")


def test_every_city_of_the_starter_directory_arrives_whole(starter):
    stored = {(city.name, city.country): city for city in City.objects.all()}
    for line in (STARTER / "cities.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        city = stored.pop((record["name"], record["country"]))
        assert {name: getattr(city, name) for name in record} == record
        said = record.get("population_source") or ("GeoNames" if record["population"] else "")
        assert city.population_source == said
        assert city.keywords
    assert stored == {}


def test_no_text_of_the_starter_directory_is_broken():
    """No control character, no mark of a search, no blank at an end, everything composed (NFC)."""

    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, dict)):
            for item in value.values() if isinstance(value, dict) else value:
                yield from texts(item)

    every_text = []
    for name in ("cities.jsonl", "practices.jsonl", "signatories.jsonl"):
        for line in (STARTER / name).read_text("utf-8").splitlines():
            every_text += texts(json.loads(line))
    assert len(every_text) > 4_000
    assert [text for text in every_text if text != unicodedata.normalize("NFC", text).strip()] == []
    assert [text for text in every_text if {unicodedata.category(mark)[0] for mark in text} & {"C"}] == []


# --- again -------------------------------------------------------------------------------


def test_a_second_load_changes_nothing(starter):
    before = everything()
    output = load(STARTER)
    assert "289 cities (all unchanged), 197 practices (all unchanged), 1,081 sources (all unchanged)" in output
    assert everything() == before


@pytest.mark.django_db
def test_a_second_load_adds_what_is_new(folder):
    load(folder)
    before = Practice.objects.get()
    write(
        folder,
        cities=[TOWN, {"name": "Irbid", "country": "JO"}],
        practices=[ENTRY, ENTRY | {"slug": "parks-irbid", "city": "Irbid"}],
    )
    output = load(folder)
    assert "2 cities (1 new, 1 unchanged), 2 practices (1 new, 1 unchanged)" in output
    assert Practice.objects.get(slug="parks-amman").published_at == before.published_at
    assert Practice.objects.get(slug="parks-irbid").published_at > before.published_at


@pytest.mark.django_db
def test_what_a_curator_edited_is_kept_and_named(folder):
    load(folder)
    Practice.objects.update(title="Parks for everyone")
    City.objects.update(population=4_000_000, population_year=2024, population_source="Census")
    before = everything()
    output = load(folder)
    assert "Kept 1 practices as edited here (--overwrite replaces them): parks-amman" in output
    assert "Kept 1 cities as edited here (--overwrite replaces them): amman-jo" in output
    assert "1 practices (all kept)" in output
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize("edit", ["added", "removed", "changed", "moved"])
def test_edited_sources_are_kept_too(folder, edit):
    further = {"title": "News", "publisher": "A paper", "url": "https://example.org/n", "year": 2019}
    write(folder, practices=[ENTRY | {"sources": [*ENTRY["sources"], further]}])
    load(folder)
    practice = Practice.objects.get()
    match edit:
        case "added":
            practice.sources.create(title="More", publisher="P", url="https://example.org/m", position=9)
        case "removed":
            practice.sources.first().delete()
        case "changed":
            practice.sources.filter(position=1).update(year=2020)
        case "moved":
            practice.sources.filter(position=0).update(position=5)
    before = everything()
    assert "1 practices (all kept)" in load(folder)
    assert everything() == before


@pytest.mark.django_db
def test_overwriting_replaces_what_was_edited(folder):
    load(folder)
    untouched = everything()
    Practice.objects.update(title="Parks for everyone", themes=["health"], started=None)
    City.objects.update(name="‘Ammān", population=4_000_000, population_year=2024, population_source="Census")
    Source.objects.update(publisher="Somebody")
    Source.objects.create(practice=Practice.objects.get(), title="More", publisher="P", url="https://example.org/m")
    output = load(folder, overwrite=True)
    assert "1 cities (all replaced), 1 practices (all replaced)" in output
    assert "Kept" not in output
    aside = {"updated_at": None, "revision": None}
    for rows, expected in zip(everything(), untouched, strict=True):
        same = [row | aside for row in rows]
        assert same == [row | aside for row in expected]


@pytest.mark.django_db
def test_overwriting_leaves_alone_what_the_files_do_not_say(folder):
    load(folder)
    practice = Practice.objects.get()
    practice.archive()
    source = practice.sources.create(title="Census", publisher="P", url="https://example.org/c", position=1)
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=source)
    Practice.objects.update(title="Edited", what_did_not_work="Too few trees.")
    City.objects.update(official_domain="ammancity.gov.jo", names={"ar": "عمّان"}, kind="county")
    load(folder, overwrite=True)
    practice.refresh_from_db()
    assert practice.title == "Parks for all"
    assert practice.archived_at and practice.what_did_not_work == "Too few trees."
    assert [one.title for one in practice.sources.all()] == ["A report", "Census"]
    assert practice.figures.get().source == source
    city = City.objects.get()
    assert (city.kind, city.official_domain, city.names) == ("city", "ammancity.gov.jo", {"ar": "عمّان"})
    assert "عمّان" in city.keywords


@pytest.mark.django_db
def test_languages_without_a_name_of_the_city_are_filled_and_a_name_chosen_here_stays(folder):
    write(folder, cities=[TOWN | {"names": {"fr": "Amman", "ar": "عَمّان"}}])
    load(folder)
    City.objects.update(names={"ar": "عمّان"})
    assert "1 cities (all replaced)" in load(folder)
    city = City.objects.get()
    assert city.names == {"fr": "Amman", "ar": "عمّان"} and "عمّان" in city.keywords
    assert "1 cities (all unchanged)" in load(folder)
    load(folder, overwrite=True)
    assert City.objects.get().names == {"fr": "Amman", "ar": "عمّان"}


@pytest.mark.django_db
def test_saving_codes_in_another_order_is_no_edit(folder):
    load(folder)
    Practice.objects.update(themes=["participation", "social-cohesion"], populations=["host-community", "refugees"])
    assert "1 practices (all unchanged)" in load(folder)


@pytest.mark.django_db
def test_a_city_whose_address_was_changed_here_is_the_same_city(folder):
    load(folder)
    City.objects.update(slug="greater-amman-jo")
    assert "1 cities (all unchanged), 1 practices (all unchanged)" in load(folder)
    assert City.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fate", [{"moved_to": "/practices/renamed/"}, {"reason": "The city asked us to."}])
def test_what_was_renamed_or_withdrawn_here_does_not_come_back(folder, fate):
    load(folder)
    Practice.objects.all().delete()
    FormerAddress.objects.update_or_create(
        path="/practices/parks-amman/", defaults={"moved_to": "", "reason": ""} | fate
    )
    assert "1 practices (all retired)" in load(folder, overwrite=True)
    assert not Practice.objects.exists()
