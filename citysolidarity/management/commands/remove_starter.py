"""`manage.py remove_starter`: take what came with the project away, where nobody here has worked with it."""

import sys
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.text import slugify
from django.utils.translation import gettext

from citysolidarity.database.locks import lock_edition
from pledges.loading.milestones import load_milestones
from pledges.loading.signatories import load_signatories
from pledges.models import Milestone, Signature, SignatureEvent
from pledges.vocabularies import Origin
from practices.loading import LoadReport
from practices.loading.networks import read_network
from practices.management.commands.load_directory import Command as Loading
from practices.models import (
    City,
    Fact,
    Figure,
    FormerAddress,
    Guide,
    LibraryDocument,
    Membership,
    Need,
    Network,
    OtherMember,
    Practice,
    Transfer,
)

# What a load, or the system after it, writes beside a row: the model and its field. Whatever else refers to one was done here.
LOADED = {
    "practices.Source.practice", "practices.Figure.practice", "practices.Fact.practice", "practices.Transfer.practice",
    "practices.PracticeTranslation.practice", "practices.Elsewhere.practice", "practices.PracticeEmbedding.practice",
    "practices.PracticeText.practice", "practices.PracticeKeywords.practice", "pledges.Deed.practice", "practices.NeedPractice.need",
    "practices.GuideStep.guide", "practices.GuidePractice.guide", "practices.GuideDocument.guide",
    "practices.GuideTranslation.guide",
    "practices.DocumentCheck.document", "practices.DocumentPoint.document", "practices.DocumentCity.document",
    "practices.DocumentPractice.document", "practices.DocumentTranslation.document",
    "practices.Membership.network", "practices.OtherMember.network", "practices.NetworkTranslation.network",
    "pledges.SignatureSource.signature", "pledges.SignatureEvent.signature",
}  # fmt: skip


class StarterKind(NamedTuple):
    """Of a kind of records: what a LoadReport calls it, how it names one of its rows, and which of them a load may write."""

    what: str
    model: type[models.Model]
    name: Callable[[models.Model], str] = attrgetter("slug")
    loaded: Q = Q()


# Each after those that may keep it.
KINDS = (
    StarterKind("guides", Guide),
    StarterKind("documents", LibraryDocument),
    StarterKind("needs", Need),
    StarterKind("practices", Practice),
    StarterKind("networks", Network),
    StarterKind("signatures", Signature, attrgetter("city.slug"), Q(origin=Origin.STATED)),
    StarterKind("milestones", Milestone, str),
    StarterKind("cities", City),
)
# The keys of the rows of each model that would go.
type Going = dict[type[models.Model], list[int]]


class Starter(NamedTuple):
    """What would go, and of what stays the names, by kind and by reason."""

    going: Going
    staying: dict[str, dict[str, list[str]]]


class Command(BaseCommand):
    help = (
        "Removes what the starter directory brought, where nobody here has changed it or added anything to it. "
        "Shows first what would go, what stays and why, and asks."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--yes", "--noinput", "--no-input", action="store_true", dest="yes", help="remove without asking"
        )

        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="default: fixtures")

    def handle(self, *, yes, folder, **options):
        if settings.STARTER_DIRECTORY:
            raise CommandError("Set STARTER_DIRECTORY=0 first: otherwise the next load fills the site again.")
        if not yes:
            self.tell(found(folder))
            if not self.is_confirmed():
                self.stdout.write("Nothing was removed.")
                return
        with transaction.atomic():
            lock_edition()
            # A question or report that is sent from here on waits, and is refused rather than lost with its page.
            list(Practice.objects.select_for_update().values_list("pk"))
            starter = found(folder)
            if yes:
                self.tell(starter)
            remove(starter.going)
        self.stdout.write(f"Removed: {counted(starter.going)}.")

    def tell(self, starter: Starter) -> None:
        self.stdout.write(f"These would go: {counted(starter.going)}.")
        for what, reasons in starter.staying.items():
            for reason, names in reasons.items():
                self.stdout.write(f"These {what} stay, for {reason} ({len(names):,}): {', '.join(sorted(names))}")

    def is_confirmed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Nothing was removed: there is nobody to ask here. To remove without asking, add --yes.")
        self.stdout.write("It cannot be undone. Remove them? [y/N] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")


def counted(going: Going) -> str:
    return ", ".join(f"{len(going[kind.model]):,} {kind.what}" for kind in KINDS)


def found(folder: Path) -> Starter:
    standing = as_the_files_say(folder)
    starter = Starter({}, {})
    for kind in KINDS:
        relations = relations_to(kind.model)
        rows = (
            kind.model._base_manager.filter(kind.loaded)
            .fetch_mode(models.FETCH_PEERS)
            .annotate(
                in_log=Exists(log_of(kind.model)),
                **{
                    f"relation_{at}": Exists(done_here(relation, starter.going))
                    for at, relation in enumerate(relations)
                },
            )
        )
        going, staying = [], {}
        for row in rows:
            if (name := kind.name(row)) not in standing[kind.what]:
                continue
            reasons = dict.fromkeys(
                f"they have {relation.related_model._meta.verbose_name_plural} here"
                for at, relation in enumerate(relations)
                if getattr(row, f"relation_{at}")
            )
            if not standing[kind.what][name] or row.in_log or getattr(row, "official_domain", ""):
                reasons = {"somebody has worked on them here": None}
            for reason in reasons:
                staying.setdefault(reason, []).append(name)
            if not reasons:
                going.append(row.pk)
        starter.going[kind.model], starter.staying[kind.what] = going, staying
    return starter


