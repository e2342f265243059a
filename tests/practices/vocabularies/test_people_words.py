import pytest

from practices.vocabularies.people_words import counts_people


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("8,424", "people served by October"),
        ("1 200", "recognised refugees in the first weeks"),
        ("376", "personas atendidas"),
        ("45", "Familles accueillies"),
        ("20", "مشاركا في البرنامج"),
    ],
)
def test_a_whole_number_of_people(value, what):
    assert counts_people(value, what)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("75%", "people who wished to stay"),
        ("24 million yen", "people gave"),
        ("79", "municipal flats set aside for families"),
        ("6", "waves of surveys of residents"),
        ("", ""),
    ],
)
def test_money_shares_and_things_are_no_number_of_people(value, what):
    assert not counts_people(value, what)
