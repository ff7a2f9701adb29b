"""How texts are read: through look-alike letters, invisible characters and letters s p e l l e d apart.

Word and text are brought to the same skeleton, in which letters that look alike are one letter. Comparing skeletons is
a plain search; where a word was found in the original is worked out afterwards, and only then.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import unescape
from typing import NamedTuple

# Letters and digits that are drawn alike, each row told by its first sign.
_ALIKE = ("aаαɑ4", "eеєε", "oоοσ0", "pрρ", "cсϲ", "yуүγ", "xхχ", "kкκ", "mм", "tтτ", "hнһ", "bвβ", "rг", "iіιlӏ1|",
          "sѕ$", "jј", "dԁ", "qԛ", "wԝ", "nпη", "uυ", "з3", "б6", "zᴢ", "vνѵ")
# Signs that nobody sees, and accents that are stacked upon letters.
_UNSEEN = (
    ("\u00ad", "\u00ad"), ("\u0300", "\u036f"), ("\u061c", "\u061c"), ("\u115f", "\u1160"), ("\u17b4", "\u17b5"),
    ("\u180b", "\u180f"), ("\u1ab0", "\u1aff"), ("\u1dc0", "\u1dff"), ("\u200b", "\u200f"), ("\u202a", "\u202e"),
    ("\u2060", "\u206f"), ("\u20d0", "\u20ff"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"), ("\ufeff", "\ufeff"),
    ("\uffa0", "\uffa0"), ("\U000e0000", "\U000e01ef"))
_DROPPED: dict[int, None] = {code: None for first, last in _UNSEEN for code in range(ord(first), ord(last) + 1)}
# Two letters that texts in Russian are full of, line ends and the underscore take the short way too.
_TABLE: dict[int, str | None] = {
    **{ord(sign): row[0] for row in _ALIKE for sign in row[1:]}, **_DROPPED,
    ord("й"): "и", ord("ё"): "e", ord("\n"): " ", ord("\r"): " ",
    ord("_"): " "}
_TOKENS = re.compile(r"\w+")
# Single letters or digits with signs between them: п.р.и.м.е.р, p r i m e r.
_APART = re.compile(r"(?<!\w)\w(?:[ .,\-*/\\·•~]{1,2}\w(?!\w)){3,}")
_BETWEEN = re.compile(r"\W")
_INLINE = re.compile(r"</?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# So many signs of a word decide whether a list is worth a closer look at a text.
_HEAD = 4


def visible(text: str) -> str:
    """The text as a reader sees it: composed, without invisible characters and stacked accents."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_DROPPED)


def unmarked(text: str) -> str:
    """The words of a text with markup. A tag inside a word does not part it; a paragraph does."""
    if "<" in text:
        text = _TAG.sub(" ", _INLINE.sub("", text))
    return unescape(text) if "&" in text else text


def skeleton(text: str) -> str:
    """The text with look-alikes told by one sign each, in small letters and without accents."""
    bones = text.casefold().translate(_TABLE)
    if bones.isascii() or unicodedata.is_normalized("NFKD", bones):
        return bones
    return unicodedata.normalize("NFKD", text).casefold().translate(_TABLE)


class Reading:
    """A text, made ready for searching once."""

    __slots__ = ("bones", "heads", "text", "together")

    def __init__(self, text: str) -> None:
        self.text = text
        self.bones = skeleton(text)
        tokens = _TOKENS.findall(self.bones)
        self.heads = {token[:_HEAD] for token in tokens}
        # Words spelled apart, put together; most texts have hardly any single letters.
        self.together = (" ".join(_BETWEEN.sub("", run) for run in _APART.findall(self.bones))
                         if list(map(len, tokens)).count(1) > 3 else "")


class Hit(NamedTuple):
    """A word found. `text` is what stands in the original; of a word spelled apart, its skeleton."""

    entry: str
    text: str


class Lexicon:
    """Words and phrases under tags, compiled once. A star at the end stands for any ending: `наркоти*`.

    Words of scripts without spaces are found inside a line, all others only as whole words. Case, ё, look-alike
    letters, accents and the width of spaces do not matter.
    """

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        self._tags: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._open: set[str] = set()
        whole: set[str] = set()
        inside: set[str] = set()
        for tag, words in entries.items():
            for entry in words:
                key = " ".join(skeleton(entry.strip().rstrip("*")).split())
                if not key:
                    continue
                self._tags[key].append((tag, entry))
                spelled = r"\s+".join(re.escape(part) for part in key.split(" "))
                if _WIDE.search(key):
                    inside.add(spelled)
                elif entry.strip().endswith("*"):
                    self._open.add(key)
                    whole.add(spelled + r"\w*")
                else:
                    whole.add(spelled + r"(?!\w)")
        self._heads = {token[:_HEAD] for key in self._tags if not _WIDE.search(key)
                       for token in _TOKENS.findall(key)[:1]}
        # Stems shorter than a head would be missed by comparing heads.
        self._short = {key for key in self._open if len(_TOKENS.findall(key)[0]) < _HEAD}
        # The longest first, so that a phrase is not hidden by the word it begins with.
        self._whole = _any_of(whole, before=r"(?<!\w)")
        self._inside = _any_of(inside)

    def search(self, reading: Reading) -> dict[str, Hit]:
        """The first word found under each tag."""
        found: dict[str, Hit] = {}
        if self._whole and (self._short or not self._heads.isdisjoint(reading.heads)):
            self._collect(self._whole, reading.text, reading.bones, found)
        if self._whole and reading.together:
            self._collect(self._whole, "", reading.together, found)
        if self._inside and _WIDE.search(reading.bones):
            self._collect(self._inside, reading.text, reading.bones, found)
        return found

    def _collect(self, pattern: re.Pattern[str], text: str, bones: str, found: dict[str, Hit]) -> None:
        for match in pattern.finditer(bones):
            for tag, entry in self._entries(match[0]):
                if tag not in found:
                    found[tag] = Hit(entry, _original(text, bones, match.start(), match.end()) or match[0])

    def _entries(self, matched: str) -> list[tuple[str, str]]:
        """What a match stands for: its own entry, and the stems it begins with."""
        key = " ".join(matched.split())
        named = list(self._tags.get(key, ()))
        for stem in self._open:
            if stem != key and key.startswith(stem):
                named += self._tags[stem]
        return named


def _any_of(parts: set[str], before: str = "") -> re.Pattern[str] | None:
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return re.compile(before + "(?:" + "|".join(ordered) + ")") if ordered else None


def _original(text: str, bones: str, start: int, end: int) -> str:
    """The stretch of the text that a stretch of its skeleton came from; empty where it cannot be told."""
    if len(text) == len(bones):
        return text[start:end]
    at: list[int] = []
    for place, sign in enumerate(text):
        at += [place] * len(skeleton(sign))
    return text[at[start]:at[end - 1] + 1] if len(at) == len(bones) else ""
