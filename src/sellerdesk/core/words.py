"""Words as people look for them, in Chinese, Russian and English: pure folding for a search by parts of texts.

A text is stored with `indexed`, a query is cut with `sought`, and a text is found when it holds every part. Endings are
taken off the query alone: what is left is a part of every form of the word. Chinese has no spaces and words of two
signs, which an index of trigrams cannot hold, so each pair of signs is stored behind a mark.
"""

from __future__ import annotations

import re

_MARK = "¤"
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")
_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*", re.UNICODE)
# Longest first, so that one cut is enough. What is left keeps at least four letters.
_RUSSIAN = sorted(
    ["иями", "ями", "ами", "ией", "иям", "ием", "иях", "ого", "его", "ому", "ему", "ыми", "ими", "ах", "ях", "ам", "ям",
     "ом", "ем", "ов", "ев", "ей", "ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ым", "им", "ых", "их", "ую",
     "юю", "ою", "ею", "ия", "ью", "ию", "а", "я", "у", "ю", "о", "е", "ы", "и", "ь", "й"], key=len, reverse=True)
_ENGLISH = ("ingly", "edly", "ing", "ies", "ied", "es", "ed", "s", "y")
_LEAST = 4
MOST_WORDS = 8


def fold(text: str) -> str:
    return text.casefold().replace("ё", "е")


def indexed(*texts: str) -> str:
    """Texts as they are stored for search."""
    folded = " ".join(fold(text) for text in texts if text)
    pairs = dict.fromkeys(run[at:at + 2] for run in _CHINESE.findall(folded) for at in range(len(run) - 1))
    return " ".join([folded, *(_MARK + pair for pair in pairs)])


def sought(query: str) -> list[str]:
    """The parts that a stored text must hold, all of them."""
    found: list[str] = []
    for word in _WORD.findall(fold(query)):
        for run in _CHINESE.findall(word):
            found += [_MARK + run[at:at + 2] for at in range(len(run) - 1)] or [run]
        if rest := _CHINESE.sub("", word):
            found.append(stem(rest))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def stem(word: str) -> str:
    """A folded word without its ending; what is no plain word (a number, an offer id) stays whole."""
    if not word.isalpha():
        return word
    endings = _ENGLISH if word.isascii() else _RUSSIAN
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[:-len(ending)]
    return word
