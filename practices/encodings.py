"""Which compression a browser takes (RFC 9110, section 12.5.3), and compressing."""

import gzip
from functools import lru_cache
from threading import local

import brotli
import zstandard

# In the order of our own liking. The levels are where more of them costs more time than it saves bytes: zstd 3 makes a
# page of the directory 3 % smaller than 1, and takes half as long again, with tables that fill the processor's cache.
ZSTD_LEVEL, BROTLI_LEVEL, GZIP_LEVEL = 1, 4, 6
NAMES = ("zstd", "br", "gzip")
# Less is not worth a header.
LEAST_BYTES = 200

mine = local()


def weights(accepted: str) -> dict[str, float]:
    """Coding → how much it is wanted, 0 to 1, as the header Accept-Encoding says; what can't be read counts as 0."""
    found = {}
    for item in accepted.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _equals, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if name:
            found[name] = weight if weight == weight else 0.0  # "nan" is a float, too
    return found


@lru_cache(maxsize=500)
def choose(accepted: str) -> str:
    """The coding to answer with: the one wanted most, ours first among equals; "" for none."""
    wanted = weights(accepted)
    scores = {name: wanted.get(name, wanted.get("*", 0.0)) for name in NAMES}
    best = max(NAMES, key=scores.__getitem__)
    # Nothing said of "identity" means that it is fine, yet a coding that was named is wanted more.
    return best if scores[best] and scores[best] >= wanted.get("identity", 0.0) else ""


@lru_cache(maxsize=500)
def takes_gzip(accepted: str) -> bool:
    """Whether the browser takes gzip at all."""
    wanted = weights(accepted)
    return wanted.get("gzip", wanted.get("*", 0.0)) > 0


def compress(data: bytes, coding: str) -> bytes:
    """The bytes in this coding; "" leaves them as they are."""
    if coding == "zstd":
        # A compressor serves one thread at a time.
        if not hasattr(mine, "zstd"):
            mine.zstd = zstandard.ZstdCompressor(level=ZSTD_LEVEL)
        # What it returns keeps the room for the worst case, five times the page: a copy has its own size.
        return bytes(memoryview(mine.zstd.compress(data)))
    if coding == "br":
        return brotli.compress(data, mode=brotli.MODE_TEXT, quality=BROTLI_LEVEL)
    if coding == "gzip":
        return gzip.compress(data, compresslevel=GZIP_LEVEL, mtime=0)
    return data
