"""What each role may do at the desk, once more and on purpose not taken from ``citysolidarity.desk.roles``."""

LOOK, EDIT = {"view"}, {"view", "add", "change"}
EVERYTHING = {"view", "add", "change", "delete", "curate", "lead"}
SENTENCES = ("guidetranslation", "documenttranslation", "networktranslation")
ENTRIES = ("practice", "city", "network", "formeraddress", "guide", "librarydocument", "need", *SENTENCES)
HANDLED = {model: {"view", "change"} for model in ("source", "submission")}
# What the public wrote is for those who decide on it, by buttons.
WRITTEN = {key: {"view", "change"} for key in ("confirmation", "enquiry", "report")}
INVITED = {"invitation": {"view", "change"}}
# Who follows what changes by their own links.
FOLLOWED = {"following": LOOK}
# What was proposed or typed about signatures is for those who curate them.
PROPOSED = {"deed": {"view", "add", "change", "curate"}, "election": {"view", "add", "change", "curate"}}
PROPOSED |= {"commitmentquestion": {"view", "change", "curate"}, "statementversion": {"view", "curate"}}
# So are pages elsewhere for those who edit entries.
COMPARED = {"elsewhere": {"view", "add", "change", "curate"}}
# A network that no city is in yet, and a need under which no practice stands.
UNUSED = {"network": EDIT | {"delete"}, "need": EDIT | {"delete"}}
# Role → model → what it may do with it; a model that is not named: nothing.
MAY = {
    "Viewer": dict.fromkeys(
        (*ENTRIES, "source", "signature", "askedcity", "practicetranslation", "deed", "election", *COMPARED), LOOK
    ),
    # Publishing a translation is a button of its page: tests/practices/translating/test_admin.py.
    "Translator": dict.fromkeys(("practice", "city", "network", "source"), LOOK) | {"practicetranslation": EDIT},
    "Curator": dict.fromkeys((*ENTRIES, "practicetranslation"), EDIT)
    | HANDLED
    | WRITTEN
    | UNUSED
    | PROPOSED
    | COMPARED
    | INVITED
    | FOLLOWED
    | {"signature": {"view", "curate"}, "askedcity": {"view", "change"}},
    "Lead curator": dict.fromkeys((*ENTRIES, "practicetranslation"), EDIT)
    | HANDLED
    | WRITTEN
    | UNUSED
    | PROPOSED
    | COMPARED
    | INVITED
    | FOLLOWED
    | {"signature": {"view", "curate", "lead"}, "askedcity": {"view", "change"}, "logentry": LOOK}
    | {"statementversion": {"view", "change", "curate", "lead"}},
}
# What nobody may: signatures move by their acts, sources go with their entry, letters are sent by the worker.
NEVER = {
    "signature": {"add", "change", "delete"},
    "askedcity": {"add", "delete"},
    "source": {"add", "delete"},
    "submission": {"add", "delete"},
    "practicetranslation": {"delete"},
    **{key: {"delete"} for key in SENTENCES},
    "following": {"add", "change", "delete"},
    "dbtaskresult": {"add", "change", "delete"},
    "logentry": {"add", "change", "delete"},
    **{key: {"add", "delete"} for key in (*WRITTEN, *INVITED, "commitmentquestion", "statementversion")},
    **{key: {"delete"} for key in ("deed", "election", *COMPARED)},
}

