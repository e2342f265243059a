"""Who may do what at the desk: four groups, made and brought up to date after every migration."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

EDITORS = ("Curator", "Lead curator")
VIEW = ("view",)
EDIT = ("view", "add", "change")
# What a curator edits as a form. No row of a list is deleted with a role: practices are archived, signatures withdrawn.
# The parts of an entry or a city go by an edit of it (``has_delete_permission`` of their inlines).
EDITED = (
    "city",
    "practice",
    "source",
    "figure",
    "fact",
    "transfer",
    "picture",
    "practicekeywords",
    "network",
    "membership",
    "othermember",
    "librarydocument",
    "documentpoint",
    "documentcity",
    "documentpractice",
    "formeraddress",
    "guide",
    "guidestep",
    "guidepractice",
    "guidedocument",
    "need",
    "needpractice",
    "guidetranslation",
    "documenttranslation",
    "networktranslation",
    "contactroute",
    "confirmation",
    "enquiry",
    "report",
    "submission",
)
# The private contact has no list of its own; a curator sees it on the page of its signature.
UNLISTED = (
    "asker", "signaturecontact", "support", "supportcontact", "supportletter", "invitationcontact", "invitationletter",
    "invitedcity", "follower", "followingletter",
)  # fmt: skip
# Mailboxes are for those who write to them, and what the public wrote for those who decide on it.
FOR_EDITORS = (
    "asker", "changedraft", "confirmation", "contactroute", "curatorquestion", "enquiry", "following", "invitation",
    "practiceletter", "report",
    "reviewcomment",
    "submission", "submissionevent", "submissionletter", "sheetimport", "sheetrow", "translationfile",
)  # fmt: skip
# What a translator reads: the texts and what they rest on. No signature, no comment between curators. Translators
# write translations, and curators publish them.
TRANSLATED = (
    "city", "practice", "source", "figure", "fact", "transfer", "picture", "network", "membership",
    "othermember", "practicetranslation",
)  # fmt: skip
TRANSLATORS = ("Translator", *EDITORS)


def permissions_of(role: str, app: str, model: str) -> tuple[str, ...]:
    """The code names that a role has for a model of an app."""
    if model in FOR_EDITORS and role not in EDITORS:
        return ()
    if model in UNLISTED or (role == "Translator" and not (app == "practices" and model in TRANSLATED)):
        return ()
    edits = (role in EDITORS and model in EDITED) or (role in TRANSLATORS and model == "practicetranslation")
    acts = EDIT if app == "practices" and edits else VIEW
    return tuple(f"{act}_{model}" for act in acts)


OWN_ACTS = {
    "Viewer": (),
    "Translator": (),
    "Curator": ("curate_signature", "publish_practicetranslation", "set_pause"),
    "Lead curator": (
        "curate_signature",
        "publish_practicetranslation",
        "lead_curate_signature",
        "end_sessions",
        "view_logentry",
        "set_pause",
        "look_after_people",
        "edit_email_texts",
    ),
}
ROLES = tuple(OWN_ACTS)
APPS = ("practices", "pledges", "citysolidarity", "admin")


def create_roles(apps=installed, using="default", verbosity=0, **kwargs) -> None:
    """Make the groups of ROLES, or give them exactly their permissions again; other groups are left alone.

    A receiver of ``post_migrate``: ``apps`` are as the migrations know them, perhaps without users yet.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    except LookupError:
        return
    for app in APPS:
        # Django makes the permissions after this receiver; making them twice does no harm.
        create_permissions(installed.get_app_config(app), verbosity=0, using=using, apps=apps)
    for role in ROLES:
        codenames = set(OWN_ACTS[role])
        for app in ("practices", "pledges"):
            for model in installed.get_app_config(app).get_models():
                codenames.update(permissions_of(role, app, model._meta.model_name))
        group, _new = groups.using(using).get_or_create(name=role)
        group.permissions.set(permissions.using(using).filter(codename__in=codenames, content_type__app_label__in=APPS))
