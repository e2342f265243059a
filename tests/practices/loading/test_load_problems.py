"""A directory with a bad row: nothing is saved, and every bad row is named in plain words."""

import json

import pytest
from django.core.management import CommandError
from django.utils import timezone

from practices.models import City, Practice
from tests.folders import ENTRY, TOWN, everything, load, problems, write
from tests.modules import within

pytestmark = pytest.mark.django_db


def test_one_bad_row_of_500_and_nothing_is_saved(tmp_path):
    cities = [{"name": f"Town {number}", "country": "GB"} for number in range(1, 501)]
    entries = [
        ENTRY | {"slug": f"entry-{number}", "city": f"Town {number}", "country": "UKK" if number == 213 else "GB"}
        for number in range(1, 501)
    ]
    write(tmp_path, cities=cities, practices=entries)
    assert problems(tmp_path) == ["practices.jsonl line 213: country 'UKK' is unknown"]
    entries[212]["country"] = "GB"
    write(tmp_path, practices=entries)
    output = within(10, lambda: load(tmp_path))
    assert "500 cities (all new), 500 practices (all new), 500 sources (all new)" in output


def test_a_bad_row_leaves_what_was_there_before(folder):
    load(folder)
    before = everything()
    write(folder, practices=[ENTRY | {"title": "New", "slug": "new"}, ENTRY | {"slug": "wrong", "status": "paused"}])
    with pytest.raises(CommandError, match="line 2: status 'paused' is unknown"):
        load(folder, overwrite=True)
    assert everything() == before


def test_all_bad_rows_are_listed_at_once_in_the_order_of_the_files(tmp_path):
    write(
        tmp_path,
        cities=[
            TOWN | {"country": "JOR"},
            {"name": "Irbid", "country": "JO", "population": -1},
            b"{",
            {"name": "Aqaba", "country": "JO"},
        ],
        practices=[
            ENTRY | {"slug": "one", "city": "Irbid"},
            ENTRY | {"slug": "two", "city": "Aqaba", "started": "2015", "sdgs": [18]},
            b"",
            ENTRY | {"slug": "three", "city": "Zarqa"},
        ],
    )
    assert problems(tmp_path) == [
        "cities.jsonl line 1: country 'JOR' is unknown",
        "cities.jsonl line 2: population -1 is not between 0 and 2147483647",
        "cities.jsonl line 3: is not JSON (Expecting property name enclosed in double quotes at character 2)",
        "practices.jsonl line 2: Sustainable Development Goal 18 is unknown",
        "practices.jsonl line 2: started '2015' is not a whole number",
        "practices.jsonl line 4: city 'Zarqa' (JO) is not in cities.jsonl",
    ]


