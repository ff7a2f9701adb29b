"""How goods that are too much for one parcel could lie in several. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: Units of each line that lie in one parcel, by the line's place.
Parcel = dict[int, int]


def divide(units: Sequence[tuple[int, int]], fits: Callable[[Parcel], bool]) -> list[Parcel] | None:
    """Parcels that a carrier takes, as few as filling one after the other makes; None where a single unit is too much.

    `units` are (grams of one unit, quantity) by line; the heaviest go first. `fits` must stay false once it is: a
    parcel that is too much does not become less by putting more into it.
    """
    parcels: list[Parcel] = []
    for line in sorted(range(len(units)), key=lambda at: (-units[at][0], at)):
        left = units[line][1]
        for parcel in parcels:
            left -= _fill(parcel, line, left, fits)
        while left:
            parcel = {}
            taken = _fill(parcel, line, left, fits)
            if not taken:
                return None
            parcels.append(parcel)
            left -= taken
    return parcels


def _fill(parcel: Parcel, line: int, most: int, fits: Callable[[Parcel], bool]) -> int:
    """Put as many units of a line into a parcel as it takes; how many. Halving finds the number in a few questions."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits({**parcel, line: middle}):
            low = middle
        else:
            high = middle - 1
    if low:
        parcel[line] = low
    return low
