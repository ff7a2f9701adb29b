"""The policies that decisions link to: short texts of ours in three languages, from data."""

from __future__ import annotations

from dataclasses import dataclass

from sellerdesk.catalog.defaults import starter


@dataclass(frozen=True, slots=True)
class Policy:
    """One page. Texts are those of one language; paragraphs and lists are parted as `blocks`."""

    key: str
    title: str
    summary: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    since: str


def _text(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts["en"]


def all_of(language: str) -> list[Policy]:
    """Every policy, in the order of the data."""
    return [_policy(row, language) for row in starter("policies")]


def get(key: str, language: str) -> Policy | None:
    return next((_policy(row, language) for row in starter("policies") if row["key"] == key), None)


def _policy(row: dict, language: str) -> Policy:
    return Policy(row["key"], _text(row["title"], language), _text(row["summary"], language),
                  tuple((_text(block["head"], language), tuple(_text(line, language) for line in block["lines"]))
                        for block in row["blocks"]), row["since"])
