"""Files of a back-up: compressed with Zstandard and, where there is a key, encrypted so that no change goes unnoticed.

An encrypted file is MAGIC, 16 bytes of salt, and chunks of AES-256-GCM. The key of a file is derived (HKDF-SHA256) from the
key of the operator, the salt and what the file is about, so that no file can stand in for another. A chunk's nonce holds its
number and whether it is the last, so that none can be left out, moved or cut off (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015).
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"CITIES-OF-SOLIDARITY 1\n"
SALT, TAG = 16, 16
CHUNK = 1 << 20
LEVEL = 3  # of Zstandard: faster than most disks
COMPRESSED, ENCRYPTED = ".zst", ".zst.enc"


class BrokenFile(Exception):
    """The message is one sentence that names the file."""


def suffix(key: bytes) -> str:
    return ENCRYPTED if key else COMPRESSED


def cipher(key: bytes, salt: bytes, about: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, about.encode()).derive(key))


def nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


class Encrypting(io.RawIOBase):
    """Written to, it writes chunks to ``target``, which it leaves open."""

    def __init__(self, target: BinaryIO, key: bytes, about: str):
        salt = os.urandom(SALT)
        self.target, self.number, self.waiting = target, 0, bytearray()
        self.cipher = cipher(key, salt, about)
        target.write(MAGIC + salt)

    def writable(self):
        return True

    def write(self, data) -> int:
        self.waiting += data
        while len(self.waiting) > CHUNK:  # the last one is never empty, but in an empty file
            self._put(bytes(self.waiting[:CHUNK]), is_last=False)
            del self.waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._put(bytes(self.waiting), is_last=True)

    def _put(self, chunk: bytes, is_last: bool) -> None:
        self.target.write(self.cipher.encrypt(nonce(self.number, is_last), chunk, None))
        self.number += 1


class Decrypting(io.RawIOBase):
    """Read from, it reads chunks of ``source``; raises BrokenFile at the first that is not as it was written."""

    def __init__(self, source: BinaryIO, key: bytes, about: str, name: str):
        self.source, self.name, self.number, self.clear = source, name, 0, b""
        if source.read(len(MAGIC)) != MAGIC:
            raise BrokenFile(f"{name} is no encrypted file of a back-up.")
        self.cipher = cipher(key, source.read(SALT), about)
        self.next = source.read(CHUNK + TAG)
        self.is_over = False

    def readable(self):
        return True

    def readinto(self, buffer) -> int:
        while not self.clear and not self.is_over:
            self.clear = self._chunk()
        size = min(len(buffer), len(self.clear))
        buffer[:size], self.clear = self.clear[:size], self.clear[size:]
        return size

    def _chunk(self) -> bytes:
        chunk, self.next = self.next, self.source.read(CHUNK + TAG)
        self.is_over = not self.next
        try:
            clear = self.cipher.decrypt(nonce(self.number, self.is_over), chunk, None)
        except (InvalidTag, ValueError):
            raise BrokenFile(f"{self.name} is damaged, cut off, or encrypted with another key.") from None
        self.number += 1
        return clear


@contextmanager
def sealed(path: Path, key: bytes, about: str) -> Iterator[BinaryIO]:
    """A file to write to; it is on the disk, readable by this account alone, when the block ends."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        target = Encrypting(file, key, about) if key else file
        with zstandard.ZstdCompressor(LEVEL, write_checksum=True).stream_writer(target, closefd=False) as writer:
            yield writer
        if key:
            target.finish()
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def unsealed(path: Path, key: bytes, about: str) -> Iterator[BinaryIO]:
    """The file as it was written. Raises BrokenFile, at the latest where the damage is read."""
    is_encrypted = path.name.endswith(ENCRYPTED)
    if is_encrypted and not key:
        raise BrokenFile(f"{path.name} is encrypted: set BACKUP_KEY.")
    try:
        with path.open("rb") as file:
            source = Decrypting(file, key, about, path.name) if is_encrypted else file
            with zstandard.ZstdDecompressor().stream_reader(source, closefd=False) as reader:
                yield io.BufferedReader(reader, CHUNK)
    except zstandard.ZstdError as error:
        raise BrokenFile(f"{path.name} is damaged: {error}.") from error
    except FileNotFoundError:
        raise BrokenFile(f"{path.name} is missing.") from None
