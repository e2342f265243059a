"""Telephone numbers in a text, which may be those of private people; days, amounts and numbers of laws are none.

What is innocent is covered first, so that the pattern of a telephone number need not know all that it is not.
"""

import re
import unicodedata

COVER = "\u2026"  # no figure, no letter, no separator

# --- what is innocent ---------------------------------------------------------------------

DAY, YEAR = r"[0-3]?\d", r"(?:1[2-9]|20|25)\d\d"  # years of the Islamic and the Buddhist calendar, too
TIME = r"[0-2]?\d[:.h][0-5]\d"
UNTIL = r" ?(?:[-–—/]|to|bis|au|al|à|a) ?"
# With a stroke or a dot in it, so that a blank on either side ends it.
DATE = (
    rf"(?:{DAY}(?P<{{0}}>[./-]){DAY}(?P={{0}})(?:\d{{{{4}}}}|\d\d)|{YEAR}(?P<{{0}}y>[./-]){DAY}(?P={{0}}y){DAY}"
    rf"|{DAY}[./-]{YEAR}|{YEAR}[./-]{DAY}|{DAY}[./]{DAY}\.?|{YEAR})"
)
SPACED = rf"(?:{DAY}(?P<{{0}}> ){DAY}(?P={{0}}){YEAR}|{YEAR} {DAY} {DAY}|{YEAR})"
DATES = re.compile(
    rf"(?<![\w+])(?<!\d[./-])(?:{DATE.format('a')}{UNTIL}{DATE.format('b')}|(?=\d+[./-]){DATE.format('c')}|{TIME}{UNTIL}{TIME})"
    r"(?:,? (?:\d\d?[:.]\d\d))?(?![\w]|[./-]\d)"
    rf"|(?<![\w+])(?<!\d[ ./-])(?:{SPACED.format('d')}{UNTIL}{SPACED.format('e')}|{SPACED.format('f')})(?![\w]|[ ./-]\d)"
)
CURRENCY = (
    r"€|\$|£|¥|₺|₪|₹|euros?|dollars?|dólares|pounds?|francs?|francos|zlotys?|lira|lirasi|dinars?|dinares|reais|soles|pesos?|"
    r"rupees?|taka|f?cfa|shillings?|yen|yuan|rubles?|(?-i:[A-Z]{3}|kr|zł|R\$)"
)
COUNTED = (
    r"people|persons?|inhabitants?|residents?|citizens?|refugees?|families|households|children|women|men|jobs?|places?|"
    r"pupils?|students?|visitors?|visits?|calls?|appels|llamadas|anrufe|messages?|square|km|m2|tonnes?|tons?|kwh|personnes|habitants?|réfugiés|familles|"
    r"ménages|enfants|emplois|personas|habitantes|refugiados|familias|hogares|niños|empleos|pessoas|famílias|crianças|"
    r"einwohner\w{0,5}|menschen|personen|geflüchtete\w?|familien|million\w{0,3}|mio|mrd|billion\w{0,3}|شخص\w?|لاجئ\w?|نسمة"
)
FIGURE = r"\d{1,15}(?:[.,' ’]\d{2,3}){0,6}"
# A sign, figures in groups of three or in one, and what they count.
AMOUNTS = re.compile(
    rf"(?:(?<![\w])(?:{CURRENCY}) ?)[+-]? ?\d[\d.,' ’]{{0,18}}\d(?!\d)"
    rf"|(?<![\w+.,])(?<!\d[ ./-])(?:[+-] ?)?{FIGURE}(?: ?- ?{FIGURE})? ?(?:%|(?:{CURRENCY}|{COUNTED})(?![^\W_]))",
    re.IGNORECASE,
)
GROUPS = re.compile(
    # Without a plus any number in groups of three; with one, those that are round or too short for a telephone.
    r"(?<![\w+.,)])(?<![+\d)][ .,'’/-])-?[1-9]\d{0,2}(?P<a>[ .,'’])\d{3}(?:(?P=a)\d{3})*(?![\w]|[ .,'’/-]\d)"
    r"|(?<![\w.,+])\+ ?(?:[1-9]\d{0,2}(?P<b>[ .,'’])(?:\d{3}(?P=b))*000|[1-9]\d?(?P<c>[ .,'’])\d{3}(?P=c)\d{3}|[1-9]\d{0,2}[ .,'’]\d{3})"
    r"(?![\w]|[ .,'’/-]\d)"
)
LAW = (
    r"decree|law|act|bill|resolution|ordinance|decision|directive|regulation|by-?law|circular|agreement|contract|case|file|"
    r"reference|ref|grant|project|programme|registration|isbn|issn|iban|doi|vat|décret|loi|arrêté|délibération|décision|"
    r"circulaire|dossier|convention|decreto|ley|lei|resolución|resolução|ordenanza|acuerdo|acordo|expediente|processo|"
    r"portaria|edital|delibera|legge|determina|protocollo|gesetz|beschluss|verordnung|drucksache|vorlage|aktenzeichen|az|"
    r"besluit|wet|ustawa|uchwała|закон|постанова|قانون|قرار|مرسوم"
)
NUMBER = r"n[.o]?[°ºo]|no|nos|nr|núm|num|number|número|numéro|nummer|numero|č|№|رقم|#"
REFERENCES = re.compile(
    rf"(?<![^\W_])(?:(?:{LAW})(?:[ .:]{{0,3}}(?:{NUMBER}))?|(?P<bare>{NUMBER}))[ .:]{{0,3}}[0-9][\w./-]{{0,40}}(?: ?/ ?[\w.-]{{1,20}})?",
    re.IGNORECASE,
)
# "0012/2018", "2018-00345": a year and a number with one stroke between; "04 02 62 00": a line of a budget.
NUMBERED = re.compile(
    rf"(?<![\w+])(?<!\d[ ./-])(?:(?:\d{{1,7}}[/-]{YEAR}|{YEAR}[/-]\d{{1,7}})(?:[/-][\w.-]{{1,20}})?|0\d(?:[ .]\d\d){{3}})"
    r"(?![\w]|[ ./-]\d)"
)
PLACE_ON_A_MAP = re.compile(r"[+-]?\d{1,3}\.\d{3,12} ?(?:°|[,;/ ] ?[+-]?\d{1,3}\.\d{3,12}(?!\d))")

