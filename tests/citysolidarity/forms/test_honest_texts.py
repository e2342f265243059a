"""Nothing is refused for what is not in it, and what a person's number is told by still stops."""

import pytest

from citysolidarity.forms.line import wrong_with
from citysolidarity.forms.prose import ProseField
from citysolidarity.forms.telephone import telephone_in
from citysolidarity.forms.visible import visible
from pledges.signing.forms.commitments import PromiseField
from practices.sharing.forms.facts import ShortLinesField
from practices.sharing.forms.title import TitleForm
from tests.citysolidarity.forms.test_forms import code_of

INNOCENT = """
Since 01/09/2015 the city offers courses
submitted by X on 06/21/2011
an additional +12 500 000 euros a year
Fiscal year 09/2015-08/2016 (EUR 120,000)
From 2015 to 2019 it reached 12,800 families in 24 quarters.
Decision 2019/1701 and 1 200 000 EUR in 2015–2019
01.09.2015 - 31.08.2016
01/09/2015–31/08/2016 and more
from 01-09-2015 to 31-08-2016
2015-09-01/2016-08-31
Decree No. 0012/2018 of 05/03/2018
Ley 0123-2015
Decreto Supremo 007-2015-MIMDES
Law No. 03/2016/QH14
Resolution 0045-20191
N° 0045-201912
+500,000 people
+1,250,000 inhabitants
€ +1 200 000
+EUR 1.200.000,50 a year
1 000 000 000 euros were spent
a total of 1,000,000,000
open 08:30-16:30 and 08.30-16.30
open 0800-1600
ISBN 0-19-853453-1
ISSN 0028-0836
48.856614, 2.3522219
+48.856614, +2.352222
01067 Dresden, 04109 Leipzig
Postal code 00184 Roma, 1998
(2015-2016)
by phone 2015-2019
Directive 2013/33/EU and Regulation (EU) 2016/679
An increase of +3.5 % in 2019/2020
budget 2 000 000 - 3 000 000 EUR
+2 000 000-3 000 000 EUR
Contract 0001234567
2018/0012345
from 09/2015 to 08/2016
09/2015 - 08/2016
01/09/15-31/08/16
01/09-05/10/2015
15-06-2018 09:00
1 280 families; 0.5 to 0,75
1439/09/01
in 2020-2021 +30 000 000 COP
+250,000,000 UGX a year
+12.500.000 euros
+12500000 euros
from +10 to +15
Delibera n. 0123/2019
Case C-411/10 and C-493/10
tel. 2015
We had 3 000 calls by phone 12 000 visits
05/03/2018, 06/04/2018 and 07/05/2019
05.03.2018/06.04.2018
2015/16, 2016/17, 2017/18
20150901
2015 09 01
on 1 9 2015
01 09 2015
room 0123
$1,200,000
GHS 12 000 000
12.000.000.000 COP
01/2015-12/2017
March 2015 - 08/2016
€12.5m; +12.5m
0,500,000
Ordinance 2018-000123
No 0012345678
grant 101017123
budget line 04 02 62 00
+ 1 280 000 euros
5 + 1 000 000 = x
the report tells 1 200 000 people
by phone 120 000 calls were made
(1 200 000 EUR)
Since 01/09/2015 12 courses began
1.32 03.08.2007 - the first one
Clause 252.227-7013
in 09/2015 40 000 people
on 01/09/2015 1 200 families came
between 01.09.2015 and 31.08.2016 2 300 people
merge 0573831950 and patch 02-687531-fix
version 6.1+20181013-2
""".strip().splitlines()

NUMBERS = """
Write to Ali: +49 30 901820
Ring 0176 / 123 45 67
Tel. 5551234
Call +33 6 12 34 56 78 today
Call 06 12 34 56 78
Call 06.12.34.56.78
0049 30 901820
(030) 901820
+49 (0)30 901 820
+34 612 345 678
tel 612 345 678
Teléfono: 612345678
هاتف 0791234567
call me at (212) 555-0123 or 212-555-0123
020 7946 0958
07700 900123
07700900123
WhatsApp +962 7 9123 4567
+962-79-123-4567
phone number: 0176 1234567
phone no. 0176 1234567
my number is 0176 1234567
+1 (555) 123-4567
555-123-4567
Tél. : 01 23 45 67 89
٠٧٩١٢٣٤٥٦٧ هاتف: ٠٧٩١٢٣٤٥٦٧
+49‑30‑901820
0176-12345678
+ 49 30 901820
+12 3456 7890
Since 01/09/2015: +49 30 901820
Amt 0341 123456, Leipzig
0664/1234567
+256 701 234 567
0701 234 567
+90 532 123 45 67
0 532 123 45 67
tel: 030-901820
+ 33 (0)6 12 34 56 78
+4930901820
08 123 45 67
+46 8 123 45 67
T: +44 20 7946 0958
law office 030 901820
mobile: 2015 1234
Ali’s mobile is 0791234567
+1-202-555-0143
+90 532 123 45 67 try later
+49 30 901820 for a talk
""".strip().splitlines()


