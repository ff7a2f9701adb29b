"""A scenario on its way: who comes when, how each order will fare, and what holds at a moment. Pure, drawn by seed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from sellerdesk.simulator import buyers
from sellerdesk.simulator.scenarios.types import Happening, Portion, Scenario
from sellerdesk.simulator.types import Fate


@dataclass(frozen=True, slots=True)
class Story:
    """A run of a scenario by one shop. `placed` orders have been taken so far."""

    run_id: int
    seller_id: int
    scenario: Scenario
    since: datetime
    until: datetime
    ends_by: datetime
    placed: int = 0

    def _going_on(self, kind: str, at: datetime) -> Iterator[Happening]:
        for one in self.scenario.happenings:
            begins = self.since + one.at
            if one.kind == kind and begins <= at < begins + one.lasts:
                yield one

    def peak(self, at: datetime) -> float:
        """How many times more often than usual buyers come."""
        return _times(self.peaks, at)

    @property
    def peaks(self) -> tuple[tuple[datetime, datetime, float], ...]:
        """Stretches of time in which buyers come more or less often, and how many times."""
        return tuple((self.since + one.at, self.since + one.at + one.lasts, one.data["times"])
                     for one in self.scenario.happenings if one.kind == "peak")

    def road_times(self, at: datetime, carrier: str) -> float:
        """How many times longer a parcel travels that a carrier takes over at a moment."""
        times = 1.0
        for one in self._going_on("delay", at):
            if one.data["carrier"] in ("", carrier):
                times *= one.data["times"]
        return times

    def delayed(self, at: datetime) -> bool:
        """Whether roads are bad for any carrier at a moment."""
        return any(self._going_on("delay", at))

    def packed_from(self, at: datetime) -> datetime | None:
        """When packing starts again, where nobody packs at a moment."""
        return max((self.since + one.at + one.lasts for one in self._going_on("no_packing", at)), default=None)

    def strikes(self, at: datetime) -> dict[str, datetime]:
        """Carriers that are on strike at a moment, and until when; "" stands for all of them."""
        found: dict[str, datetime] = {}
        for one in self._going_on("strike", at):
            carrier = one.data["carrier"]
            found[carrier] = max(found.get(carrier, at), self.since + one.at + one.lasts)
        return found

    def arrivals(self, since: datetime, until: datetime, interest: float) -> list[buyers.Arrival]:
        """Buyers who come after `since` and not later than `until`: exactly the promised number over the whole run, or
        so many a day times `interest`, what the shelf is worth to buyers."""
        if self.scenario.orders:
            moments = _moments(self._seed, self.scenario.seed, self.seller_id, self.scenario.orders, self.since,
                               self.until, self.peaks)
            first, last = (bisect_left(moments, moment + timedelta(microseconds=1)) for moment in (since, until))
            return [buyers.Arrival(moments[index], f"{self._seed}:{index}") for index in range(first, last)]
        return buyers.arrivals(self.scenario.seed, self.seller_id, since, until, self.scenario.per_day * interest,
                               times=self.peak)

    def fate_of(self, index: int) -> Fate:
        """How the order taken as number `index` (from 0) will fare."""
        kinds = _fates(self.scenario.name, self.scenario.seed, _total(self.scenario),
                       tuple((kind, portion.count, portion.share_bp) for kind, portion in self.scenario.fates.items()))
        return Fate(kinds[index % len(kinds)] if kinds else "", self.run_id, True)

    def talk_of(self, index: int) -> frozenset[str]:
        """What people say about the order taken as number `index` (from 0)."""
        total = _total(self.scenario)
        return frozenset(word for word, portion in self.scenario.talk.items() if _fates(
            f"{self.scenario.name}:{word}", self.scenario.seed, total, ((word, portion.count, portion.share_bp),))[
                index % total])

    @property
    def _seed(self) -> str:
        return f"{self.scenario.seed}:{self.scenario.name}:{self.seller_id}"


@lru_cache(maxsize=8)
def _moments(stream: str, seed: int, seller_id: int, orders: int, since: datetime, until: datetime,
             peaks: tuple[tuple[datetime, datetime, float], ...]) -> list[datetime]:
    """When each of the promised orders comes: spread as buyers come, by hour, weekday and peak. In order of time."""
    steps = range(buyers.step_of(since), buyers.step_of(until) + 1)
    starts = [datetime.fromtimestamp(step * buyers.STEP_SECONDS, UTC) for step in steps]
    wanted = list(accumulate(buyers.demand(at, seed, seller_id) * _times(peaks, at) for at in starts))
    rng = Random(f"{stream}:moments")
    found = []
    for _ in range(orders):
        step = bisect_left(wanted, rng.random() * wanted[-1])
        at = starts[step] + timedelta(seconds=rng.randrange(buyers.STEP_SECONDS))
        # The first and the last step reach over the edges of the run.
        found.append(min(max(at, since + timedelta(seconds=1)), until))
    return sorted(found)


def _times(peaks: tuple[tuple[datetime, datetime, float], ...], at: datetime) -> float:
    times = 1.0
    for begins, ends, factor in peaks:
        if begins <= at < ends:
            times *= factor
    return times


def _total(scenario: Scenario) -> int:
    """How many orders are expected: exactly or about."""
    return scenario.orders or max(1, round(scenario.per_day * (scenario.lasts / timedelta(days=1))))


@lru_cache(maxsize=32)
def _fates(name: str, seed: int, total: int, portions: tuple[tuple[str, int, int], ...]) -> tuple[str, ...]:
    """The fates of so many orders, shuffled."""
    dealt = [kind for kind, count, share in portions for _ in range(Portion(count, share).of(total))][:total]
    dealt += [""] * (total - len(dealt))
    Random(f"{seed}:{name}:fates").shuffle(dealt)
    return tuple(dealt)
