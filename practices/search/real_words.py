"""The words that are right in one of the site's languages: none of them is taken for a misspelt one."""

import lzma
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path
from zlib import crc32

from django.conf import settings
from text_unidecode import unidecode

FILE = Path("fixtures") / "real_words.txt.xz"
BARE = str.maketrans("أإآٱىة", "اااايه")


def plain(word: str) -> str:
    """The word as the database compares words (``practices_plain``)."""
    return "".join(unidecode(letter) if ord(letter) < 0x250 else letter for letter in word.lower()).translate(BARE)


def is_real(word: str) -> bool:
    """Whether a plain word is one; of a million others some forty are taken for one."""
    numbers, number = known(), crc32(word.encode())
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


@cache
def known() -> array:
    """The words as sorted checksums: a megabyte in each worker, where the words themselves would be fifteen."""
    return array("I", sorted(map(crc32, lzma.decompress((settings.BASE_DIR / FILE).read_bytes()).split(b"\n"))))
