"""The scenarios that come with the product."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sellerdesk.core.errors import NotFound
from sellerdesk.simulator.scenarios.reading import read
from sellerdesk.simulator.scenarios.types import Scenario

_FOLDER = files("sellerdesk.simulator.scenarios") / "shipped"


def names() -> list[str]:
    """Names of the shipped scenarios, shortest story first."""
    return [scenario.name for scenario in sorted(_all().values(), key=lambda one: (one.lasts, one.orders, one.name))]


def text(name: str) -> str:
    """The YAML of a shipped scenario. Raises NotFound `no_scenario`."""
    if name not in _all():
        raise NotFound("no_scenario", data={"value": name[:60]})
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def scenario(name: str) -> Scenario:
    """A shipped scenario, read. Raises NotFound `no_scenario`."""
    if name not in _all():
        raise NotFound("no_scenario", data={"value": name[:60]})
    return _all()[name]


@cache
def _all() -> dict[str, Scenario]:
    found = [read(one.read_text(encoding="utf-8")) for one in _FOLDER.iterdir() if one.name.endswith(".yaml")]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}
