"""The starter files: 136 signatures stated in a source, dated no more exactly than the source allows."""

import json
import shutil
from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from pledges.loading.dates import read_dates
from pledges.models import Milestone, Signature, SignatureEvent, SignatureSource, StatementVersion
from pledges.vocabularies import Origin, State
from practices.models import City, Membership
from tests.pledges.signers import a_curator, a_verified, a_version

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


def read(name):
    return [json.loads(line) for line in (FIXTURES / name).read_text("utf-8").splitlines()]


@pytest.fixture
def whole_folder(tmp_path):
    """A copy of the starter files, to be spoilt."""
    return shutil.copytree(FIXTURES, tmp_path / "fixtures")


@pytest.fixture
def folder(whole_folder):
    """The same without practices: loading them is most of the work, and no signature asks for one."""
    for name in ("practices", "guides", "needs", "deeds", "documents"):
        (whole_folder / f"{name}.jsonl").write_text("")
    shutil.rmtree(whole_folder / "translations")
    return whole_folder


def spoil(folder, name, line, **fields):
    """Changes fields of one line (counted from 1); None takes a field away."""
    lines = (folder / name).read_text("utf-8").splitlines()
    values = json.loads(lines[line - 1]) | fields
    lines[line - 1] = json.dumps({key: value for key, value in values.items() if value is not None})
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


def load(**options):
    """Loads the starter files, or those of another ``folder``; the gazetteer has tests of its own."""
    call_command("load_directory", verbosity=0, without_places=True, **options)


def problems(folder):
    """What a load of this folder complains about, line by line; it must save nothing."""
    with pytest.raises(CommandError) as refused:
        load(folder=folder)
    assert not Signature.objects.exists() and not StatementVersion.objects.exists() and not City.objects.exists()
    return str(refused.value).splitlines()[1:]


# --- dates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed_on", "said", "expected"),
    [
        (date(2018, 6, 20), "signed by the mayor", ("day", date(2018, 6, 20), None)),
        (None, "on or before 2018-06-20 (among the first)", ("before", date(2018, 6, 20), None)),
        (None, "one of the first, before 2019-06-20 (UNHCR release)", ("before", date(2019, 6, 20), None)),
        (None, "announced on 2018-12-14; named before 2019-03-04", ("before", date(2019, 3, 4), None)),
        (None, "between 2024-01-29 and 2025-05-18; number 16", ("between", date(2025, 5, 18), date(2024, 1, 29))),
        (None, "undated copy of the list; not before 2018", ("unknown", None, date(2018, 1, 1))),
        (None, "not before 2018-06-20", ("unknown", None, None)),
        (None, "signing ceremony announced for 2023-06-27", ("unknown", None, None)),
        (None, "reported on 2020-02-18: the mayor wrote that the city would sign", ("unknown", None, None)),
        (None, "named shortly before a World Refugee Day", ("unknown", None, None)),
        (None, "", ("unknown", None, None)),
    ],
)
def test_a_date_is_read_no_more_exactly_than_it_is_said(signed_on, said, expected):
    found = read_dates(signed_on, said)
    assert (found["precision"], found["signed_on"], found["not_before"]) == expected


@pytest.mark.parametrize(
    "said",
    [
        "before 2018-02-31",
        "between 2025-05-18 and 2024-01-29",
        "before 1965-06-20",
        "on or before 2130-06-20",
        "between 2018-01-01 and 2019-01-01",
        "not before 1965",
        "not before 2130",
    ],
)
def test_impossible_days_are_not_read(said):
    with pytest.raises(ValueError, match=r"after|day|between"):
        read_dates(None, said)


@pytest.mark.parametrize(
    ("day", "said"), [("2130-06-20", "2130-06-20 is still to come"), ("1965-06-20", "1965-06-20 is before 2018-06-20")]
)
def test_a_day_on_which_nobody_can_have_signed_is_refused(folder, day, said):
    spoil(folder, "signatories.jsonl", 4, signed_on=day)
    spoil(folder, "milestones.jsonl", 1, on=day)
    [milestone, signature] = sorted(problems(folder))
    assert said in milestone and said in signature


# --- what a load leaves ------------------------------------------------------------------


def test_every_signatory_is_stated_in_its_sources(starter):
    rows = read("signatories.jsonl")
    signatures = Signature.objects.public().prefetch_related("sources").select_related("city")
    found = {(one.city.name, one.city.country): [source.url for source in one.sources.all()] for one in signatures}
    assert found == {(row["city"], row["country"]): [source["url"] for source in row["sources"]] for row in rows}
    assert len(found) == 136
    assert {one.standing.value for one in signatures} == {"stated"}
    assert SignatureSource.objects.count() == sum(len(row["sources"]) for row in rows)


