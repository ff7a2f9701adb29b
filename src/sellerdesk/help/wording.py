"""Words as they are searched for: without case, accents and endings; Chinese by pairs of signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9_]+|[а-я]+|[\u3400-\u9fff]+")
#: Endings of Russian nouns, adjectives and verbs, the longest first.
_RUSSIAN_TEXT = """
    иями ями ами ием иям ией иях ия ии ию ие ье ья ью ов ев ей ам ям ах ях ом ем ой ою ею ы и а я о е у ю ь й
    ого его ому ему ыми ими ых их ый ий ая яя ое ее ую юю ые ым им
    ировать овать ать ять ить еть уть ает яет ует ит ат ят ют ут ал ял ил ел ала яла ила али яли или
"""
_RUSSIAN = sorted(_RUSSIAN_TEXT.split(), key=len, reverse=True)
_ENGLISH = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "es", "ed", "ion", "s", "e",
            "y")
_SHORTEST_STEM = 3
#: Words that say nothing about what is wanted.
_STOP_TEXT = """
    a an the of to in on for and or is are be it my your how do does i can what with from by not no at as
    и в во на с со по к у о об за из от до не как что это мой моя мне я а или для
"""
_STOP = frozenset(_STOP_TEXT.split())


def fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ё", "е").replace("й", "й"))
    return "".join(sign for sign in unicodedata.normalize("NFC", "".join(
        one for one in decomposed if one == "\u0306" or not unicodedata.combining(one))))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of a word have in common, roughly: orders, order → order; заказов, заказы → заказ."""
    if re.match(r"[а-я]", word):
        if word.endswith(("ся", "сь")) and len(word) > 5:
            word = word[:-2]
        for ending in _RUSSIAN:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word[:-len(ending)]
        return word
    if re.match(r"[a-z]", word):
        for ending in _ENGLISH:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word[:-len(ending)]
    return word


def terms(text: str) -> list[str]:
    """The terms of a text, in order, with doubles."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if word[0] > "\u3400":
            found += [word[at:at + 2] for at in range(len(word) - 1)] or [word]
        elif word not in _STOP:
            found.append(stem(word))
            if "_" in word:
                found += [stem(part) for part in word.split("_") if part]
    return found