# --- what is none -------------------------------------------------------------------------

LABEL = (
    r"t[ée]l|tlf|telf|telef|tel[ée]fon[oe]?s?|telefonnummer|telefoon|t[ée]l[ée]phones?|phones?|mobile|mobil|m[óo]vil|cell|cel|celular|celulare|cellulare|handy|"
    r"portable|gsm|whats ?app|viber|sms|fax|hotline|هاتف|جوال|موبايل|واتساب|تلفون|тел|телефон|моб|τηλ|τηλέφωνο|κινητό"
)
CALLED = re.compile(
    rf"(?<![^\W_])(?:{LABEL})(?:[ .:]{{0,2}}(?:number|{NUMBER}))?\W{{0,4}}(?:is |: )?\+?\(?\d(?:[ ()./-]{{0,3}}\d){{5,14}}(?!\d)",
    re.IGNORECASE,
)
TELEPHONE = re.compile(
    # With the prefix of a country.
    r"(?<![\w.,+…])\(?\+(?: (?!\d\d?\.\d))?[1-9](?:[ ()./-]{0,3}\d){6,14}(?!\d|-[^\W\d_])"
    r"|(?<![\w.,+])\(?00 ?[1-9](?:[ ()./-]{0,3}\d){6,14}(?!\w)"
    # With that of an area, or in pairs as in France.
    r"|(?<![\w.,+])\(?0[1-9]\d{0,3}\)?[ ./-]{1,3}\d(?:[ ./-]{0,2}\d){4,10}(?!\w|-[^\W\d_])"
    r"|(?<![\w.,+])0 [1-9]\d\d \d{3} ?\d\d ?\d\d(?!\d)"
    # In one: those of most mobile telephones, and of others where they are as long as no number of a file.
    r"|(?<![\w.,+/-])(?:0[4679]\d{8}|0[1-9]\d{9})(?![\w]|[.,/-]\d)"
    # As in North America.
    r"|(?<![\w.,+-])(?:\([2-9]\d\d\) ?\d{3}[ .-]|[2-9]\d\d(?P<stroke>[.-])\d{3}(?P=stroke))\d{4}(?![\w]|-\d)"
)
ALL_FIGURES = "0123456789"


def telephone_in(text: str) -> str:
    """The first telephone number in a text, as it is written; "" where there is none."""
    plain = unicodedata.normalize("NFKC", text).translate(HYPHENS)
    for innocent in (DATES, AMOUNTS):
        plain = innocent.sub(COVER, plain)
    if found := CALLED.search(plain):
        return shown(found)
    for innocent in (REFERENCES, NUMBERED, PLACE_ON_A_MAP, GROUPS):
        plain = innocent.sub(COVER, plain)
    found = TELEPHONE.search(plain.replace(ALL_FIGURES, COVER))
    return shown(found) if found else ""


def shown(found: re.Match) -> str:
    return found[0].strip(" .:,;-/")


HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
