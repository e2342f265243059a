"""What stands against a change that a sheet makes to an entry: above all what a colleague has changed meanwhile."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.entries.differences import label_of, same
from practices.loading import Row
from practices.models import Practice
from practices.models.entries.record import FIELDS, PARTS, Record, record_of
from practices.spreadsheets.columns import SOURCE
from practices.vocabularies.languages import base_of

MOST_VERSIONS = 20  # of an entry that are compared with a sheet without revisions
LATELY = timedelta(days=90)


def check_entry(row: Row, entry: Practice, record: Record, texts: dict[str, str]) -> list[str]:
    """Notes what is wrong with a change of this entry; returns what its reader is to be told."""
    seen, notes = texts.get("revision", "").strip().removesuffix(".0"), []
    if not seen:
        notes = check_versions(row, entry, record, texts)
    elif seen != str(entry.revision):
        problem = _("was changed here since the sheet was made (revision %(seen)s, now %(now)d): export it again")
        row.wrong(problem % {"seen": seen[:20], "now": entry.revision})
    own = base_of(record["language"])
    if own != base_of(entry.language) and entry.translations.filter(language=own).exists():
        row.wrong(_("has a translation into %r, so the original cannot be in that language") % own)
    if "sources" not in record:
        return notes
    if entry.published_at and not record["sources"]:
        row.wrong(_("is published and keeps at least one source"))
    remaining = {(source["url"], source["title"]) for source in record["sources"]}
    cited = {part.source_id for name in PARTS for part in getattr(entry, name).all()}
    for source in entry.sources.all():
        if source.pk in cited and (source.url, source.title) not in remaining:
            row.wrong(_("a figure or fact is based on the source %r, so it cannot be left out") % source.title)
    return notes


def check_versions(row: Row, entry: Practice, record: Record, texts: dict[str, str]) -> list[str]:
    """Without a revision the sheet tells by itself from which version it was made: the one that it is nearest to.

    If that is an old one, a colleague's edit would be undone unseen. Where two are as near, it is told.
    """
    stored = record_of(entry)
    told = [name for name in (*FIELDS, "sources") if name in record and is_told(name, texts)]
    changed = [name for name in told if not same(name, stored[name], record[name])]
    versions = list(entry.versions.select_related("by").exclude(revision=entry.revision)[:MOST_VERSIONS])
    latest = entry.versions.select_related("by").filter(revision=entry.revision).first()
    for version in versions:
        old = version.record
        set_back = [name for name in told if name in old and not same(name, old[name], stored[name])]
        own = [name for name in told if name in old and not same(name, old[name], record[name])]
        if not set(set_back) & set(changed):
            continue
        facts = {
            "fields": ", ".join(label_of(name) for name in set_back if name in changed),
            "when": date_format(latest.at if latest else entry.updated_at, "DATETIME_FORMAT"),
            "who": (latest and latest.by and latest.by.get_username()) or _("someone outside the desk"),
        }
        if len(own) < len(changed):
            problem = _(
                "was changed here on %(when)s by %(who)s, and the sheet is older (%(fields)s): export it again, or "
                "add the column “revision”"
            )
            row.wrong(problem % facts)
            return []
        if timezone.now() - (latest.at if latest else entry.updated_at) > LATELY:
            return []
        note = _("%(fields)s: changed here on %(when)s by %(who)s. The sheet has no column “revision”: look twice.")
        return [note % facts]
    return []


def is_told(name: str, texts: dict[str, str]) -> bool:
    return any(SOURCE.fullmatch(column) for column in texts) if name == "sources" else name in texts
