"""Style sheets in parts: a sheet of ``static/`` that imports others is served, and collected, as one file.

Where ``css/site.css`` says ``@import "site/text.css";`` the text of that file stands instead. So each component has a file
of its own, the sheet is the list of its parts in their order, and a page still loads one file. Without this finder the
pages would look the same, but a browser would ask for each part by itself.
"""

import os
import posixpath
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
ANY_IMPORT = re.compile(r"^[ \t]*@import\b.*", re.MULTILINE)
ADDRESS = re.compile(r"""url\(\s*(["']?)(?![a-z]+:|[/#])([^"')]+)\1\s*\)""")


class JoiningFinder(FileSystemFinder):
    """Finds the files of STATICFILES_DIRS, style sheets with their parts in place of their imports."""

    def find(self, path, find_all=False):
        found = super().find(path, find_all=find_all)
        if find_all:
            return [self.whole(path, file) for file in found]
        return found and self.whole(path, found)

    def list(self, ignore_patterns):
        files = [(path, storage, storage.path(path)) for path, storage in super().list(ignore_patterns)]
        parts = {posixpath.join(posixpath.dirname(path), part) for path, _, file in files for part in parts_of(file)}
        for path, storage, file in files:
            if path not in parts:
                joined = self.whole(path, file) != file
                yield path, FileSystemStorage(settings.JOINED_STYLES) if joined else storage

    def whole(self, path, file):
        """The file to serve under ``path``: ``file`` itself or, if it has parts, a joined one in JOINED_STYLES."""
        return write(Path(settings.JOINED_STYLES, path), joined(Path(file))) if parts_of(file) else file


def parts_of(file):
    """What a style sheet imports, as it says it; nothing for any other file."""
    return IMPORT.findall(Path(file).read_text("utf-8")) if str(file).endswith(".css") else []


def joined(sheet):
    """The text of the style sheet with that of its parts in place of the imports."""
    text = IMPORT.sub(lambda found: part(sheet.parent, found[1]), sheet.read_text("utf-8"))
    if left := ANY_IMPORT.search(text):
        # A browser ignores an import that stands after a rule: the page would be bare without a word.
        raise ImproperlyConfigured(f'{sheet.name}: only @import "part.css"; at the start of a line: {left[0].strip()}')
    return text


def part(folder, name):
    """The text of a part, with its relative addresses as seen from ``folder``, where the joined file stands."""

    def seen_from_folder(found):
        return f'url("{posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2].strip()))}")'

    return ADDRESS.sub(seen_from_folder, (folder / name).read_text("utf-8").rstrip("\n"))


def write(file, text):
    """Write the text unless it stands there already, so that an unchanged file keeps its age; returns the path."""
    if not file.is_file() or file.read_text("utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: other threads and processes serve and write the same file.
        with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as new:
            new.write(text)
        os.replace(new.name, file)
    return str(file)
