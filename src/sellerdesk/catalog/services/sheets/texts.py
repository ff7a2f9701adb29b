"""CSV in whatever encoding and with whatever separator, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from sellerdesk.catalog.services.sheets import refusals
from sellerdesk.catalog.services.sheets.limits import Limits
from sellerdesk.catalog.services.sheets.rows import Row, cell_text
from sellerdesk.core.spreadsheet import plain_cell

_READ = 1 << 20
_SAMPLE = 1 << 16
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{", b"<")


def encoding_of(handle: IO[bytes]) -> str:
    """UTF-8, UTF-16, Windows-1251 or GB 18030, judged by the whole file. Raises FileRefused for bytes that are no text.

    In Russian text nearly every byte above 127 is a letter, C0 to FF; in Chinese about half are below.
    """
    handle.seek(0)
    sample = handle.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return _held(handle, encoding)
    if sample.startswith(_NO_TEXT):
        raise refusals.not_a_spreadsheet()
    if b"\x00" in sample[:4096]:
        return _held(handle, _wide(sample))
    if _readable(handle, "utf-8"):
        return "utf-8"
    high = [byte for byte in sample if byte >= 0x80]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    return _held(handle, "cp1251" if letters >= 0.85 * len(high) else "gb18030")


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: at odd places it is little-endian, at even ones big-endian."""
    even, odd = sample[:4096:2].count(0), sample[1:4096:2].count(0)
    if max(even, odd) < len(sample[:4096]) // 8 or min(even, odd) > max(even, odd) // 4:
        raise refusals.not_a_spreadsheet()
    return "utf-16-le" if odd > even else "utf-16-be"


def _held(handle: IO[bytes], encoding: str) -> str:
    if not _readable(handle, encoding):
        raise refusals.encoding_unknown()
    return encoding


def _readable(handle: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    handle.seek(0)
    try:
        while chunk := handle.read(_READ):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(first_line: str) -> str:
    """Semicolon, comma or tab: whichever the heading has most of. Raises FileRefused when it has none."""
    found = max(";,\t", key=first_line.count)
    if not first_line.count(found):
        raise refusals.not_a_spreadsheet()
    return found


def rows(handle: IO[bytes], limits: Limits) -> Iterator[Row]:
    """The filled rows. A leading apostrophe that guards a sign is taken off, as it was put on by exports of ours."""
    encoding = encoding_of(handle)
    handle.seek(0)
    text = io.TextIOWrapper(io.BufferedReader(_Kept(handle)), encoding=encoding, newline="")
    head = text.read(_SAMPLE)
    delimiter = separator_of(head.lstrip("\r\n").split("\n", 1)[0])
    text.seek(0)
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            if len(cells) > limits.columns and any(cells[limits.columns:]):
                raise refusals.too_many_columns(limits)
            made = [_plain(cell) for cell in cells[:limits.columns]]
            if any(made):
                for at, cell in enumerate(made):
                    if len(cell) > limits.cell:
                        raise refusals.cell_too_long(f"{number}:{at + 1}", limits)
                yield Row(number, made)
    except csv.Error:
        raise refusals.broken("CSV") from None


def _plain(cell: str) -> str:
    return plain_cell(cell_text(cell))


class _Kept(io.RawIOBase):
    """The caller's file, which closing the text layer must not close."""

    def __init__(self, handle: IO[bytes]) -> None:
        self.handle = handle

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.handle.seek(offset, whence)

    def tell(self) -> int:
        return self.handle.tell()

    def readinto(self, buffer) -> int:
        data = self.handle.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)
