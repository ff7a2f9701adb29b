"""Words as people look for them, in Chinese, Russian and English: pure folding and stemming, the only one there is.

Two kinds of search stand on it. A few hundred texts in memory are found by `terms`, which both text and query are cut
into. Rows of the database are found by parts of their text: a text is stored with `indexed`, a query is cut with
`sought`, and a text is found when it holds every part. Endings are taken off the query alone there: what is left is a
part of every form of the word. Chinese has no spaces and words of two signs, which an index of trigrams cannot hold,
so each pair of signs is stored behind a mark.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARK = "¤"
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")
_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*", re.UNICODE)
_TERM = re.compile(r"[a-z0-9_]+|[а-я]+|[㐀-鿿豈-﫿]+")
#: Endings of Russian nouns, adjectives and verbs, the longest first, so that one cut is enough.
_RUSSIAN_TEXT = """
    иями ями ами ием иям ией иях ия ии ию ие ье ья ью ов ев ей ам ям ах ях ом ем ой ою ею ы и а я о е у ю ь й
    ого его ому ему ыми ими ых их ый ий ая яя ое ее ую юю ые ым им
    ировать овать ать ять ить еть уть ает яет ует ит ат ят ют ут ал ял ил ел ала яла ила али яли или
"""
_RUSSIAN = sorted(_RUSSIAN_TEXT.split(), key=len, reverse=True)
_ENGLISH = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "es", "ed", "ion", "s", "e", "y")
#: Letters that are left at least: of a term, and of a part, which is met inside of other words too. An ending of one
#: letter leaves a part of three: mugs, цены.
_LEAST_OF_TERM, _LEAST_OF_PART = 3, 4
MOST_WORDS = 8
#: Words that say nothing about what is wanted.
_STOP_TEXT = """
    a an the of to in on for and or is are be it my your how do does i can what with from by not no at as
    и в во на с со по к у о об за из от до не как что это мой моя мне я а или для
"""
_STOP = frozenset(_STOP_TEXT.split())


def fold(text: str) -> str:
    """Text without case, accents and compatible forms of signs; ё is е, й stays itself."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ё", "е"))
    return unicodedata.normalize("NFC", "".join(
        sign for sign in decomposed if sign == "\u0306" or not unicodedata.combining(sign)))


@lru_cache(maxsize=20_000)
def stem(word: str, least: int = _LEAST_OF_TERM) -> str:
    """What the forms of a folded word have in common, roughly: orders, order → order; заказов, заказы → заказ.

    Always a beginning of the word, of at least `least` letters, three where one is cut off. What is no plain word (a
    number, an offer id) stays.
    """
    if not word.isalpha():
        return word
    if not word.isascii() and word.endswith(("ся", "сь")) and len(word) > 5:
        word = word[:-2]
    for ending in _ENGLISH if word.isascii() else _RUSSIAN:
        if word.endswith(ending) and len(word) - len(ending) >= (least if len(ending) > 1 else _LEAST_OF_TERM):
            return word[:-len(ending)]
    return word


def terms(text: str) -> list[str]:
    """The terms of a text or query, in order, with doubles: stems, and Chinese by pairs of signs."""
    found: list[str] = []
    for word in _TERM.findall(fold(text)):
        if _CHINESE.match(word):
            found += [word[at:at + 2] for at in range(len(word) - 1)] or [word]
        elif word not in _STOP:
            found.append(stem(word))
            if "_" in word:
                found += [stem(part) for part in word.split("_") if part]
    return found


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
            found.append(part_of(rest))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def part_of(word: str) -> str:
    """What a text that holds any form of a folded word holds: its stem, long enough not to be met by chance."""
    return stem(word, _LEAST_OF_PART)