def as_the_files_say(folder: Path) -> dict[str, dict[str, bool]]:
    """Of each kind the names in the files, each with whether it stands here as there, translations included.

    The files are loaded for that; what the look itself has loaded is undone.
    """
    report = LoadReport()
    with transaction.atomic():
        cities = Loading().load_entries(folder, report, overwrite=False)
        load_milestones(folder, report, overwrite=False)
        load_signatories(folder, report, cities, overwrite=False)
        transaction.set_rollback(True)
    standing = {
        kind.what: {
            name: outcome in ("unchanged", "replaced") for name, outcome in report.named.get(kind.what, {}).items()
        }
        for kind in KINDS
    }
    for kind in KINDS:
        beside = ("translations", "lists of keywords") if kind.model is Practice else (f"translations of {kind.what}",)
        # They are named after what they belong to: "slug (fr)".
        for name in (name for what in beside for name in report.edited.get(what, [])):
            standing[kind.what][name.partition(" (")[0]] = False
    for slug in networks_with_other_members(folder):
        standing["networks"][slug] = False
    return standing


def networks_with_other_members(folder: Path) -> set[str]:
    """The addresses of networks that somebody has given a member whom the files do not name."""
    report = LoadReport()
    said = {
        (network.slug, *member)
        for row in report.rows(folder / "networks.jsonl", "Networks", optional=True)
        for network, members in [read_network(row)]
        for member in members
    } | {
        (slugify(name), row.values.get("city"), row.values.get("country"))
        for row in report.rows(folder / "signatories.jsonl", "Signatures", optional=True)
        for name in row.texts("network", 120)
    }
    cities = Membership.objects.values_list("network__slug", "city__name", "city__country")
    others = OtherMember.objects.values_list("network__slug", "name", "country")
    return {slug for slug, *member in (*cities, *others) if (slug, *member) not in said}


def relations_to(model: type[models.Model]) -> list:
    """From other tables, those without a name of their own included."""
    fields = model._meta.get_fields(include_hidden=True)
    return [field for field in fields if field.auto_created and not field.concrete and not field.many_to_many]


def done_here(relation, going: Going) -> models.QuerySet:
    """What refers to the row and was not loaded with it, or bears somebody's name; without what goes too."""
    model, name = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{name: OuterRef("pk")})
    if f"{model._meta.label}.{name}" in LOADED:
        return rows.filter(bears_a_name(model))
    for field in model._meta.concrete_fields:
        about = model if field.primary_key else field.related_model
        if about in going:
            rows = rows.exclude(**{f"{field.name}__in": going[about]})
    return rows


def bears_a_name(model: type[models.Model]) -> Q:
    """That a curator has decided on the row, reviewed or published it."""
    people = [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is get_user_model()
    ]
    return Q(*(Q(**{f"{name}__isnull": False}) for name in people), _connector=Q.OR) if people else Q(pk__in=[])


def log_of(model: type[models.Model]) -> models.QuerySet:
    """What people of the desk did with the row."""
    return LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=Cast(OuterRef("pk"), models.TextField())
    )


def remove(going: Going) -> None:
    retire(going)
    signed = list(Signature.objects.filter(pk__in=going[Signature]).values_list("city", flat=True))
    remove_practices(going[Practice])
    # Nothing holds a signature but what it is made of; the database lets only such events go.
    SignatureEvent.objects.filter(signature__in=going[Signature]).delete()
    for kind in KINDS:
        kind.model._base_manager.filter(pk__in=going[kind.model]).delete()
    Signature.objects.show_on_cities(signed)


def remove_practices(keys: list[int]) -> None:
    """The entries before their parts, or the database would index each entry anew for every part that it loses."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM practices_practice WHERE id = ANY(%s)", [keys])
    models_of_parts = [
        relation.related_model for relation in relations_to(Practice) if relation.on_delete is models.CASCADE
    ]
    for model in (Figure, Fact, Transfer, *models_of_parts):  # each of the first holds its source
        model._base_manager.filter(practice__in=keys).delete()


def retire(going: Going) -> None:
    """What was public says from now on that it was removed."""
    paths = [
        row.get_absolute_url().removeprefix("/en")
        for kind in KINDS
        if hasattr(kind.model, "get_absolute_url")
        for row in kind.model._base_manager.fetch_mode(models.FETCH_PEERS).filter(pk__in=going[kind.model])
    ]
    reason = gettext("This entry was removed from the directory.")
    FormerAddress.objects.bulk_create(
        (FormerAddress(path=path, reason=reason) for path in paths), ignore_conflicts=True
    )