@pytest.mark.parametrize("text", INNOCENT)
def test_days_amounts_and_numbers_of_laws_are_no_telephone_numbers(text):
    assert telephone_in(text) == ""
    assert code_of(ProseField(), f"Known: {text} …") == ""


@pytest.mark.parametrize("text", NUMBERS)
def test_a_telephone_number_is_stopped_however_it_is_written(text):
    assert telephone_in(text)
    assert code_of(ProseField(), f"Good to know.\n{text}") == "telephone"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Ask ali@city.example", "mailbox"),
        ("Ask ali.b-c+d@mail.city.gov.jo for more", "mailbox"),
        ("Ask ali@gießen.de", "mailbox"),
        ("Meet @home, at 5@6.7 and package@1.2.3", ""),
    ],
)
def test_a_mailbox(typed, code):
    assert code_of(ProseField(), typed) == code


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Inte\u00adgra\u00adtion", "Integration"),
        ("o\u00adne \u200bword\ufeff", "one word"),
        ("\uf0b7 Language courses\n\uf0a7\tSport", "• Language courses\n• Sport"),
        ("✔\ufe0f Courses for women", "✔ Courses for women"),
        ("a line\vand another\x0cand \u2028one", "a line\nand another\nand \none"),
        ("\x93quoted\x94 by Windows", "“quoted” by Windows"),
        ("5 \uf0b3 4", "5 ≥ 4"),
        ("\x00\x07\ue000\ufdd0\ud800a", "a"),
        ("turned \u202eround\u202c", "turned round"),
        ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
        ("x\u200cy\u200d", "xy"),
        ("👩\u200d👧 🏳\ufe0f\u200d🌈 👩🏽\u200d🏫", "👩\u200d👧 🏳\u200d🌈 👩🏽\u200d🏫"),
        ("مرحبا \u200fبكم", "مرحبا \u200fبكم"),
        ("\u0600\u0661", "\u0600\u0661"),
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_is_dropped_or_written_as_what_it_means(typed, shown):
    assert visible(typed) == shown
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Amman\u200e", "Amman"),
        ("\u200fعمّان\u061c", "عمّان"),
        ("2018\u200e", "2018"),
        ("إعلان \u200e#WithRefugees", "إعلان \u200e#WithRefugees"),
        ("А\u200edmin عمّان", "Аdmin عمّان"),
        ("evil.\u200e\u200fcom عمّان", "evil.com عمّان"),
    ],
    ids=ascii,
)
def test_a_mark_of_direction_stays_in_a_line_where_letters_of_both_directions_stand(typed, shown):
    assert visible(typed, lines=False) == shown


@pytest.mark.parametrize(
    ("line", "code"),
    [("А\u200edmin عمّان", "scripts"), ("evil\u200e.com عمّان", "site"), ("\u200e=1+1 عمّان A", "formula")],
)
def test_a_mark_of_direction_hides_nothing_from_the_checks(line, code):
    fault, _sentence = wrong_with(line, 100)
    assert fault == code


def test_a_list_loses_its_bullets():
    typed = "- UNHCR\n-IOM\n• Airbnb.org\n\uf0b7 St.Gilles/Sint-Gillis\n– Caritas\n* Red Cross\n\n-\n@home\n+Más Ayuda"
    names = ["UNHCR", "IOM", "Airbnb.org", "St.Gilles/Sint-Gillis", "Caritas", "Red Cross", "@home", "+Más Ayuda"]
    assert ShortLinesField().clean(typed) == names


@pytest.mark.parametrize(
    "typed",
    [
        "+5% school places by 2027",
        "-10 % rents for families",
        "= pay for = work",
        "@schools: a place for > 50 children",
    ],
)
def test_a_commitment_may_begin_with_a_sign(typed):
    assert PromiseField().clean(typed) == typed


@pytest.mark.parametrize(
    "title", ["@home in Brussels", "+ Respect", "Refugees.info, one page for all", "St.Pauli/Altona welcome"]
)
def test_a_title_may_be_called_like_a_site_and_begin_with_a_sign(title):
    assert TitleForm({"title": title, "language": "en"}).errors.get("title") is None


@pytest.mark.parametrize("title", ["see https://a.example", "see www.a.example", "bit.ly/3xYz", "ask ali@city.example"])
def test_an_address_in_a_title_is_still_refused(title):
    assert "address" in TitleForm({"title": title, "language": "en"}).errors["title"][0]
