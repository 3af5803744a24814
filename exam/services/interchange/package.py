"""A zip of a stranger, opened in the child process: entries in memory, or one refusal.

Nothing is written to a disk, so an entry that wants to lie outside the package can only be refused.
"""

import struct
import unicodedata
import zipfile
import zlib
from io import BytesIO

from question_bank.errors import QuestionBankError

CHUNK = 256 * 1024
RATIO_MATTERS_FROM = 1024 * 1024
LOCAL_HEADER = struct.Struct("<4s22xHH")
SYMLINK, KIND_OF_FILE = 0o120000, 0o170000
LONGEST_NAME = 240


class PackageRefusedError(QuestionBankError):
    """A package that is not opened; `check` is a stable word, the message one line."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


def open_package(content: bytes, limits: dict[str, int]) -> dict[str, bytes]:
    """Unpack a zip into memory, by what it really unpacks to and never by what its headers say.

    Raises
    ------
    PackageRefusedError
        If it is damaged, locked, larger than the limits, packed tighter than their ratio, has entries that
        overlap, or names that lead out of it or meet.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > limits["entries"]:
                raise PackageRefusedError(
                    "too-many-entries", f"more than {limits['entries']} files in the package"
                )
            _refuse_overlaps(content, entries)
            _refuse_names(entries)
            return _unpacked(package, len(content), limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        RuntimeError,
        OSError,
        NotImplementedError,  # zipfile says so of a compression that it does not know
    ):
        raise PackageRefusedError(
            "package-damaged", "the package is damaged or packed in a way not read"
        ) from None


def _refuse_overlaps(content: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Each entry ends before the next begins (CVE-2024-0450): else the same bytes unpack again and again."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.flag_bits & 1:
            raise PackageRefusedError("package-locked", "the package is locked with a password")
        if entry.header_offset < end:
            raise PackageRefusedError("entries-overlap", "files of the package overlap: a zip bomb")
        _, name, extra = LOCAL_HEADER.unpack_from(content, entry.header_offset)
        end = entry.header_offset + LOCAL_HEADER.size + name + extra + entry.compress_size


def _refuse_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        shown = ascii(name[:80])
        parts = name.rstrip("/").split("/")
        leads_out = name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0] or "\x00" in name
        if leads_out or entry.external_attr >> 16 & KIND_OF_FILE == SYMLINK:
            raise PackageRefusedError("path", f"the entry {shown} leads out of the package")
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen or len(name) > LONGEST_NAME:
            raise PackageRefusedError("names", f"the entry {shown} stands twice, or its name is too long")
        seen.add(folded)


def _unpacked(package: zipfile.ZipFile, packed: int, limits: dict[str, int]) -> dict[str, bytes]:
    unpacked: dict[str, bytes] = {}
    total = 0
    for entry in package.infolist():
        pieces = []
        with package.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > limits["unpacked_bytes"]:
                    most = limits["unpacked_bytes"] // 1024**2
                    raise PackageRefusedError("unpacks-too-large", f"it unpacks to more than {most} MB")
                if total > max(RATIO_MATTERS_FROM, packed * limits["ratio"]):
                    said = f"it unpacks to more than {limits['ratio']} times its size: a zip bomb"
                    raise PackageRefusedError("packed-too-tightly", said)
                pieces.append(chunk)
        if not entry.is_dir():
            unpacked[entry.filename] = b"".join(pieces)
    return unpacked
