"""The gazetteer's file becomes the places that forms choose from: once, and again only when the file is another."""

import lzma

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from practices.loading.places import BadPlaces, load_places, read_places
from practices.models import Place

pytestmark = pytest.mark.django_db


def write(folder, *lines):
    (folder / "places.csv.xz").write_bytes(lzma.compress("\n".join(lines).encode()))


def test_a_second_load_writes_nothing_and_a_lost_table_is_filled_again(settings):
    folder = settings.BASE_DIR / "fixtures"
    assert load_places(folder) > 30_000
    assert load_places(folder) == 0
    Place.objects.all().delete()
    assert load_places(folder) > 30_000


def test_searches_need_not_wait_until_postgresql_looks_at_what_was_loaded(settings):
    """Its indexes have nothing left to sort in, and it knows how many places there are."""
    number = load_places(settings.BASE_DIR / "fixtures")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'practices_place'::regclass")
        assert cursor.fetchone()[0] == pytest.approx(number, rel=0.02)
        cursor.execute("""
            SELECT pg_class.relname, gin_clean_pending_list(pg_class.oid)
            FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
            WHERE indrelid = 'practices_place'::regclass AND amname = 'gin'
        """)
        found = cursor.fetchall()
    assert found and not any(pages for _index, pages in found)


def test_another_file_takes_the_place_of_the_first(tmp_path):
    write(tmp_path, "1,GR,Athens,,Attica|I,37.98,23.73,664046,el:Αθήνα|fr:Athènes")
    assert load_places(tmp_path) == 1
    write(tmp_path, "2,JO,Amman,,,31.95,35.94,1275857,")
    assert load_places(tmp_path) == 1
    assert [str(place) for place in Place.objects.all()] == ["Amman, Jordan"]


@pytest.mark.parametrize("line", ["1,GR,Athens", "x,GR,Athens,,,1,2,3,", "1,GR,Athens,,,north,2,3,"])
def test_a_bad_line_is_named_and_nothing_is_lost(tmp_path, line):
    write(tmp_path, "1,GR,Athens,,,37.98,23.73,664046,")
    load_places(tmp_path)
    write(tmp_path, "2,JO,Amman,,,31.95,35.94,1275857,", line)
    with pytest.raises(CommandError, match=r"Nothing was loaded\. places\.csv\.xz, line 2"):
        call_command("load_gazetteer", folder=tmp_path)
    assert [str(place) for place in Place.objects.all()] == ["Athens, Greece"]


def test_a_file_that_is_no_archive_says_so():
    with pytest.raises(BadPlaces, match="cannot be unpacked"):
        list(read_places(b"not packed"))


def test_a_folder_without_places_is_left_alone(tmp_path):
    assert load_places(tmp_path) == 0
