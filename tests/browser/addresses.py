"""Every public page once, in the states that look different, by a name for reports."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from citysolidarity.opendata.operations import OPERATIONS

AMMAN = "community-led-public-spaces-amman"
# name: (URL name, its arguments, its query)
PAGES = {
    "home": ("home", [], {}),
    "directory": ("directory", [], {}),
    "directory, a later page": ("directory", [], {"page": "3"}),
    "directory, filtered": ("directory", [], {"q": "women", "theme": ["housing", "welcome"], "population": "refugees"}),
    "directory, nothing found": ("directory", [], {"q": "zeppelin", "theme": "housing", "country": "JO"}),
    "directory as a map": ("directory", [], {"view": "map"}),
    "directory as a table": ("directory", [], {"view": "table"}),
    "directory, for a city": ("directory", [], {"like": "amman-jo", "theme_like": "housing", "p": "nowhere"}),
    "directory as a table, for a city": ("directory", [], {"like": "berlin-de", "view": "table"}),
    "directory as a map, for a city": ("directory", [], {"size_like": "50k-200k", "view": "map"}),
    "like": ("like", [], {"city": "am", "theme": "housing"}),
    "compare": ("compare", [], {"p": [AMMAN, "access-without-fear-toronto", "nowhere"]}),
    "compare, nothing chosen": ("compare", [], {}),
    "brief": ("brief", [], {"p": [AMMAN, "access-without-fear-toronto"], "like": "berlin-de"}),
    "brief of one practice": ("brief", [], {"p": AMMAN}),
    "worksheet": ("worksheet", [AMMAN], {}),
    "worksheet, answered": (
        "worksheet",
        [AMMAN],
        {"city": "Schwerte", "size": "20k-50k", "country": "DE", "money": "no", "staff": "yes"},
    ),
    "coverage": ("coverage", [], {}),
    "guides": ("guides", [], {}),
    "guide": ("guide", ["housing-in-a-small-town"], {}),
    "practice": ("practice", [AMMAN], {}),
    "history of a practice": ("practice_history", [AMMAN], {}),
    "share": ("share", [], {}),
    "share: the first question": ("share_page", ["title"], {}),
    "share: correct an entry": ("share_update", [AMMAN], {}),
    "share_sent": ("share_sent", ["7K3M-0QXZ"], {}),
    "ask a city": ("practice_ask", [AMMAN], {}),
    "report a problem": ("practice_report", [AMMAN], {}),
    "we do this too": ("practice_too", [AMMAN], {}),
    "we adapted this": ("practice_adapted", [AMMAN], {}),
    "cities": ("cities", [], {}),
    "city": ("city", ["amman-jo"], {}),
    "statement": ("statement", [], {}),
    "versions of the statement": ("statement_versions", [], {}),
    "a version of the statement": ("statement_version", [2], {}),
    "deeds": ("deeds", [], {}),
    "deeds of a country": ("deeds", [], {"country": "DE"}),
    "deeds of a city": ("deeds", [], {"city": "amman-jo"}),
    "the list of a deed": ("deeds_list", ["welcome", "practices"], {"city": "amman-jo"}),
    "sign": ("sign", [], {}),
    "sign_city": ("sign_city", [], {}),
    "sign_sent": ("sign_sent", ["7K3M-0QXZ"], {}),
    "sign_change": ("sign_change", [], {}),
    "a signature is confirmed": ("done", ["confirmed"], {}),
    "residents": ("supports", [], {}),
    "ask my city": ("support", [], {}),
    "support_sent": ("support_sent", ["7K3M-0QXZ"], {}),
    "a support is confirmed": ("support_done", ["confirmed"], {}),
    "UNHCR's petition": ("petition", [], {}),
    "an entry is confirmed": ("letter_done", ["still-right"], {}),
    "signatories": ("signatories", [], {}),
    "signatories as a map": ("signatories", [], {"view": "map"}),
    "signatories as a table": ("signatories", [], {"view": "table"}),
    "latest signatories": ("newest_signatories", [], {}),
    "signature": ("signature", ["vienna-at"], {}),
    "kit": ("kit", [], {}),
    "kit, filled in": (
        "kit",
        [],
        {"city": "Schwerte", "day": "2027-03-14", "signer": "Rana Haddad", "office": "Mayor"},
    ),
    "kit: the statement": ("kit_document", ["statement"], {}),
    "kit: motion": ("kit_document", ["motion"], {"city": "Schwerte"}),
    "kit: speech": ("kit_document", ["speech"], {}),
    "kit: questions": ("kit_document", ["questions"], {}),
    "kit: press release": ("kit_document", ["press-release"], {}),
    "kit: invitation": ("kit_document", ["invitation"], {}),
    "hundred days": ("hundred_days", [], {}),
    "hundred days, for a city": ("hundred_days", [], {"like": "berlin-de"}),
    "press": ("press", [], {}),
    "glossary": ("glossary", [], {}),
    "about": ("about", [], {}),
    "about: method": ("about_method", [], {}),
    "about: accessibility": ("about_accessibility", [], {}),
    "about: privacy": ("about_privacy", [], {}),
    "about: data": ("about_data", [], {}),
    "about: contact": ("about_contact", [], {}),
    "about: the API": ("about_api", [], {}),
    "take a list away": ("take_away", [], {"theme": "housing"}),
}
NOWHERE = "no such page"
NAMES = [*PAGES, NOWHERE]
# Answers for machines, or for a person on the way to a page.
NO_PAGES = {
    "choose_language",
    "suggest",
    "feed",
    "guides_feed",
    "signatories_feed",
    "guide_card",
    "sitemap",
    "robots",
    "icon",
    "security_txt",
    "health_live",
    "health_ready",
    "practice_card",
    "practice_card_in",
    "brief_pdf",
    "brief_docx",
    "picture",
    "badge",
    "city_card",
    "badge_in_style",
    "certificate",
    "signature_card",
    "kit_file",
    "kit_folder",
    "kit_picture",
    "signatories_csv",
    "signatories_json",
    "feed_json",
    "city_feed",
    "city_feed_json",
    "signatories_feed_json",
    "api_nowhere",
    "llms_txt",
    "practice_text",
    "api_openapi",
    *(operation.name for operation in OPERATIONS),
    "outbox",
    "places",
}
# Pages that need answers, a letter or a translation first: test_signing.py, test_sharing.py, and the tests of each.
ON_THE_WAY = {
    "sign_place",
    "sign_signer",
    "sign_contact",
    "sign_visibility",
    "sign_commitments",
    "sign_check",
    "confirm",
    "disown",
    "withdraw",
    "correct",
    "undo",
    "support_place",
    "confirm_support",
    "disown_support",
    "withdraw_support",
    "report_progress",
    "renew",
    "move_version",
    "confirm_entry",
    "confirm_mailbox",
    "share_check",
    "share_save",
    "share_resume",
    "submission",
    "confirm_question",
    "answer_question",
    "read_answer",
    "confirm_report",
    "practice_in",
}


def address_of(name: str, language: str = "en") -> str:
    """The path and query of a page."""
    if name == NOWHERE:
        return f"/{language}/no-such-page/"
    view, arguments, query = PAGES[name]
    with override(language):
        path = reverse(view, args=arguments)
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def status_of(name: str) -> int:
    """The status the page answers with."""
    return 404 if name == NOWHERE else 200
