"""The pages that are counted. What is not named here is not: some addresses are links that were mailed to one person."""

from django.utils.translation import gettext_lazy as _

# Name of the address's pattern → the kind it counts as. A kind of single things is counted for each slug.
COUNTED = {
    "practice": "practice",
    "practice_in": "practice",
    "city": "city",
    "guide": "guide",
    "document": "document",
    "network": "network",
    "signature": "signature",
    **{
        name: name
        for name in (
            "home", "directory", "cities", "coverage", "compare", "like", "guides", "library", "timeline", "dialogue", "networks",
            "statement", "statement_versions", "statement_version", "signatories", "newest_signatories", "deeds", "supports",
            "petition", "kit", "kit_document", "hundred_days", "sign", "share", "follow", "press", "glossary", "take_away", "about",
            "about_method", "about_accessibility", "about_privacy", "about_contact", "about_data", "about_api", "about_embed",
        )
    },
}  # fmt: skip
SINGLE = {
    "practice": _("Practices"),
    "city": _("Cities"),
    "guide": _("Guides"),
    "document": _("Library"),
    "network": _("Networks"),
    "signature": _("Signatories"),
}
