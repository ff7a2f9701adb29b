"""An index over articles in memory: a few hundred short texts need no database, and are found without a network."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sellerdesk.core import words
from sellerdesk.help.types import Hit

#: How much more a term says in the title and among the words an article is known by than in its body.
WEIGHTS = {"title": 9.0, "words": 6.0, "body": 1.0}
#: Shorter words are near to too many others to be put right.
_CORRECTED_FROM = 4
_ALL_TERMS = 3.0


class Index:
    """Terms of articles with weights. Each language's text of an article counts towards the one article."""

    def __init__(self, texts: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """`texts`: an article's key with its title, words and body, once for each language."""
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        self._keys: set[str] = set()
        for key, parts in texts:
            self._keys.add(key)
            for part, weight in WEIGHTS.items():
                counted: dict[str, int] = defaultdict(int)
                for term in words.terms(parts.get(part, "")):
                    counted[term] += 1
                for term, count in counted.items():
                    row = self._weights[term]
                    # A word said ten times in a body says little more than said thrice.
                    row[key] = max(row.get(key, 0.0), 0.0) + weight * min(1.0 + math.log(count), 2.0)

    def find(self, query: str, most: int = 12) -> list[Hit]:
        """Keys by how well they answer, the best first. Words typed wrong are put right where nothing is called so."""
        wanted = list(dict.fromkeys(words.terms(query)))
        scores: dict[str, float] = defaultdict(float)
        matched: dict[str, int] = defaultdict(int)
        for term in wanted:
            row = self._weights.get(term) or self._weights.get(self._nearest(term)) or self._beginning(term)
            if not row:
                continue
            rare = math.log(1 + len(self._keys) / len(row))
            for key, weight in row.items():
                scores[key] += weight * rare
                matched[key] += 1
        found = [Hit(key, round(score * (_ALL_TERMS if matched[key] == len(wanted) else matched[key] / len(wanted)), 2))
                 for key, score in scores.items()]
        return sorted(found, key=lambda hit: (-hit.score, hit.key))[:most]

    def _beginning(self, term: str) -> dict[str, float]:
        """A word somebody is still typing."""
        if len(term) < _CORRECTED_FROM - 1:
            return {}
        row: dict[str, float] = {}
        for known, weights in self._weights.items():
            if known.startswith(term):
                for key, weight in weights.items():
                    row[key] = max(row.get(key, 0.0), weight)
        return row

    def _nearest(self, term: str) -> str:
        if len(term) < _CORRECTED_FROM or term[0] > "\u3400":
            return ""
        errors = 1 if len(term) < 8 else 2
        found = process.extractOne(term, list(self._weights), scorer=OSA.distance, score_cutoff=errors)
        return found[0] if found and found[0][0] == term[0] else ""
