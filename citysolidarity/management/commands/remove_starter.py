"""`manage.py remove_starter`: take the practices that came with the project away, where nobody here has worked with them."""

import sys
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from practices.loading import LoadReport
from practices.loading.cities import load_cities
from practices.loading.guide_translations import load_guide_translations
from practices.loading.guides import load_guides
from practices.loading.practices import load_practices
from practices.loading.translations import load_translations
from practices.models import City, Fact, Figure, Guide, Practice, Transfer

# What a load, or the system after it, writes beside an entry. Whatever else refers to one was done here.
LOADED = {
    "practices.Source", "practices.Figure", "practices.Fact", "practices.Transfer", "practices.PracticeTranslation",
    "practices.GuidePractice", "practices.DocumentPractice", "practices.Elsewhere", "practices.PracticeEmbedding",
    "practices.PracticeText", "practices.PracticeKeywords", "pledges.Deed",
}  # fmt: skip
LOADED_WITH_A_GUIDE = {
    "practices.GuideStep", "practices.GuidePractice", "practices.GuideDocument", "practices.GuideTranslation",
}  # fmt: skip


class Starter(NamedTuple):
    """What would go, and the addresses of the practices that stay because somebody has worked with them."""

    practices: models.QuerySet
    guides: models.QuerySet
    cities: models.QuerySet
    kept: list[str]


class Command(BaseCommand):
    help = (
        "Removes the practices and guides of the starter directory, and cities of which nothing is left, where nobody here has "
        "changed them or added anything. Shows first what would go, and asks."
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
        self.tell(found(folder))
        if not yes and not self.is_confirmed():
            self.stdout.write("Nothing was removed.")
            return
        with transaction.atomic():
            practices, guides, cities = remove(found(folder))
        self.stdout.write(f"Removed: {practices:,} practices, {guides:,} guides, {cities:,} cities.")

    def tell(self, starter: Starter) -> None:
        self.stdout.write(
            f"These would go: {starter.practices.count():,} practices, {starter.guides.count():,} guides."
        )
        if starter.kept:
            names = ", ".join(starter.kept)
            self.stdout.write(f"These stay, for somebody has worked with them here ({len(starter.kept):,}): {names}")

    def is_confirmed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Nothing was removed: there is nobody to ask here. To remove without asking, add --yes.")
        self.stdout.write("It cannot be undone. Remove them? [y/N] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")


def found(folder: Path) -> Starter:
    standing = as_the_files_say(folder)
    guides = untouched(Guide, standing["guides"], LOADED_WITH_A_GUIDE)
    # A guide that stays keeps its practices.
    staying = Guide.objects.exclude(pk__in=guides.values("pk")).filter(guidepractices__practice=OuterRef("pk"))
    practices = untouched(Practice, standing["practices"], LOADED).exclude(Exists(staying))
    kept = Practice.objects.filter(slug__in=standing["practices"]).exclude(pk__in=practices.values("pk"))
    cities = City.objects.filter(slug__in=[slug for slug, is_same in standing["cities"].items() if is_same])
    return Starter(practices, guides, cities.filter(official_domain=""), sorted(kept.values_list("slug", flat=True)))


def as_the_files_say(folder: Path) -> dict[str, dict[str, bool]]:
    """Of practices, guides and cities the addresses in the files, each with whether it stands here as there, translations included.

    The files are loaded for that; what the look itself has loaded is undone.
    """
    report = LoadReport()
    with transaction.atomic():
        cities = load_cities(folder, report, overwrite=False)
        same = load_practices(folder, report, cities, overwrite=False)
        load_translations(folder, report, same, overwrite=False)
        guides = load_guides(folder, report, overwrite=False)
        load_guide_translations(folder, report, guides, overwrite=False)
        transaction.set_rollback(True)
    # A translation is named after its original: "slug (fr)".
    edited = {name.partition(" (")[0] for names in report.edited.values() for name in names}
    kept = set(report.edited.get("practices", []))
    files = {"practices": same | kept, "guides": set(guides), "cities": {city.slug for city in cities.values() if city}}
    return {what: {slug: slug not in edited for slug in slugs} for what, slugs in files.items()}


def untouched(model: type[models.Model], standing: dict[str, bool], loaded: set[str]) -> models.QuerySet:
    """The rows that stand as the files say, to which nothing refers but what was loaded and bears nobody's name."""
    rows = model.objects.filter(slug__in=[slug for slug, is_same in standing.items() if is_same])
    for relation in relations_to(model):
        others = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        if relation.related_model._meta.label in loaded:
            others = others.filter(bears_a_name(relation.related_model))
        rows = rows.exclude(Exists(others))
    return rows


def relations_to(model: type[models.Model]) -> list:
    """From other tables, those without a name of their own included."""
    fields = model._meta.get_fields(include_hidden=True)
    return [field for field in fields if field.auto_created and not field.concrete and not field.many_to_many]


def bears_a_name(model: type[models.Model]) -> Q:
    """That a curator has decided on the row, reviewed or published it."""
    people = [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is get_user_model()
    ]
    return Q(*(Q(**{f"{name}__isnull": False}) for name in people), _connector=Q.OR) if people else Q(pk__in=[])


def remove(starter: Starter) -> tuple[int, int, int]:
    """How many practices, guides and cities are gone."""
    practices = list(starter.practices.values_list("pk", flat=True))
    cities = list(starter.cities.filter(practices__in=practices).values_list("slug", flat=True).distinct())
    guides = starter.guides.delete()[1].get("practices.Guide", 0)
    for part in (Figure, Fact, Transfer):  # each holds its source, which could not go before it
        part.objects.filter(practice__in=practices).delete()
    Practice.objects.filter(pk__in=practices).delete()
    bare = untouched(City, dict.fromkeys(cities, True), set())
    return len(practices), guides, bare.delete()[1].get("practices.City", 0)
