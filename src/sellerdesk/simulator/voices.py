"""What buyers say and how many stars they give: pure, drawn by seed. Good cards are asked less and thanked more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

import yaml

# Of the orders that come by chance: how many lead to a review, to somebody's question, to a chat.
SHARES = {"review": 0.10, "question": 0.06, "chat": 0.03}
_LANGUAGES = (("ru", 62), ("zh", 20), ("en", 18))
# What an ordinary card has; below it people wonder, and get something else than they thought.
USUAL = 70
_MOST_LATE = 6


@dataclass(frozen=True, slots=True)
class Card:
    """What a card tells, percent of what it could: pictures, attributes, texts; and of all together."""

    pictures: int = USUAL
    attributes: int = USUAL
    texts: int = USUAL
    total: int = USUAL


@dataclass(frozen=True, slots=True)
class Opinion:
    """Stars, and why: what a text is drawn by."""

    stars: int
    why: str


def talk(seed: int, order_number: str) -> frozenset[str]:
    """What comes of an order that no scenario has plans for: words of SHARES."""
    return frozenset(word for word, share in SHARES.items()
                     if Random(f"{seed}:talk:{word}:{order_number}").random() < share)


def language(rng: Random) -> str:
    return rng.choices([row[0] for row in _LANGUAGES], [row[1] for row in _LANGUAGES])[0]


def wonders(card: Card, draw: float) -> bool:
    """Whether somebody who looks at a card has to ask: one of four at a complete one, everybody at an empty one."""
    return draw < 1 - 0.75 * card.total / 100


def topic(card: Card, rng: Random) -> str:
    """What they ask about: what the card says least of."""
    gaps = {"size": 110 - card.attributes, "material": 100 - card.attributes, "colour": 100 - card.pictures,
            "set": 105 - card.texts, "care": 95 - card.texts, "fit": 90 - card.texts, "delivery": 12, "warranty": 10}
    return rng.choices(list(gaps), [max(weight, 1) for weight in gaps.values()])[0]


def late_days(ordered_at: datetime, delivered_at: datetime, promised: datetime | None) -> float:
    """How many days later something came than was promised; where nothing was, than eight days after the order."""
    return max(0.0, (delivered_at - (promised or ordered_at + timedelta(days=8))) / timedelta(days=1))


def opinion(*, quality: float, card: Card, late: float, cancelled: bool, rng: Random) -> Opinion:
    """Stars from the goods (4.6 at the usual quality), less what the card hid and what came late."""
    if cancelled:
        return Opinion(1 if rng.random() < 0.7 else 2, "cancelled")
    hidden = max(0, USUAL - card.total) / 25 * rng.random()
    delay = min(late, _MOST_LATE) * 0.55
    value = quality - hidden - delay + rng.gauss(0, 0.55)
    stars = min(5, max(1, round(value)))
    if stars > 3:
        return Opinion(stars, "good")
    return Opinion(stars, "late" if delay > hidden and delay > 0.4 else "card" if hidden > 0.5 else "goods")


def quality(seed: int, product_id: int) -> float:
    """How good the goods are whatever is said about them, in stars."""
    return min(4.95, max(2.6, Random(f"{seed}:quality:{product_id}").gauss(4.6, 0.35)))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
    """Texts by kind, subject and language, from the package's own file."""
    found: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = yaml.safe_load(
        (Path(__file__).parent / "voices.yaml").read_text(encoding="utf-8"))
    return found


def text(kind: str, about: str, tongue: str, rng: Random) -> str:
    """Words of a kind (question, review, chat, answer) about something, in a language."""
    return rng.choice(_words()[kind][about][tongue])


def tongue_of(said: str) -> str:
    """In which language something was said, as far as an answer needs to know."""
    if any("一" <= sign <= "鿿" for sign in said):
        return "zh"
    return "ru" if any("а" <= sign <= "я" for sign in said.lower()) else "en"


def is_thanks(said: str) -> bool:
    """Whether nothing is left to be said."""
    return any(said in texts for texts in _words()["chat"]["thanks"].values())
