"""Files that people send along with words: what they are by their bytes, and what they may be called."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

#: Kinds of files by what stands in their first bytes.
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "image/png", "png"), (b"\xff\xd8\xff", "image/jpeg", "jpg"),
          (b"%PDF-", "application/pdf", "pdf"))
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![a-zA-Z])")
_OFFICE = {"xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
           "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in; its name is what the sender's computer called it."""

    name: str
    data: bytes


def sniff(data: bytes) -> tuple[str, str] | None:
    """Content type and extension by the bytes alone, None for what is not taken: programs, archives, locked files."""
    for sign, kind, extension in _SIGNS:
        if data.startswith(sign):
            return None if kind == "application/pdf" and _PDF_ACTIVE.search(data) else (kind, extension)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "webp"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return ("text/plain", "txt") if _is_text(data) else None


def _office(data: bytes) -> tuple[str, str] | None:
    """A workbook or a document without programs; any other archive is none."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((made for start, made in _OFFICE.items() if any(name.startswith(start) for name in names)), None)


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    head = text.lstrip("\ufeff \r\n\t")[:200].lower()
    # A page for a browser or a script calls itself text, too.
    return bool(head) and not head.startswith(("<", "#!", "mz")) and not any(
        unicodedata.category(sign) == "Cc" and sign not in "\r\n\t" for sign in text[:5000])


def file_name(name: str) -> str:
    """A name fit to be shown and sent in a header."""
    kept = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if unicodedata.category(sign)[0] != "C")
    return " ".join(kept.split())[-120:] or "file"