def test_the_dates_are_as_well_known_as_the_file_says(starter):
    found = Counter(Signature.objects.values_list("precision", flat=True))
    assert found == {"unknown": 66, "before": 53, "day": 12, "between": 5}
    exact = {row["city"]: row["signed_on"] for row in read("signatories.jsonl") if row["signed_on"]}
    days = Signature.objects.filter(precision="day").values_list("city__name", "signed_on")
    assert {name: str(day) for name, day in days} == exact


def test_every_signatorys_city_shows_it_and_no_other_does(starter):
    assert set(City.objects.signed()) == {signature.city for signature in Signature.objects.select_related("city")}


def test_no_mayors_name_is_kept(starter):
    named = [row["mayor"] for row in read("signatories.jsonl") if row.get("mayor")]
    assert named
    columns = [field.attname for field in Signature._meta.concrete_fields]
    kept = str(list(Signature.objects.values_list(*columns)))
    assert [name for name in named if name in kept] == []


def test_networks_are_joined_with_the_source_that_says_so(starter):
    members = Membership.objects.filter(network__slug="metropolis")
    [told] = [network["members"] for network in read("networks.jsonl") if network["slug"] == "metropolis"]
    signed = [row["city"] for row in read("signatories.jsonl") if "Metropolis" in row.get("network", [])]
    joined = dict(members.values_list("city__name", "source_url"))
    known = set(City.objects.values_list("name", flat=True))
    assert set(joined) == {*signed, *(member["city"] for member in told)} & known
    assert {joined[name] for name in signed} == {"https://www.metropolis.org/news/metropolises-standing-withrefugees"}


def test_the_milestones_say_how_exact_they_are(starter):
    told = [(one.wording, one.date_text, one.countries_in_words) for one in Milestone.objects.in_order()]
    assert told[:2] == [("55", "20 June 2018", ""), ("about 175", "20 June 2019", "in 50 countries")]
    assert told[-1] == ("310", "end of November 2025", "in 59 countries")
    assert len(told) == 17
    assert all(one.source_publisher for one in Milestone.objects.all())


def test_the_statement_has_seven_clauses_and_says_whose_wording_it_is(starter):
    version = StatementVersion.objects.current("en")
    assert [clause.code for clause in version.clauses.all()] == [
        "welcome", "services", "voice", "work-and-learning", "host-communities", "facts", "learning",
    ]  # fmt: skip
    assert "directory’s own wording" in version.note and "not UNHCR’s text" in version.note


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt"])
def test_the_newest_version_is_translated_clause_by_clause_and_the_first_is_not(starter, language):
    english, translated = StatementVersion.objects.current("en"), StatementVersion.objects.current(language)
    assert (translated.language, translated.number, english.number) == (language, 3, 3)
    assert str(translated.valid_from) == "2026-11-29" and translated.sha256 != english.sha256
    pairs = zip(english.clauses.all(), translated.clauses.all(), strict=True)
    assert all(one.code == other.code and one.promise != other.promise for one, other in pairs)
    assert len(translated.preamble.split("\n\n")) == len(english.preamble.split("\n\n"))
    assert set(StatementVersion.objects.filter(number=1).values_list("language", flat=True)) == {"en"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("l’aide d’une machine", "personne n’a encore relue", "le texte anglais qui fait foi")),
        ("es", ("ayuda de una máquina", "nadie ha revisado todavía", "decide el texto en inglés")),
        ("ar", ("بمساعدة آلة", "ولم يراجعها أحد بعد", "والنص الإنجليزي هو المرجع")),
        ("pt", ("ajuda de uma máquina", "ainda ninguém reviu", "decide o texto em inglês")),
    ],
)
def test_a_translation_says_how_it_was_made_and_that_the_english_text_decides(starter, language, words):
    note = StatementVersion.objects.current(language).note
    assert all(part in note for part in words)


# --- again ---------------------------------------------------------------------------------


def test_a_second_load_changes_nothing(starter):
    tables = (Signature, SignatureSource, SignatureEvent, Milestone, StatementVersion, Membership)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    load()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_withdrawn_signature_is_never_brought_back(starter):
    Signature.objects.get(city__slug="warsaw-pl").withdraw()
    load(overwrite=True)
    assert not Signature.objects.public().filter(city__slug="warsaw-pl").exists()
    assert not City.objects.get(slug="warsaw-pl").is_signed


