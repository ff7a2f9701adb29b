"""What support decides on plain values: targets, files, what of a mail is new, ready answers."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta

from sellerdesk.support.types import Targets

SUBJECT_MOST, TEXT_LEAST, TEXT_MOST = 150, 10, 20_000
DEFAULT_TARGETS = {"": {"first_hours": 8, "solve_hours": 72}, "orders": {"first_hours": 4, "solve_hours": 48},
                   "money": {"first_hours": 8, "solve_hours": 72}, "account": {"first_hours": 2, "solve_hours": 24}}
DEFAULT_TERMS = {"": {"reopen_days": 14, "silence_days": 7}}
DEFAULT_FILES = {"": {"bytes": 20 * 1024 * 1024, "most": 5}}
#: Kinds of files by what stands in their first bytes.
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "image/png", "png"), (b"\xff\xd8\xff", "image/jpeg", "jpg"),
          (b"%PDF-", "application/pdf", "pdf"))
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![a-zA-Z])")
_OFFICE = {"xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
           "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")}
#: Where the text of a mail stops being new: our own line, and how mail programs begin what they quote.
REPLY_LINE = "##-"
_QUOTE = re.compile(
    r"^(?:##-|>|-{3,}\s*(?:original message|исходное сообщение|原始邮件)|on .{5,120} wrote:"
    r"|.{5,120}(?:пишет|написал[аи]?):|.{3,120}写道[：:]|发件人[：:]|from:\s|от:\s)", re.IGNORECASE)
_VARIABLE = re.compile(r"\{(\w+)\}")


def due(targets: Targets, created_at: datetime) -> tuple[datetime, datetime]:
    """Until when the first answer and the solution are aimed at."""
    return (created_at + timedelta(hours=targets.first_hours), created_at + timedelta(hours=targets.solve_hours))


def may_reopen(ended_at: datetime | None, reopen_days: int, now: datetime) -> bool:
    return ended_at is not None and now < ended_at + timedelta(days=reopen_days)


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


def new_words(text: str) -> str:
    """What a mail says anew, without what it quotes and without a signature."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if _QUOTE.match(line.strip()) or line.rstrip() == "--":
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()


def fill_macro(text: str, values: Mapping[str, str]) -> str:
    """A ready answer with its variables filled; an unknown one stays as it is, so that somebody notices."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
