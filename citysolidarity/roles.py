"""Who may do what at the desk: four groups, made and brought up to date after every migration."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

EDITORS = ("Curator", "Lead curator")
LOOK = ("view",)
EDIT = ("view", "add", "change")
# What a curator edits as a form. Nothing is deleted at the desk: practices are archived, signatures withdrawn.
EDITED = (
    "city",
    "practice",
    "source",
    "figure",
    "picture",
    "network",
    "membership",
    "formeraddress",
    "contactroute",
    "confirmation",
    "enquiry",
    "report",
    "submission",
)
# The private contact has no list of its own; a curator sees it on the page of its signature.
UNLISTED = ("asker", "signaturecontact")
# Mailboxes are for those who write to them, and what the public wrote for those who decide on it.
FOR_EDITORS = (
    "asker", "confirmation", "contactroute", "curatorquestion", "enquiry", "practiceletter", "report", "submission",
    "submissionevent", "submissionletter",
)  # fmt: skip
# What a translator reads: the texts and what they rest on. No signature, no comment between curators. Translators
# write translations, and curators publish them.
TRANSLATED = ("city", "practice", "source", "figure", "picture", "network", "membership", "practicetranslation")
TRANSLATORS = ("Translator", *EDITORS)


def permissions_of(role: str, app: str, model: str) -> tuple[str, ...]:
    """The code names that a role has for a model of an app."""
    if model in FOR_EDITORS and role not in EDITORS:
        return ()
    if model in UNLISTED or (role == "Translator" and not (app == "practices" and model in TRANSLATED)):
        return ()
    edits = (role in EDITORS and model in EDITED) or (role in TRANSLATORS and model == "practicetranslation")
    acts = EDIT if app == "practices" and edits else LOOK
    return tuple(f"{act}_{model}" for act in acts)


MOVES = {
    "Viewer": (),
    "Translator": (),
    "Curator": ("curate_signature", "publish_practicetranslation"),
    "Lead curator": ("curate_signature", "publish_practicetranslation", "lead_curate_signature", "end_sessions"),
}
ROLES = tuple(MOVES)
APPS = ("practices", "pledges", "citysolidarity")


def create_roles(apps=installed, using="default", verbosity=0, **kwargs) -> None:
    """Makes the groups of ROLES, or gives them exactly their permissions again; other groups are left alone.

    A receiver of ``post_migrate``: ``apps`` are as the migrations know them, perhaps without users yet.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    except LookupError:
        return
    for app in APPS:
        # The receiver that makes them comes later, and can be called twice.
        create_permissions(installed.get_app_config(app), verbosity=0, using=using, apps=apps)
    for role in ROLES:
        wanted = set(MOVES[role])
        for app in ("practices", "pledges"):
            for model in installed.get_app_config(app).get_models():
                wanted.update(permissions_of(role, app, model._meta.model_name))
        group, _new = groups.using(using).get_or_create(name=role)
        found = permissions.using(using).filter(codename__in=wanted, content_type__app_label__in=APPS)
        group.permissions.set(found)
