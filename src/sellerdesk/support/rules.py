"""What support decides on plain values: targets, files, what of a mail is new, ready answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from sellerdesk.support.types import Targets

SUBJECT_MOST, TEXT_LEAST, TEXT_MOST = 150, 10, 20_000
DEFAULT_TARGETS = {"": {"first_hours": 8, "solve_hours": 72}, "orders": {"first_hours": 4, "solve_hours": 48},
                   "money": {"first_hours": 8, "solve_hours": 72}, "account": {"first_hours": 2, "solve_hours": 24}}
DEFAULT_TERMS = {"": {"reopen_days": 14, "silence_days": 7}}
DEFAULT_FILES = {"": {"bytes": 20 * 1024 * 1024, "most": 5}}
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
