"""XLSX, read as a stream: one row in memory at a time, whatever the file says about its own size.

Only what is needed is unpacked, counted as it comes out. Shared strings go to a temporary file. Entities are refused,
dimensions and declared sizes are never believed.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any
from xml.parsers import expat

from xlsxwriter.utility import xl_col_to_name

from sellerdesk.catalog.services.sheets import refusals
from sellerdesk.catalog.services.sheets.limits import Limits
from sellerdesk.catalog.services.sheets.rows import Row, cell_text

_READ = 256 * 1024
# No spreadsheet program has cells further right, not even empty ones.
_WIDEST = 16_384
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REL_ID = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
           "http://purl.oclc.org/ooxml/officeDocument/relationships}id")


def _names(local: str) -> frozenset[str]:
    return frozenset(f"{space}}}{local}" for space in _MAIN)


_ROW, _CELL, _VALUE, _TEXT, _ITEM, _PHONETIC, _SHEET = map(_names, ("row", "c", "v", "t", "si", "rPh", "sheet"))


class Workbook:
    """An open XLSX file. Raises FileRefused for whatever is wrong with it, while it is read."""

    def __init__(self, handle: IO[bytes], limits: Limits) -> None:
        self.limits = limits
        self.unpacked = 0
        try:
            self.archive = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise refusals.not_a_spreadsheet() from None
        entries = self.archive.infolist()
        if len(entries) > limits.members:
            raise refusals.suspicious()
        self.names = {entry.filename.lstrip("/").lower(): entry for entry in entries}
        if len(self.names) != len(entries):
            raise refusals.suspicious()
        if "xl/workbook.xml" not in self.names:
            raise (refusals.old_format() if {"content.xml", "xl/workbook.bin"} & set(self.names)
                   else refusals.not_a_spreadsheet())
        self.sheets = self._sheets()
        self.strings: _Strings | None = None

    def rows(self, name: str) -> Iterator[Row]:
        """The filled rows of a sheet, one after another."""
        if self.strings is None:
            self.strings = self._strings()
        reader = _SheetReader(self.strings, self.limits)
        for chunk in self._chunks(self.sheets[name]):
            self._feed(reader.parser, chunk)
            yield from reader.taken()
        self._feed(reader.parser, b"", last=True)
        yield from reader.taken()

    # --- parts of the archive -----------------------------------------------------------------------------------

    def _sheets(self) -> dict[str, str]:
        """Sheet name → name of its part, in the order of the workbook."""
        targets: dict[str, str] = {}
        found: list[tuple[str, str]] = []

        def relation(name: str, given: dict[str, str]) -> None:
            if name.endswith("}Relationship") and "Target" in given:
                target = given["Target"].lower()
                targets[given.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"

        def sheet(name: str, given: dict[str, str]) -> None:
            if name in _SHEET:
                found.append((given.get("name", ""), next((given[key] for key in _REL_ID if key in given), "")))

        if "xl/_rels/workbook.xml.rels" not in self.names:
            raise refusals.not_a_spreadsheet()
        for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
            parser = _parser()
            parser.StartElementHandler = start
            for chunk in self._chunks(part):
                self._feed(parser, chunk)
        return {name: targets[key] for name, key in found if targets.get(key) in self.names}

    def _strings(self) -> _Strings:
        strings = _Strings()
        if "xl/sharedstrings.xml" in self.names:
            reader = _StringReader(strings, self.limits)
            for chunk in self._chunks("xl/sharedstrings.xml"):
                self._feed(reader.parser, chunk)
            self._feed(reader.parser, b"", last=True)
        return strings

    def _feed(self, parser: Any, chunk: bytes, last: bool = False) -> None:
        try:
            parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise refusals.broken(f"XML, {error.lineno}:{error.offset}") from None

    def _chunks(self, name: str) -> Iterator[bytes]:
        """A part unpacked piece by piece. Sizes are counted as they come out; what the archive declares is not."""
        entry = self.names[name]
        packed = max(min(entry.compress_size, 1 << 40), 1)
        got = 0
        try:
            with self.archive.open(entry) as part:
                while chunk := part.read(_READ):
                    got += len(chunk)
                    self.unpacked += len(chunk)
                    if self.unpacked > self.limits.unpacked or (
                            got > self.limits.ratio_from and got > packed * self.limits.ratio):
                        raise refusals.suspicious()
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            raise refusals.broken(name) from None


def _parser() -> Any:
    """A parser that refuses document types, and so all entities, instead of expanding them."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = 65536

    def refuse(*_given: Any) -> None:
        raise refusals.forbidden_markup()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


