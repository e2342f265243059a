"""The model itself, where its package is built for this machine; what a visitor types can do it no harm."""

import platform
import sys
import unicodedata

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.search import embeddings
from practices.search.embeddings import encoder

# As the lock says: elsewhere the site does without.
IS_BUILT = (sys.platform, platform.machine()) in {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")}


def test_the_package_is_installed_wherever_it_is_built_for():
    assert embeddings.is_available() == (IS_BUILT and embeddings.runs_here())


def test_an_old_processor_is_spared(monkeypatch):
    monkeypatch.setattr("pathlib.Path.read_text", lambda *_: "flags\t\t: fpu sse4_2\n")
    assert not embeddings.runs_here()
    monkeypatch.setattr("pathlib.Path.read_text", lambda *_: "flags\t\t: fpu avx2\n")
    assert embeddings.runs_here()


@given(st.text(max_size=300))
def test_what_is_typed_is_made_safe_for_the_engine(text):
    """Its buffer holds four characters for each byte; in NFKC no character is written out as more."""
    plain = embeddings.plain(text, 120)
    assert len(plain) <= 120 and "\0" not in plain
    assert all(len(unicodedata.normalize("NFKC", mark)) <= 4 * len(mark.encode("utf-8", "replace")) for mark in plain)


def test_a_ligature_is_written_out_before_the_engine_sees_it():
    assert "\ufdfa" not in embeddings.plain("\ufdfa" * 200, 120)


def test_nothing_is_close_to_no_question_or_among_no_entries():
    question, other = numpy.eye(2, embeddings.SIZE, dtype=numpy.float32)
    vectors = embeddings.in_bytes(numpy.array([[question, other, other]]))
    assert embeddings.closest(None, vectors, [0], 10) == []
    assert embeddings.closest(question, vectors, [], 10) == []


def test_a_byte_a_number_hardly_changes_how_close_entries_are():
    vectors = embeddings.of_length_one(
        numpy.random.default_rng(1).normal(size=(2_500, embeddings.VECTORS, embeddings.SIZE))
    )
    question = vectors[7, 0].astype(numpy.float32)
    exact = (vectors @ question).max(axis=1)
    assert numpy.abs(embeddings.closeness(question, embeddings.in_bytes(vectors)) - exact).max() < 0.003


def test_what_the_best_have_in_common_counts_as_part_of_the_question(monkeypatch):
    asked, common, other = numpy.eye(3, embeddings.SIZE, dtype=numpy.float32)
    monkeypatch.setattr(embeddings, "centre", lambda: numpy.float32(0))
    monkeypatch.setattr(encoder, "query", lambda words: asked)
    best, unlike, alike = asked + common, asked / 2 + other, asked / 2 + common
    vectors = numpy.array([[one] * embeddings.VECTORS for one in (best, best, best, unlike, alike)])
    vectors = embeddings.in_bytes(embeddings.of_length_one(vectors))
    assert embeddings.by_words_and_meaning("housing", vectors, [1.0, 1.0, 1.0, 0.3, 0.3]) == [0, 1, 2, 4, 3]
    assert embeddings.by_words_and_meaning("housing", numpy.zeros_like(vectors), [1.0, 1.0, 1.0, 0.3, 0.3]) == [
        0,
        1,
        2,
        3,
        4,
    ]


if IS_BUILT:  # and so neither skipped nor missing where it can be run
    SHELTER, SCHOOL = (
        embeddings.passages_of(head, summary, sections)
        for head, summary, sections in (
            ("Homes for queer refugees. Cologne", "The city rents flats for LGBTI refugees.", ["Shared flats", ""]),
            ("Lessons underground. Kharkiv", "The city opened schools in metro stations.", ["Teachers", "Pupils"]),
        )
    )
    ASKED = {
        "Unterkunft für queere Geflüchtete": 0,
        "case per rifugiati omosessuali": 0,
        "школа під землею": 1,
        "okul metro istasyonunda": 1,
    }

    @pytest.fixture(scope="module")
    def vectors():
        return embeddings.unpacked([embeddings.embedded(passages) for passages in (SHELTER, SCHOOL)])

    @pytest.mark.parametrize("question", ASKED)
    def test_a_question_in_a_language_the_site_does_not_speak_finds_its_entry(question, vectors):
        assert embeddings.closest(encoder.query(question), vectors, [0, 1], 1) == [ASKED[question]]

    @pytest.mark.parametrize(
        "typed", ["sdfkjh sdkfjh weoriu", "qwrtz", "aaaaaa", "!!!", "12345", "🙂🙂", "ффыва пролд"]
    )
    def test_letters_at_random_are_no_question(typed):
        assert encoder.query(typed) is None

    @given(st.text(max_size=200))
    @settings(max_examples=40)
    def test_whatever_is_typed_is_answered(text):
        question = encoder.query(text)
        assert question is None or abs(numpy.linalg.norm(question) - 1) < 0.003

    def test_the_longest_ligatures_do_no_harm():
        for _ in range(3):
            encoder.query("\ufdfa" * 200)
        assert encoder.query("housing") is not None
