"""Prices people meet in shops: round endings and an old price that a marketplace would accept."""

from __future__ import annotations

from random import Random

# Kopecks for one fen: the rate a demo shop in yuan is recounted with, 12 roubles a yuan.
RUB_PER_CNY = 12


def shelf_price(kopecks: int, currency: str, rng: Random) -> int:
    """A price of about so many kopecks, in minor units of the currency, with an ending seen on price tags."""
    if currency == "RUB":
        return _roubles(kopecks // 100, rng) * 100
    return _yuan_fen(kopecks // RUB_PER_CNY, rng)


def old_price(price_minor: int, currency: str, rng: Random) -> int:
    """A crossed-out price above the price, or 0 when none would be both believable and allowed.

    The gap follows the price rules of the API: at least 20 below 400, at least 5 % up to 10,000, at least 500
    above, and a discount under 90 %. We keep to discounts of at most 60 %.
    """
    discount = rng.choice((7, 10, 12, 15, 20, 25, 30, 35, 40, 45))
    wanted = max(price_minor * 100 // (100 - discount), price_minor + least_gap(price_minor))
    if currency == "RUB":
        old = -(-wanted // 1000) * 1000 if wanted < 100_000 else -(-wanted // 10_000) * 10_000
    else:
        old = -(-wanted // 100) * 100
    if old * 40 > price_minor * 100:
        return 0
    return old


def least_gap(price_minor: int) -> int:
    """The smallest allowed distance between old price and price, in minor units."""
    if price_minor < 400_00:
        return 20_00
    if price_minor <= 10_000_00:
        return -(-price_minor * 5 // 100)
    return 500_00


def _roubles(roubles: int, rng: Random) -> int:
    if roubles < 300:
        return max(roubles // 10 * 10 + 9, 49)
    if roubles < 1000:
        return roubles // 50 * 50 + rng.choice((40, 49, 49))
    if roubles < 10_000:
        return roubles // 100 * 100 + rng.choice((90, 90, 99, 50))
    return roubles // 500 * 500 + 490


def _yuan_fen(fen: int, rng: Random) -> int:
    yuan = max(fen // 100, 4)
    if yuan < 100:
        return yuan * 100 + rng.choice((80, 90, 90))
    return (yuan // 10 * 10 + rng.choice((8, 9))) * 100
