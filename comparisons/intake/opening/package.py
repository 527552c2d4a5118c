"""The zip file that an XLSX file is: judged by its directory before any part of it is unpacked.

The directory may lie. What is unpacked is therefore bounded by what it says, and a part that turns out
otherwise is a damaged one. Nothing is ever written to a folder, and a zip inside it is never opened.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from comparisons.intake.opening.kinds import SAVE_AS_XLSX
from comparisons.intake.opening.limits import DAMAGED, Unreadable, count, megabytes

MOST_PARTS = 2_000
MOST_UNPACKED = 150_000_000
#: How much smaller a part may have become by packing. Sheets of nothing but empty cells come to about 40.
MOST_RATIO = 100
#: Small parts may pack however well they like.
_SMALL = 1_000_000

_PACKED_TOO_HARD = (
    f"Filen blir mer än {MOST_RATIO} gånger större när den packas upp. Så är inte en vanlig arbetsbok. "
    "Kopiera tabellen till en ny arbetsbok och spara den som .xlsx."
)
_WORD_OR_SUCH = "Lägg tabellen i ett kalkylark och spara det som .xlsx."
#: What else is a zip file, by a part that it has and a workbook has not.
_OTHER_KINDS = (
    ("word/document.xml", f"Filen är ett Word-dokument. {_WORD_OR_SUCH}"),
    ("ppt/presentation.xml", f"Filen är en PowerPoint-presentation. {_WORD_OR_SUCH}"),
    ("xl/workbook.bin", f"Filen är en binär arbetsbok (.xlsb). {SAVE_AS_XLSX}"),
    ("index/document.iwa", "Filen är från Numbers. Exportera den som Excel (.xlsx) och läs in den igen."),
    ("content.xml", f"Filen är i OpenDocument-format (.ods). {SAVE_AS_XLSX}"),
)
#: What zipfile and zlib raise on bytes that are not what they say.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Package:
    """The parts of a workbook by name. Raises Unreadable for a file that is no workbook, or a bomb."""

    def __init__(self, content: bytes) -> None:
        # Before the directory itself is read: an entry of it takes ten times its room in memory.
        entries = content.count(b"PK\x01\x02")
        if entries > MOST_PARTS:
            raise Unreadable(
                f"Filen består av {count(entries)} delar. Högst {count(MOST_PARTS)} går att läsa in. "
                "Kopiera de blad som behövs till en ny arbetsbok."
            )
        self._size = len(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error
        # Part names are the same whatever their case; some programs write folders the Windows way.
        self._parts = {_name(info.filename): info for info in infos if not info.is_dir()}
        self._check_kind()
        self._check_names(infos)
        self._check_sizes()

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._parts

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """A part, open for reading. Raises Unreadable when there is none, or it is not as it was packed."""
        info = self._parts.get(_name(name))
        if info is None:
            raise Unreadable(DAMAGED)
        try:
            with self._zip.open(info) as stream:
                yield stream
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error

    def _check_kind(self) -> None:
        if any(name.startswith("xl/") for name in self._parts) and "xl/workbook.bin" not in self._parts:
            return
        for part, sentence in _OTHER_KINDS:
            if part in self._parts:
                raise Unreadable(sentence)
        if "_rels/.rels" not in self._parts:
            raise Unreadable(
                "Filen är ett zip-arkiv och inget kalkylark. Packa upp det, och läs in kalkylarket i det."
            )

    def _check_names(self, infos: list[zipfile.ZipInfo]) -> None:
        twice = len(self._parts) < sum(not info.is_dir() for info in infos)
        outside = any(name.startswith("/") or ".." in name.split("/") or "\0" in name for name in self._parts)
        if twice or outside:
            raise Unreadable(DAMAGED)
        for info in infos:
            if info.flag_bits & 0x41:  # encrypted, in the old way or the new
                raise Unreadable("Filen är packad med lösenord. Spara den utan lösenord och läs in den igen.")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unreadable(DAMAGED)

    def _check_sizes(self) -> None:
        unpacked = sum(info.file_size for info in self._parts.values())
        if unpacked > MOST_UNPACKED:
            raise Unreadable(
                f"Filen är på {megabytes(unpacked)} när den packas upp. Högst {megabytes(MOST_UNPACKED)} går "
                "att läsa in. Dela upp den i flera filer."
            )
        for info in self._parts.values():
            if info.compress_size > self._size:
                raise Unreadable(DAMAGED)
            if info.file_size > _SMALL and info.file_size > MOST_RATIO * info.compress_size:
                raise Unreadable(_PACKED_TOO_HARD)


def _name(name: str) -> str:
    return name.replace("\\", "/").lower()
