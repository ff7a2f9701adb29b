"""A run as a regression test: the scenario with what it came to, and what differs the next time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sellerdesk.simulator.scenarios.reading import EXPECTED, MAX_SEED
from sellerdesk.simulator.scenarios.types import Scenario

_EXPECT = re.compile(r"^expect:.*\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)
_SEED = re.compile(r"^seed:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that came out otherwise than it was recorded."""

    key: str
    expected: int | str
    found: int | str


def recorded(text: str, result: Mapping[str, Any]) -> str:
    """The scenario's own text with the figures of a run as what is expected of the next one."""
    told = _EXPECT.sub("", text if text.endswith("\n") else text + "\n").rstrip("\n")
    figures = "".join(f"  {key}: {result[key]}\n" for key in EXPECTED if key in result)
    return f"{told}\nexpect:\n{figures}"


def seeded(text: str, seed: int) -> str:
    """The same scenario with another seed. Raises ValueError for one out of range."""
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(f"a seed is a number from 0 to {MAX_SEED}")
    line = f"seed: {seed}"
    return _SEED.sub(line, text, count=1) if _SEED.search(text) else f"{line}\n{text}"


def differences(scenario: Scenario, result: Mapping[str, Any]) -> list[Difference]:
    """What the scenario expects and the run did not bring, in the order of reading.EXPECTED."""
    return [Difference(key, scenario.expect[key], result.get(key, "—")) for key in EXPECTED
            if key in scenario.expect and result.get(key) != scenario.expect[key]]
