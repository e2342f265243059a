"""What a domain tells at first sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citysolidarity.http.host_names import in_ascii
from citysolidarity.mail.verdict import mailbox_of, one_typo_apart

CYRILLIC_A, CYRILLIC_O = "\u0430", "\u043e"


@pytest.mark.parametrize(
    ("address", "official", "code"),
    [
        ("mayor@amman.jo", "amman.jo", "official"),
        ("mayor@mail.Amman.jo", "amman.jo", "official"),
        ("mayor@städt.de", "städt.de", "official"),
        ("mayor@xn--stdt-moa.de", "städt.de", "official"),
        ("mayor@städt.de", "xn--stdt-moa.de", "official"),
        ("mayor@amt.städt.de", "xn--stdt-moa.de", "official"),
        ("mayor@leeds.gov.uk", "leeds.gov.uk", "official"),
        ("mayor@leeds.gov.uk", "gov.uk", "unrecorded"),  # a suffix that all councils share
        ("mayor@comune.roma.it", "roma.it", "unrecorded"),
        ("mayor@oslo.kommune.no", "kommune.no", "unrecorded"),
        ("mayor@city.github.io", "github.io", "unrecorded"),
        ("mayor@amman.jo", "jo", "unrecorded"),
        ("mayor@gmail.com", "amman.jo", "free"),
        ("mayor@gmail.com", "gmail.com", "free"),  # recorded by mistake: it proves nothing all the same
        (f"mayor@{in_ascii(f'{CYRILLIC_A}mman.jo')}", "amman.jo", "look-alike"),
        (f"mayor@mail.{in_ascii(f'{CYRILLIC_A}mman.jo')}", "amman.jo", "look-alike"),
        ("mayor@arnman.jo", "amman.jo", "look-alike"),  # r n for m
        ("mayor@berl1n.de", "berlin.de", "look-alike"),
        ("mayor@bérlin.de", "berlin.de", "look-alike"),
        ("mayor@belrin.de", "berlin.de", "look-alike"),  # two letters swapped
        ("mayor@berlinn.de", "berlin.de", "look-alike"),
        ("mayor@berlin.de.example.org", "berlin.de", "look-alike"),
        ("mayor@berlin-de.org", "berlin.de", "look-alike"),
        (f"mayor@{in_ascii(f'gmail.c{CYRILLIC_O}m')}", "berlin.de", "look-alike"),
        ("mayor@gmaıl.com", "", "look-alike"),
        (f"mayor@{in_ascii(f'r{CYRILLIC_O}me.org')}", "", "mixed"),
        ("mayor@münchen.de", "hamburg.de", "other"),
        ("mayor@example.org", "berlin.de", "other"),
        ("mayor@example.org", "", "unrecorded"),
        ("", "berlin.de", "none"),
    ],
)
def test_a_mailbox_is_compared_with_the_recorded_domain(address, official, code):
    assert mailbox_of(address, official).code == code


def test_a_look_alike_is_shown_as_computers_send_it_and_as_people_read_it():
    found = mailbox_of(f"mayor@{CYRILLIC_A}mman.jo", "amman.jo")
    assert (found.domain, found.shown) == ("xn--mman-43d.jo", f"{CYRILLIC_A}mman.jo")
    assert found.meaning == "Looks like amman.jo, but is not"
    assert mailbox_of("mayor@amman.jo", "amman.jo").shown == ""


WORD = st.text("abc.", min_size=1, max_size=8)


@given(WORD, WORD)
def test_one_slip_means_what_a_count_of_edits_says(one, other):
    assert one_typo_apart(one, other) == (edits(one, other) <= 1)


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_text_breaks_the_comparison(address, official):
    assert mailbox_of(address, official).meaning


def edits(one, other):
    """The number of letters to change, add, leave out or swap with the next (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