class _Strings:
    """The shared strings, in a temporary file: text at one place, where each begins at another."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the workbook is read
        self.starts = array("Q", [0])
        self.at = 0
        self.recent: dict[int, str] = {}

    def append(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        self.file.write(data)
        self.at += len(data)
        self.starts.append(self.at)

    def __getitem__(self, number: int) -> str:
        known = self.recent.get(number)
        if known is not None:
            return known
        if not 0 <= number < len(self.starts) - 1:
            raise refusals.broken("sharedStrings")
        self.file.seek(self.starts[number])
        text = self.file.read(self.starts[number + 1] - self.starts[number]).decode("utf-8", "surrogatepass")
        if len(self.recent) > 5000:
            self.recent.clear()
        self.recent[number] = text
        return text


class _StringReader:
    """Takes the strings out of sharedStrings.xml; readings of Japanese words stay out."""

    def __init__(self, strings: _Strings, limits: Limits) -> None:
        self.parser = _parser()
        self.strings, self.limits = strings, limits
        self.parts: list[str] = []
        self.size = 0
        self.listening = self.phonetic = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._chars

    def _start(self, name: str, _given: dict[str, str]) -> None:
        if name in _TEXT:
            self.listening = not self.phonetic
        elif name in _PHONETIC:
            self.phonetic = True

    def _end(self, name: str) -> None:
        if name in _TEXT:
            self.listening = False
        elif name in _PHONETIC:
            self.phonetic = False
        elif name in _ITEM:
            self.strings.append("".join(self.parts))
            self.parts.clear()
            self.size = 0

    def _chars(self, text: str) -> None:
        if self.listening:
            self.size += len(text)
            if self.size > self.limits.cell:
                raise refusals.cell_too_long(f"#{len(self.strings.starts)}", self.limits)
            self.parts.append(text)


class _SheetReader:
    """Rows of a sheet as they become complete."""

    def __init__(self, strings: _Strings, limits: Limits) -> None:
        self.parser = _parser()
        self.strings, self.limits = strings, limits
        self.ready: list[Row] = []
        self.columns: dict[str, int] = {}
        self.number = 0
        self.at = -1
        self.kind = ""
        self.cells: dict[int, str] = {}
        self.parts: list[str] = []
        self.size = 0
        self.listening = self.phonetic = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._chars

    def taken(self) -> list[Row]:
        rows, self.ready = self.ready, []
        return rows

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name in _CELL:
            place = given.get("r", "")
            self.at = self._column(place.rstrip("0123456789")) if place else self.at + 1
            if self.at >= _WIDEST:
                raise refusals.too_many_columns(self.limits)
            self.kind = given.get("t", "n")
            self.parts.clear()
            self.size = 0
        elif name in _VALUE:
            self.listening = True
        elif name in _TEXT:
            self.listening = not self.phonetic
        elif name in _ROW:
            self.number = _number(given.get("r", ""), self.number + 1)
            self.at = -1
            self.cells = {}
        elif name in _PHONETIC:
            self.phonetic = True

    def _end(self, name: str) -> None:
        if name in _VALUE or name in _TEXT:
            self.listening = False
        elif name in _CELL:
            if self.parts:
                text = self._read("".join(self.parts))
                if text:
                    if self.at >= self.limits.columns:
                        raise refusals.too_many_columns(self.limits)
                    self.cells[self.at] = text
        elif name in _ROW:
            if self.cells:
                width = max(self.cells) + 1
                self.ready.append(Row(self.number, [self.cells.get(at, "") for at in range(width)]))
        elif name in _PHONETIC:
            self.phonetic = False

    def _chars(self, text: str) -> None:
        if self.listening:
            self.size += len(text)
            if self.size > self.limits.cell:
                raise refusals.cell_too_long(f"{xl_col_to_name(max(self.at, 0))}{self.number}", self.limits)
            self.parts.append(text)

    def _column(self, letters: str) -> int:
        known = self.columns.get(letters)
        if known is None:
            known = 0
            for letter in letters[:4].upper():
                known = known * 26 + max(0, min(ord(letter) - 64, 26))
            known = self.columns[letters] = known - 1
        return known

    def _read(self, raw: str) -> str:
        if self.kind == "s":
            text = cell_text(self.strings[_number(raw, -1)])
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).strip() if "_x" in text else text
        if self.kind == "n":
            with suppress(ValueError):
                return cell_text(float(raw))
            return cell_text(raw)
        if self.kind == "b":
            return "true" if raw.strip() == "1" else "false"
        text = cell_text(raw)
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).strip() if "_x" in text else text


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else otherwise


