"""Print in any script: a name is written whole by typefaces that have every letter, or not at all."""

import io
from collections import Counter
from unicodedata import category

import pytest
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont

from citysolidarity.drawing.typefaces import (
    FAMILIES,
    FOLDERS,
    HEADING,
    NOTO,
    TEXT,
    can_write,
    further_for,
    instance,
    letters,
    variable,
)
from citysolidarity.forms.scripts import script_of
from citysolidarity.management.commands.build_typefaces import cut, of_places
from practices.cities.own_names import FILE, lines_of
from practices.search.place_names import HOME_OF


@pytest.fixture(scope="module")
def names():
    """``(script, name)`` for each name of the gazetteer in Latin letters or in a script of its country."""
    from django.conf import settings

    return [
        (script, name)
        for _key, country, first, _near, _region, _latitude, _longitude, _people, further in lines_of(
            (settings.BASE_DIR / "fixtures" / FILE).read_bytes()
        )
        for name in (first, *(pair.partition(":")[2] for pair in further.split("|")))
        if (script := script_of(name)) == "Latn" or country in HOME_OF.get(script, "").split()
    ]


def test_no_letter_of_the_gazetteer_is_ever_a_box(names):
    """What is not refused has each letter in the families named; all but very few names are not refused."""
    seen, refused = Counter(), Counter()
    for script, name in names:
        further = further_for(name, HEADING)
        seen[script] += 1
        if further is None:
            refused[script] += 1
        else:
            here = {family: letters(family) for family in (HEADING, *further)}
            assert all(
                char.isspace() or category(char) == "Cf" or any(ord(char) in one for one in here.values())
                for char in name
            ), name
    assert set(seen) == {"Latn", "Grek", *HOME_OF}
    assert {script: count for script, count in refused.items() if count * 200 > seen[script]} == {}


@pytest.mark.parametrize(
    ("name", "language", "family"),
    [
        ("広島市", "ja", "noto-jp"), ("上海市", "zh", "noto-sc"), ("臺北市", "zh-Hant", "noto-tc"), ("서울", "ko", "noto-kr"),
        ("上海市", "", "noto-jp"), ("臺北市", "ja", "noto-tc"), ("کراچی", "ur", "noto-arabic"), ("عمّان", "ar", "arabic"),
        ("תל אביב", "he", "noto-hebrew"), ("กรุงเทพ", "th", "noto-thai"), ("चेन्नई", "hi", "noto-devanagari"),
        ("തിരുവനന്തപുരം", "ml", "noto-malayalam"), ("Bến Tre", "", "noto-vietnamese"),
    ],
)  # fmt: skip
def test_a_script_is_set_in_one_family_in_the_form_of_its_language(name, language, family):
    assert further_for(name, HEADING, language) == [family]


def test_the_zero_of_texts_has_no_stroke():
    """A ring is drawn by two contours; the stroke of the typeface's own zero makes them three or more."""
    text, heading = (TTFont(io.BytesIO(instance(family))) for family in (TEXT, HEADING))
    assert text["glyf"]["zero"].numberOfContours == heading["glyf"]["zero"].numberOfContours == 2
    assert variable(TEXT)["glyf"]["zero"].numberOfContours != 2


def test_what_only_joins_letters_needs_no_typeface():
    assert further_for("Ankara\u200d", HEADING) == []
    assert further_for("ශ්\u200dරී", TEXT) == ["noto-sinhala"]


@pytest.mark.parametrize("name", ["ཐིམ་ཕུ", "ᠤᠯᠠᠭᠠᠨ", "広島 ᚠ", "☃", ""])
def test_a_script_without_a_typeface_is_not_written(name):
    assert not can_write(name)


def test_each_typeface_is_there_with_its_licence_and_none_is_heavy():
    files = {file.name for file in FOLDERS[1].glob("*.woff2")}
    assert files == {FAMILIES[f"noto-{script}"][0] for script in NOTO}
    assert max(file.stat().st_size for file in FOLDERS[1].iterdir()) < 1_000_000
    assert "SIL OPEN FONT LICENSE" in (FOLDERS[1] / "OFL.txt").read_text("utf-8")


def test_a_typeface_is_cut_to_some_letters_and_always_the_same():
    whole = (FOLDERS[1] / FAMILIES["noto-thai"][0]).read_bytes()
    small = cut(whole, "กรุงเทพ")
    assert set(TTFont(io.BytesIO(small)).getBestCmap()) == set(map(ord, "กรุงเทพ"))
    assert len(small) < len(whole) and small == cut(whole, "กรุงเทพ")


def test_the_characters_of_the_gazetteer_are_in():
    assert {"広", "島"} <= set(of_places({"JP"})) <= {*map(chr, range(0x30000))}
    assert "広" not in set(of_places({"TW"}))


def test_a_missing_package_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"noto-sans-arabic-arabic-500-normal\.woff2 is missing"):
        call_command("build_typefaces", tmp_path, output=tmp_path)