def test_a_superseded_signature_is_never_brought_back(starter):
    old = Signature.objects.get(city__slug="warsaw-pl")
    old.supersede(a_curator(), new := a_verified(city=old.city))
    load(overwrite=True)
    assert list(Signature.objects.public().filter(city__slug="warsaw-pl")) == [new]


def test_history_does_not_join_a_city_that_signed_here(folder):
    a_version(number=7)  # the file has the first two
    city = City.objects.create(name="Warsaw", country="PL", official_domain="um.warszawa.pl")
    new = a_verified(city=city)
    new.publish(a_curator())
    load(folder=folder)
    assert list(Signature.objects.for_city(city)) == [new]


def test_what_was_edited_here_is_kept_unless_it_is_to_be_replaced(starter):
    Signature.objects.filter(city__slug="warsaw-pl").update(signed_by="Checked in the archive.")
    load()
    assert Signature.objects.get(city__slug="warsaw-pl").signed_by == "Checked in the archive."
    load(overwrite=True)
    assert Signature.objects.get(city__slug="warsaw-pl").signed_by == "signed by the mayor on World Refugee Day 2018"
    assert SignatureSource.objects.filter(signature__city__slug="warsaw-pl").count() == 2


def test_a_changed_statement_is_refused_in_place_and_welcome_as_a_new_version(whole_folder, starter):
    folder = whole_folder
    spoil(folder, "statement.jsonl", 1, title="Another title")
    with pytest.raises(CommandError, match=r"statement.jsonl line 1: version 1 in 'en' is valid with another text"):
        load(folder=folder)
    spoil(folder, "statement.jsonl", 1, number=4, valid_from="2026-11-29")
    load(folder=folder)
    assert StatementVersion.objects.current("en").title == "Another title"
    assert StatementVersion.objects.filter(language="en").count() == 4


# --- bad rows ----------------------------------------------------------------------------------


def test_every_bad_row_is_named_and_nothing_is_saved(folder):
    spoil(folder, "signatories.jsonl", 2, city="Nowhere")
    spoil(folder, "signatories.jsonl", 3, sources=[])
    spoil(folder, "signatories.jsonl", 4, signed_on="20 June 2018")
    spoil(folder, "signatories.jsonl", 5, signed_by="before 2018-02-31")
    spoil(folder, "signatories.jsonl", 6, city="Berlin", country="DE")
    spoil(folder, "signatories.jsonl", 7, signed_bye="x")
    spoil(folder, "milestones.jsonl", 1, count=0)
    spoil(folder, "milestones.jsonl", 2, source_url="javascript:alert(1)")
    spoil(folder, "milestones.jsonl", 3, on=None)
    spoil(folder, "statement.jsonl", 1, valid_from=None, closing="")
    found = problems(folder)
    assert [line.partition(":")[0] for line in found] == [
        "statement.jsonl line 1",
        "statement.jsonl line 1",
        "milestones.jsonl line 1",
        "milestones.jsonl line 2",
        "milestones.jsonl line 3",
        "signatories.jsonl line 2",
        "signatories.jsonl line 3",
        "signatories.jsonl line 4",
        "signatories.jsonl line 5",
        "signatories.jsonl line 7",
        "signatories.jsonl line 9",
    ]
    assert "city 'berlin-de' stands on line 6 already" in found[-1]


def test_two_clauses_with_one_code_are_refused(folder):
    clause = {"code": "welcome", "title": "Welcome", "promise": "We welcome."}
    spoil(folder, "statement.jsonl", 1, clauses=[clause, clause])
    assert problems(folder) == ["statement.jsonl line 1: has two clauses with the same code"]


def test_a_folder_without_the_pledges_files_is_loaded_as_well(folder):
    for name in ("statement", "milestones", "signatories"):
        (folder / f"{name}.jsonl").unlink()
    load(folder=folder)
    assert not Signature.objects.exists() and City.objects.count() == 289


def test_a_version_written_here_stays_beside_those_of_the_file(folder):
    here = a_version(number=7)
    load(folder=folder)
    assert set(StatementVersion.objects.values_list("number", flat=True)) == {1, 2, 3, 7}
    assert (
        here.signatures.count() == Signature.objects.filter(origin=Origin.ONLINE).in_state(State.DRAFTED).count() == 0
    )
