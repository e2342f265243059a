"""The image that others see when a practice is shared."""

from io import BytesIO
from itertools import dropwhile, takewhile

import pytest
from PIL import Image, ImageChops

from practices.entries.share_card import HEIGHT, MARGIN, NIGHT, SUN, WIDTH, draw
from tests.modules import seconds

LONG = "A one-stop welcome centre where newcomers, neighbours and 14 city offices plan together"
ARABIC = "أمهات الحي: نساء من العائلات المهاجرة يزرن عائلات أخرى في بيوتها"
JAPANESE = "難民とともに生きるまち"


def opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


def bright(image, box=(0, 130, WIDTH, 500)):
    """Where in `box` (by default, the title's part of the card) something is as light as the text: left, top, …"""
    return image.crop(box).convert("L").point(lambda value: 255 if value > 150 else 0).getbbox()


@pytest.mark.parametrize(
    ("title", "place", "language"),
    [
        (LONG, "Berlin, Germany", "en"),
        ("Neighbourhood Mothers", "Berlin, Germany", "en"),
        (ARABIC, "عمّان، الأردن", "ar"),
        (JAPANESE, "広島", "ja"),
        ("", "", "en"),
        ("🎉🎉", "🏙️", "fr"),
        ("\x00\ud800\u202e\ufffe", "\x00", "en"),
        ("Everyone is welcome here, and we mean it: " * 12, "Llanfairpwllgwyngyll " * 40, "en"),
        ("W" * 500, "W" * 500, "en"),
        ("م" * 500, "م " * 250, "ar"),
        ("a", "b", "no-such-language"),
    ],
)
def test_any_text_makes_a_light_png_of_the_right_size_with_free_margins(title, place, language):
    png = draw(title, place, kind_label=title, language=language)
    assert png.startswith(b"\x89PNG") and len(png) < 60_000
    image = opened(png)
    assert image.size == (1200, 630)
    left, top, right, bottom = bright(image, (0, 0, WIDTH, HEIGHT))
    assert left >= MARGIN - 4 and right <= WIDTH - MARGIN + 4
    assert top >= MARGIN - 24 and bottom <= HEIGHT - MARGIN + 16


def test_a_short_title_is_set_larger_than_a_long_one():
    def height_of_the_first_letter(title):
        image = opened(draw(title, ""))
        left, top, _, _ = bright(image)
        column = image.convert("L").crop((left + 3, 130 + top, left + 4, 500)).tobytes()
        stem = dropwhile(lambda value: value < 150, column)
        return sum(1 for _ in takewhile(lambda value: value >= 150, stem))

    assert height_of_the_first_letter("Help") > 1.3 * height_of_the_first_letter("Help " + "everyone " * 11)


def test_the_title_starts_at_the_left_in_english():
    left, _, right, _ = bright(opened(draw("Mothers", "")))
    assert left < MARGIN + 20 and right < WIDTH / 2


def test_the_title_starts_at_the_right_in_arabic():
    left, _, right, _ = bright(opened(draw("أمهات", "", language="ar")))
    assert right > WIDTH - MARGIN - 20 and left > WIDTH / 2


def test_an_untranslated_title_keeps_to_the_side_of_the_page():
    left, _, right, _ = bright(opened(draw("Mothers", "", language="ar")))
    assert right > WIDTH - MARGIN - 20 and left > WIDTH / 2


def test_the_name_of_the_site_is_in_the_language_of_the_card():
    head = (0, 40, WIDTH, 130)
    arabic, english = (bright(opened(draw("", "", language=language)), head) for language in ("ar", "en"))
    assert arabic[2] > WIDTH - MARGIN - 110 and english[0] < MARGIN + 110
    assert arabic[2] - arabic[0] < english[2] - english[0]  # two short words and no line of Latin letters


def test_a_title_in_a_script_without_a_font_gives_way_to_a_greeting():
    assert draw(JAPANESE, "Hiroshima, Japan") == draw("難民", "Hiroshima, Japan")
    assert draw(JAPANESE, "Hiroshima, Japan") == draw(
        "What cities do to welcome people forced to flee", "Hiroshima, Japan"
    )


def test_a_very_long_title_is_shortened():
    text = "Everyone is welcome here, and we mean it: " * 12
    assert draw(text, "") == draw(text[:300], "") != draw(text[:60], "")


def test_the_place_and_the_kind_are_drawn_only_when_given():
    bare = opened(draw("Mothers", ""))
    placed = ImageChops.difference(bare, opened(draw("Mothers", "Berlin")))
    assert placed.point(lambda value: 255 if value > 60 else 0).getbbox()[1] > HEIGHT - MARGIN - 40
    labelled = opened(draw("Mothers", "", kind_label="Practice"))
    assert SUN not in colours(bare.crop((0, 130, WIDTH, 500)))
    assert SUN in colours(labelled.crop((0, 130, WIDTH, 500)))


def colours(image):
    return {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in image.getcolors(WIDTH * HEIGHT)}


def test_the_palette_keeps_the_sites_colours():
    assert {NIGHT, SUN, "#c2410c"} <= colours(opened(draw("Mothers", "Berlin", kind_label="Practice")))


def test_the_same_words_give_the_same_bytes():
    assert draw(LONG, "Berlin") == draw(LONG, "Berlin")


def test_a_card_is_drawn_while_one_waits():
    draw("Mothers", "Berlin")
    assert min(seconds(lambda: draw(LONG, "Berlin, Germany", kind_label="Practice")) for _ in range(5)) < 0.15
