"""What outside translators do with a file, for the tests of export and import."""

import io

from babel.messages.pofile import read_po, write_po

from practices.models import PracticeTranslation
from practices.translating.exchange.export import po_of, translations_into, untranslated_into
from practices.translating.exchange.import_plan import ExchangePlan
from practices.translating.exchange.reading import read


def exported(language="es") -> bytes:
    """Every translation into a language, and every public entry that has none."""
    rows = PracticeTranslation.objects.all()
    return po_of([*translations_into(language, rows), *untranslated_into(language)], language)


def texts_of(content: bytes) -> list[tuple]:
    """What a file says, without the marks: they follow what stands at the desk."""
    catalog = read_po(io.BytesIO(content), abort_invalid=True)
    return [(one.context, one.id, one.string, _without_mark(one.auto_comments)) for one in catalog if one.id]


def _without_mark(comments):
    return [comment for comment in comments if not comment.startswith("mark: ")]


def edited(content: bytes, width=76, **texts) -> bytes:
    """The file as another program saves it (with long lines wrapped), some texts changed: field → translation."""
    catalog = read_po(io.BytesIO(content))
    for message in catalog:
        if message.id and (text := texts.get(message.context.rpartition("/")[2])) is not None:
            message.string = text
    file = io.BytesIO()
    write_po(file, catalog, width=width)
    return file.getvalue()


def plan_of(content: bytes, **options) -> ExchangePlan:
    return ExchangePlan(read(content), **options)


def taken(content: bytes, *ticked: int, **facts) -> list[PracticeTranslation]:
    return plan_of(content, lock=True).carry_out(set(ticked), **{"made_by": "An office"} | facts)
