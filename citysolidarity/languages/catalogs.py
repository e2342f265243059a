"""The catalogues of translated sentences, made ready for gettext, which reads only the binary form (.mo)."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings


def compile_catalogs() -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; returns those compiled. Safe in several processes."""
    folders = map(Path, settings.LOCALE_PATHS)
    sources = [source for folder in folders for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
    return [compiled(source) for source in sources if is_outdated(source)]


def is_outdated(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def compiled(source: Path) -> Path:
    """The compiled form of a catalogue; OSError where its folder may not be written to."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po  # a site that is compiled already needs neither

    with source.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    with NamedTemporaryFile(dir=source.parent, prefix=".", suffix=".mo", delete=False) as new:
        write_mo(new, catalog)
    Path(new.name).chmod(0o644)
    return Path(new.name).replace(source.with_suffix(".mo"))