SOURCE = ENTRY["sources"][0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slug": None}, "slug is missing"),
        ({"slug": "Parks Amman"}, "slug 'Parks Amman' is not made of small letters, digits and hyphens"),
        ({"slug": "é"}, "slug 'é' is not made of small letters, digits and hyphens"),
        ({"slug": "x" * 81}, "slug has 81 characters; 80 are allowed"),
        ({"title": ""}, "title is missing"),
        ({"title": "   "}, "title is missing"),
        ({"title": 7}, "title 7 is not text"),
        ({"title": "Parks\nfor all"}, "title goes over several lines"),
        ({"summary": None}, "summary is missing"),
        ({"summary": "é" * 281}, "summary has 281 characters; 280 are allowed"),
        ({"summary": "M\ufffdnchen"}, "summary holds \ufffd, where a letter was lost in copying"),
        (
            {"started": 2099, "status": "unknown"},
            f"started 2099 is still far away: {timezone.localdate().year + 1} at the latest",
        ),
        ({"lessons": ["one"]}, "lessons ['one'] is not text"),
        ({"country": "UKK"}, "country 'UKK' is unknown"),
        ({"country": "jo"}, "country 'jo' is unknown"),
        ({"country": None}, "country is missing"),
        ({"city": None}, "city is missing"),
        ({"city": "Ammann"}, "city 'Ammann' (JO) is not in cities.jsonl"),
        ({"themes": []}, "themes is missing"),
        ({"themes": "housing"}, "themes is not a list"),
        ({"themes": ["houses"]}, "theme 'houses' is unknown"),
        ({"themes": ["housing", "housing"]}, "theme 'housing' stands there twice"),
        ({"themes": ["housing", "health", "rights", "welcome"]}, "has 4 themes; one to three are allowed"),
        ({"themes": [{"a": 1}]}, "theme {'a': 1} is unknown"),
        ({"beneficiaries": ["everyone"]}, "beneficiary 'everyone' is unknown"),
        ({"instrument": None}, "instrument is missing"),
        ({"instrument": "law"}, "instrument 'law' is unknown"),
        ({"context": ["war"]}, "context 'war' is unknown"),
        ({"status": "paused"}, "status 'paused' is unknown"),
        ({"gcr_objectives": [5]}, "Global Compact objective 5 is unknown"),
        ({"sdgs": [0]}, "Sustainable Development Goal 0 is unknown"),
        ({"sdgs": [True]}, "Sustainable Development Goal True is unknown"),
        ({"started": "2015"}, "started '2015' is not a whole number"),
        ({"started": 2015.5}, "started 2015.5 is not a whole number"),
        ({"started": True}, "started True is not a whole number"),
        ({"started": 215}, "started 215 is not between 1900 and 2100"),
        ({"started": 2015, "ended": 2014, "status": "unknown"}, "ended in 2014, before it started in 2015"),
        ({"ended": 2020}, "is said to be ongoing and to have ended in 2020"),
        ({"partners": "UN"}, "partners is not a list"),
        ({"partners": ["UN", ""]}, "partners 2 is missing"),
        ({"partners": [None]}, "partners 1 is missing"),
        ({"funders": ["x" * 201]}, "funders 1 has 201 characters; 200 are allowed"),
        ({"sumary": "x"}, "field 'sumary' is unknown"),
        ({"sources": []}, "sources is missing"),
        ({"sources": None}, "sources is missing"),
        ({"sources": {"url": "x"}}, "sources is not a list"),
        ({"sources": ["https://example.org/"]}, "source 1 is not a record in braces { }"),
        ({"sources": [SOURCE | {"url": None}]}, "source 1: url is missing"),
        (
            {"sources": [SOURCE, SOURCE | {"url": "ftp://example.org/"}]},
            "source 2: url 'ftp://example.org/' does not start with http:// or https://",
        ),
        (
            {"sources": [SOURCE | {"url": "https://exa mple/"}]},
            "source 1: url 'https://exa mple/' is not an address on the web",
        ),
        ({"sources": [SOURCE | {"title": None}]}, "source 1: title is missing"),
        ({"sources": [SOURCE | {"year": 20}]}, "source 1: year 20 is not between 1900 and 2100"),
        ({"sources": [SOURCE | {"date": 2020}]}, "source 1: field 'date' is unknown"),
        ({"sources": [SOURCE, SOURCE]}, "source 2: is the same as one above"),
    ],
)
def test_a_bad_practice_is_named_in_plain_words(folder, change, said):
    write(folder, practices=[ENTRY | {"slug": "a-good-one"}, ENTRY | change])
    assert problems(folder) == [f"practices.jsonl line 2: {said}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": None}, "name is missing"),
        ({"name": "!!!"}, "name '!!!' makes no address"),
        ({"name": "x" * 121}, "name has 121 characters; 120 are allowed"),
        ({"kind": "village"}, "kind 'village' is unknown"),
        ({"latitude": None}, "latitude and longitude go together: one of them is missing"),
        ({"latitude": "31.9"}, "latitude '31.9' is not a number"),
        ({"latitude": 131.9}, "latitude 131.9 is not between -90 and 90"),
        ({"longitude": 1e400}, "longitude inf is not between -180 and 180"),
        ({"population": 10**30}, f"population {10**30} is not between 0 and 2147483647"),
        ({"population": 1.5}, "population 1.5 is not a whole number"),
        ({"geonames_id": 0}, "geonames_id 0 is not between 1 and 2147483647"),
        ({"mayor": "x"}, "field 'mayor' is unknown"),
    ],
)
def test_a_bad_city_is_named_in_plain_words(tmp_path, change, said):
    row = json.dumps(TOWN | change).replace("Infinity", "1e400").encode()
    write(tmp_path, cities=[{"name": "Irbid", "country": "JO"}, row], practices=[])
    assert problems(tmp_path) == [f"cities.jsonl line 2: {said}"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[]", "is not a record in braces { }"),
        (b"null", "is not a record in braces { }"),
        (b'{"name": "Amman", "country": "JO"', "is not JSON (Expecting ',' delimiter at character 34)"),
        (b'{"name": "Amman"} {}', "is not JSON (Extra data at character 19)"),
        (b'{"name": "Amm\xe4n"}', "is not UTF-8 (byte 14)"),
        (b'{"name": "Amman", "name": "Irbid"}', "field 'name' stands there twice"),
        (b'{"latitude": NaN}', "is not JSON (NaN is not a number there)"),
        (b"[" * 200_000, "is nested too deeply"),
        (b'{"population": ' + b"9" * 5_000 + b"}", "is not JSON (Exceeds the limit (4300 digits)"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path, line, said):
    write(tmp_path, cities=[line], practices=[])
    assert problems(tmp_path)[0].startswith(f"cities.jsonl line 1: {said}")


def test_a_record_that_stands_twice_is_named(folder):
    write(
        folder,
        cities=[TOWN, {"name": "Ammān", "country": "JO"}, TOWN | {"name": "Irbid"}],
        practices=[ENTRY, ENTRY | {"title": "Again"}],
    )
    assert problems(folder) == [
        "cities.jsonl line 2: address 'amman-jo' stands on line 1 already",
        "cities.jsonl line 3: GeoNames number 250441 stands on line 1 already",
        "practices.jsonl line 2: slug 'parks-amman' stands on line 1 already",
    ]


def test_a_geonames_number_that_another_city_has_here_is_named(folder):
    load(folder)
    City.objects.create(name="Irbid", country="JO", geonames_id=248946)
    write(folder, cities=[TOWN | {"geonames_id": 248946}])
    with pytest.raises(CommandError, match="line 1: GeoNames number 248946 belongs to irbid-jo here"):
        load(folder)


def test_a_missing_file_or_folder_is_named(folder):
    (folder / "practices.jsonl").unlink()
    assert problems(folder) == ["practices.jsonl: the file is missing"]
    (folder / "practices.jsonl").mkdir()
    assert problems(folder) == ["practices.jsonl: the file cannot be read (Is a directory)"]
    with pytest.raises(CommandError, match="There is no folder"):
        load(folder / "nowhere")


def test_what_the_editor_leaves_behind_does_no_harm(folder):
    """A byte-order mark, Windows line ends, blank lines, blanks at the ends, letters in two pieces."""
    town = json.dumps(TOWN | {"name": " Saida\u0301 "}, ensure_ascii=False)
    (folder / "cities.jsonl").write_bytes(b"\xef\xbb\xbf" + town.encode() + b"\r\n\r\n")
    write(folder, practices=[ENTRY | {"city": "Saidá"}])
    load(folder)
    assert City.objects.get().name == "Saidá"
    assert "1 cities (all unchanged), 1 practices (all unchanged)" in load(folder)


def test_missing_and_null_are_the_same(folder):
    bare = {
        name: ENTRY[name] for name in ("slug", "title", "city", "country", "summary", "themes", "instrument", "sources")
    }
    nothing = dict.fromkeys(
        ["area", "lessons", "context", "beneficiaries", "started", "ended", "status", "partners", "sdgs"]
    )
    write(folder, practices=[bare, bare | nothing | {"slug": "nulls"}])
    load(folder)
    for practice in Practice.objects.all():
        assert (practice.area, practice.contexts, practice.started, practice.status) == ("", [], None, "unknown")
