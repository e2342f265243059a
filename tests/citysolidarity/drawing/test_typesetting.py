"""Text in images: nothing garbled, nothing out of order, nothing over the edge."""

import pytest

from citysolidarity.drawing.typesetting import (
    HEADING,
    SHAPES,
    TEXT,
    Typeface,
    printable,
    reads_from_right,
    runs,
    shortened,
    width,
    wrap,
)

ROOM = 600


def seen(line):
    return [(run.text, run.direction) for run in runs(line, HEADING)]


def test_arabic_letters_can_be_joined_here():
    assert SHAPES, "FriBiDi is missing: install the system's library libfribidi0"


def test_joined_arabic_letters_take_less_room_than_single_ones():
    assert width("مرحبا", HEADING, 64) < sum(width(letter, HEADING, 64) for letter in "مرحبا")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Neukölln, Łódź, Iğdır", "Neukölln, Łódź, Iğdır"),
        ("  two\n words\t ", "two words"),
        ("safe \x00\u202e\ud800place", "safe place"),
        ("Fun 🎉 for all 🙂", "Fun for all"),
        ("e\u0301cole", "école"),
        ("Huế, ﬁne", "Hue, fine"),
        ("أمهات الحي", "أمهات الحي"),
        ("難民とともに", ""),
        ("Welcome to Київ", ""),
        ("🎉", ""),
        ("", ""),
    ],
)
def test_text_is_drawn_whole_or_not_at_all(text, drawn):
    assert printable(text, HEADING) == printable(text, TEXT) == drawn


def test_arabic_counts_as_missing_where_no_font_can_draw_it():
    latin_only = Typeface(HEADING.files[:2], 700)
    assert printable("Amman عمّان", latin_only) == ""


def test_latin_words_in_an_arabic_line_stand_in_reading_order_from_the_right():
    assert seen("نساء (UNHCR 2018) معا") == [
        ("معا", "rtl"),
        (") ", "rtl"),
        ("UNHCR 2018", "ltr"),
        ("(", "rtl"),
        ("نساء ", "rtl"),
    ]


def test_a_mark_of_direction_brings_a_sign_to_its_word():
    line = printable("وقّعت \u200e#WithRefugees", HEADING)
    assert seen(line) == [("\u200e#WithRefugees", "ltr"), ("وقّعت ", "rtl")]
    assert width(line, HEADING, 40) == pytest.approx(width(line.replace("\u200e", ""), HEADING, 40), abs=1)
    assert printable("Amman\u200e", HEADING) == "Amman"


def test_digits_of_texts_are_those_of_headings_since_their_zero_has_no_stroke():
    assert {run.file for run in runs("2018", TEXT)} == {HEADING.files[0]}
    assert {run.file for run in runs("In 2018", TEXT)} == {HEADING.files[0], TEXT.files[0]}


def test_arabic_words_in_a_latin_line_stand_in_reading_order_from_the_left():
    assert seen("In عمّان, today") == [("In ", "ltr"), ("عمّان", "rtl"), (", today", "ltr")]


def test_two_fonts_in_one_arabic_phrase_are_read_from_the_right():
    assert seen("Say أهلا-وسهلا now") == [
        ("Say ", "ltr"), ("وسهلا", "rtl"), ("-", "rtl"), ("أهلا", "rtl"), (" ", "ltr"), ("now", "ltr"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "from_right"),
    [
        ("IDNYC، بطاقة الهوية", "ar", True),
        ("IDNYC، بطاقة الهوية", "", False),
        ("197 ممارسة", "", True),
        ("2018–2021", "ar", True),
        ("2018–2021", "", False),
        ("https://example.org/", "ar", False),
        ("Amman", "ar", False),
        ("עברית עם UNHCR", "he-IL", True),
        ("Homes in عمّان", "en", False),
        ("", "ar", True),
        ("", "en", False),
    ],
)
def test_a_text_begins_where_its_language_does_unless_all_its_letters_are_of_the_other_direction(
    text, language, from_right
):
    assert reads_from_right(text, language) is from_right


def test_a_latin_name_at_the_head_of_an_arabic_line_stands_at_its_right():
    line = runs("UNHCR معا", HEADING, "ar")
    assert [(run.text, run.direction) for run in line] == [("معا", "rtl"), (" ", "rtl"), ("UNHCR", "ltr")]


def test_no_letter_is_lost_between_the_runs():
    for line in ("Łódź – İzmir 2019", "نساء (UNHCR 2018) معا", "50% of معا", "…", "1984"):
        assert sorted("".join(run.text for run in runs(line, HEADING))) == sorted(line)


def test_wrapped_lines_fit_and_are_about_equally_long():
    text = "Newcomers and neighbours plan the public square together in one year"
    lines = wrap(text, HEADING, 48, ROOM)
    assert " ".join(lines) == text
    lengths = [width(line, HEADING, 48) for line in lines]
    assert len(lines) > 2 and max(lengths) <= ROOM
    assert lengths[-1] > max(lengths) / 2


def test_a_word_longer_than_the_line_is_broken_not_cut():
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    lines = wrap(word, HEADING, 60, ROOM)
    assert "".join(lines) == word
    assert max(width(line, HEADING, 60) for line in lines) <= ROOM


def test_a_line_too_long_ends_after_a_word_with_an_ellipsis():
    line = shortened("Housing for people who arrive, and for all of the others", HEADING, 48, ROOM)
    assert line == "Housing for people who…"
    assert width(line, HEADING, 48) <= ROOM


def test_a_single_word_too_long_ends_after_a_letter_with_an_ellipsis():
    line = shortened("X" * 200, HEADING, 48, ROOM)
    assert line.endswith("X…") and width(line, HEADING, 48) <= ROOM