# The stock pages of a model: what GET needs, and POST.
STOCK = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
}
# Pages of our own, (app, model, page): None is a method they do not take, which they answer with 405.
OWN = {
    ("practices", "city", "official_domain"): ("change", "change"),
    ("practices", "practice", "import"): ("change", "change"),
    ("practices", "practice", "template"): ("change", None),
    ("practices", "practice", "sheet"): ("change", "change"),
    ("practices", "practice", "refused"): ("change", None),
    ("practices", "practice", "export"): (None, "view"),
    ("practices", "practice", "preview"): ("view", None),
    ("practices", "practice", "changes"): ("change", "change"),
    ("practices", "practice", "review"): ("view", "change"),
    ("practices", "practice", "restore"): ("change", "change"),
    ("practices", "practice", "withhold"): (None, "change"),
    ("practices", "practice", "history"): ("view", None),
    ("practices", "guide", "history"): ("view", None),
    ("practices", "network", "history"): ("view", None),
    ("practices", "city", "history"): ("view", None),
    ("practices", "need", "history"): ("view", None),
    ("practices", "librarydocument", "history"): ("view", None),
    **{("practices", model, "history"): ("view", None) for model in SENTENCES},
    **{
        ("practices", model, "history"): ("view", None)
        for model in ("practicetranslation", "source", *WRITTEN, *COMPARED)
    },
    ("practices", "source", "look"): (None, "change"),
    ("practices", "city", "merge"): ("change", "change"),
    ("admin", "logentry", "export"): (None, "view"),
    ("practices", "submission", "preview"): ("view", None),
    **{("practices", model, "export"): (None, "view") for model in ("city", "submission", "enquiry", "report")},
    ("pledges", "signature", "export"): (None, "view"),
    ("practices", "practicetranslation", "preview"): ("view", None),
    ("practices", "practicetranslation", "import"): ("change", "change"),
    ("practices", "practicetranslation", "file"): ("change", "change"),
    ("practices", "practicetranslation", "export"): (None, "view"),
    ("practices", "practicetranslation", "export_entry"): (None, "view"),
    ("pledges", "askedcity", "history"): ("view", None),
    ("pledges", "askedcity", "export"): (None, "view"),
    ("pledges", "askedcity", "team"): ("change", "change"),
    ("pledges", "invitation", "history"): ("view", None),
    ("pledges", "invitation", "export"): (None, "view"),
    ("pledges", "invitation", "team"): ("change", "change"),
    **{("pledges", model, "history"): ("view", None) for model in (*PROPOSED,)},
    **{("pledges", model, "team"): ("curate", "curate") for model in ("deed", "election", "commitmentquestion")},
    ("practices", "elsewhere", "team"): ("curate", "curate"),
    ("pledges", "statementversion", "preview"): ("view", None),
    ("pledges", "statementversion", "enact"): ("lead", "lead"),
    ("pledges", "signature", "act"): ("curate", "curate"),
    ("pledges", "signature", "team"): ("curate", "curate"),
    ("pledges", "signature", "enter"): ("curate", "curate"),
    ("pledges", "signature", "write"): ("curate", "curate"),
    **{("practices", model, "write"): ("change", "change") for model in ("submission", "report")},
    **{
        ("practices", model, "team"): ("change", "change")
        for model in ("submission", "report", "enquiry", "confirmation", "source")
    },
    ("auth", "user", "password_change"): ("change", "change"),
}
# Pages of the desk as a whole, open to all staff: status of GET and of POST.
STAFF = {
    "index": (200, 200),
    "app_list": (200, 200),
    "password_change": (200, 200),
    "password_change_done": (200, 405),
    "autocomplete": (403, 405),  # it asks for the permission of a model, and none is named here
    "jsi18n": (200, 405),
    "view_on_site": (302, 302),
    "login": (302, 200),
    "logout": (405, 200),
    # The login checks for itself who goes on: whoever is logged in is sent to the desk, or to their own factors.
    "second_factor": (302, 302),
    "welcome": (200, 200),
    "factors": (200, 200),
    "factors_app": (200, 200),
    "factors_passkey": (200, 200),
    "factors_codes": (200, 200),
    "sessions": (200, 302),
    "emails_to_me": (200, 200),
    "calendar": (200, 405),
    "search": (200, 405),
    "awake": (405, 200),
    "keep_typed": (405, 404),  # an address of the desk is missing
    "discard_kept": (405, 404),  # it is nobody's
}
PUBLIC = {"login": (200, 200), "logout": (302, 302), "welcome": (200, 200)}
# For scripts, which can do nothing with the page of the login.
PUBLIC |= {"awake": (405, 401), "keep_typed": (405, 401)}
# Pages of the desk as a whole, for some: for whom, what they get by GET and POST, and what the others get.
LEADS = {"Lead curator", "superuser"}
CURATORS = {"Curator", *LEADS}
SOME = {
    "sessions_of": (LEADS, (200, 302), (403, 403)),
    "email_texts": (LEADS, (200, 405), (403, 405)),
    "email_texts_in": (LEADS, (200, 405), (403, 405)),
    "email_text": (LEADS, (200, 200), (403, 403)),
    "pauses": (CURATORS, (200, 200), (403, 403)),
    # Only of a signature that a source names, which the one of these tests is not.
    "pledges_signature_named": (CURATORS, (404, 404), (403, 403)),
    "documents": (CURATORS, (200, 200), (403, 403)),
    "document_open": (CURATORS, (405, {200, 404}), (405, 403)),  # the curator before has deleted it
    "document_delete": (CURATORS, (405, {302, 404}), (405, 403)),
}
