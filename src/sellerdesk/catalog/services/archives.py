"""Files out of an archive that a stranger packed, within bounds that its own headers cannot move.

Nothing is ever unpacked to a path: names are only read. Bytes are counted as they come out, whatever the archive says
about itself.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import matching
from sellerdesk.catalog.errors import FileRefused, PictureRefused
from sellerdesk.catalog.services import imaging

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
#: Beyond so much unpacked, the archive may not have been packed tighter than this.
_FREE = 64 * 1024 * 1024
_RATIO = 100
_PIECE = 256 * 1024
_ENTRY = b"PK\x01\x02"
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: its number in it, its name for people, and where its bytes are."""

    number: int
    name: str
    entry: zipfile.ZipInfo


class Archive:
    """An archive opened for reading once. Raises FileRefused for what is none, or holds too many files."""

    def __init__(self, handle: IO[bytes], most: int) -> None:
        handle.seek(0, io.SEEK_END)
        self._size = handle.tell()
        self._out = 0
        if self._size > MAX_BYTES:
            raise FileRefused("archive_too_large", _("The files are larger than %(limit)s MB together. Send them in "
                                                     "parts."), field="files",
                              data={"limit": MAX_BYTES // (1024 * 1024)})
        if _entries(handle, most + 1000) > most:
            raise FileRefused("too_many_files", _("The archive holds more than %(limit)s files. Send them in parts."),
                              field="files", data={"limit": most})
        try:
            self._zip = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError):
            raise FileRefused("archive_broken", _("This is no ZIP archive, or it is cut off. Pack it again and "
                                                  "retry."), field="files") from None

    def members(self) -> list[Member]:
        """What may be pictures, in the archive's order: no folders, and not what systems leave behind."""
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        named = [Member(number, matching.base_name(entry.filename), entry) for number, entry in enumerate(entries)]
        return [each for each in named if each.name and not each.entry.filename.startswith(_NOISE)
                and not each.entry.filename.endswith(_NOISE)]

    def read(self, member: Member) -> bytes:
        """The bytes of a file. Raises PictureRefused for that file alone, FileRefused when the archive is a bomb."""
        if member.entry.flag_bits & 1:
            raise PictureRefused("picture_locked", _("The file is locked with a password."), field="images")
        if member.entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PictureRefused("picture_packed", _("The file is packed in a way we do not read. Pack the archive as "
                                                     "an ordinary ZIP."), field="images")
        out = bytearray()
        try:
            for piece in self._pieces(member):
                out += piece
                if len(out) > imaging.MAX_BYTES:
                    raise imaging.too_large()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise PictureRefused("picture_broken", _("The picture file is broken or cut off. Save it again and retry."),
                                 field="images") from None
        return bytes(out)

    def _pieces(self, member: Member) -> Iterator[bytes]:
        with self._zip.open(member.entry) as handle:
            while piece := handle.read(_PIECE):
                self._out += len(piece)
                if self._out > MAX_UNPACKED or (self._out > _FREE and self._out > _RATIO * self._size):
                    raise FileRefused("archive_suspicious", _("The archive unpacks to an unreasonable size. Pack the "
                                                              "pictures anew and retry."), field="files")
                yield piece


def _entries(handle: IO[bytes], enough: int) -> int:
    """How many entries an archive lists, counted by their marks before anybody builds a list of them."""
    handle.seek(0)
    found, tail = 0, b""
    while piece := handle.read(1 << 20):
        found += (tail + piece).count(_ENTRY)
        tail = piece[-3:]
        if found > enough:
            break
    handle.seek(0)
    return found
