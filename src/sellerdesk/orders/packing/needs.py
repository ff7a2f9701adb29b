"""Which goods need which data before they are packed, and what is still missing.

Needs are the words of the Seller API. They are decided by dated rules when an order is taken and kept with its lines,
so that a rule that comes later never stops what was ordered before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sellerdesk.orders.packing import codes
from sellerdesk.orders.types import UnitInput

# Needs of single units, in the order people are asked for them; `country` is asked once for a line.
OF_UNITS = ("mandatory_mark", "jw_uin", "imei", "gtd", "rnpt", "weight")
COUNTRY = "country"
# A mark may be given and is not asked for.
OPTIONAL_MARK = "optional_mark"

# need → the goods it is asked of; the dated rule orders.packing_needs starts out with these. Ids are those of the
# starter catalogue. `shops` is domestic, cross_border or all: which side of the border the shop is on.
DEFAULT_NEEDS: dict[str, dict[str, Any]] = {
    "mandatory_mark": {"goods": [{"categories": [17000601], "types": [91704], "shops": "domestic"}]},
    OPTIONAL_MARK: {"goods": [{"categories": [17000501, 17000502], "types": [], "shops": "domestic"}]},
    "jw_uin": {"goods": []},
    "imei": {"goods": [{"categories": [], "types": [91107], "shops": "all"}]},
    COUNTRY: {"goods": [{"categories": [17000602], "types": [], "shops": "cross_border"},
                        {"categories": [], "types": [91204], "shops": "domestic"}]},
    "gtd": {"goods": [{"categories": [], "types": [91204], "shops": "domestic"}]},
    "rnpt": {"goods": [{"categories": [], "types": [91804], "shops": "domestic"}]},
    "weight": {"goods": [{"categories": [], "types": [92402], "shops": "all"}]},
}
# Goods made here cross no customs border on their way to the buyer and have no declaration.
DEFAULT_UNION = {"countries": ["RU", "BY", "KZ", "AM", "KG"]}
# How far the weight on the scales may be from the card's, in percent.
DEFAULT_WEIGHT = {"tolerance_percent": 20}
DEFAULT_BOXES = {"most": 20}


def of_goods(rules: Mapping[str, Mapping[str, Any]], *, type_id: int, category_id: int,
             cross_border: bool) -> tuple[str, ...]:
    """The needs of one product, in a fixed order. `rules` are the values of orders.packing_needs in force."""
    side = "cross_border" if cross_border else "domestic"
    found = {need for need, rule in rules.items() if any(
        goods.get("shops", "all") in ("all", side)
        and (type_id in goods.get("types", ()) or category_id in goods.get("categories", ()))
        for goods in rule.get("goods", ()))}
    return tuple(need for need in (COUNTRY, *OF_UNITS, OPTIONAL_MARK) if need in found)


def in_force(needs: Collection[str], country: str, union: Collection[str]) -> tuple[str, ...]:
    """What is asked of each unit now: a customs number only of goods made outside the customs union."""
    return tuple(need for need in OF_UNITS if need in needs and not (
        need == "gtd" and COUNTRY in needs and (not country or country in union)))


def weight_bounds(weight_g: int, tolerance_percent: int) -> tuple[int, int]:
    """The least and the most grams a unit may weigh. 500 g with 20 % → (400, 600); a card without weight: (1, 0)."""
    if not weight_g:
        return 1, 0
    return max(1, weight_g * (100 - tolerance_percent) // 100), weight_g * (100 + tolerance_percent) // 100


def check_unit(unit: UnitInput, bounds: tuple[int, int]) -> tuple[UnitInput, dict[str, list[str]]]:
    """The unit with its codes as they are kept, and the faults by need. What is empty has no fault."""
    faults: dict[str, list[str]] = {}

    def read(need: str, text: str, check: Any) -> str:
        if not text.strip():
            return ""
        kept, fault = check(text)
        if fault:
            faults.setdefault(need, []).append(fault)
        return str(kept)

    if unit.weight_g is not None and not (bounds[0] <= unit.weight_g and (not bounds[1] or unit.weight_g <= bounds[1])):
        faults["weight"] = ["WEIGHT_OUT_OF_RANGE"]
    imeis = tuple(filter(None, (read("imei", one, codes.imei) for one in unit.imeis)))
    if len(set(imeis)) < len(imeis):
        faults.setdefault("imei", []).append("IMEI_REPEATED")
    return UnitInput(
        id=unit.id, mark=read("mandatory_mark", unit.mark, codes.mark), uin=read("jw_uin", unit.uin, codes.uin),
        imeis=imeis, gtd=read("gtd", unit.gtd, codes.gtd), gtd_absent=unit.gtd_absent and not unit.gtd.strip(),
        rnpt=read("rnpt", unit.rnpt, codes.rnpt), rnpt_absent=unit.rnpt_absent and not unit.rnpt.strip(),
        weight_g=unit.weight_g), faults


def given(unit: UnitInput, need: str) -> bool:
    """Whether a unit says what a need asks for; that there is no declaration or batch is an answer as well."""
    if need == "gtd":
        return bool(unit.gtd) or unit.gtd_absent
    if need == "rnpt":
        return bool(unit.rnpt) or unit.rnpt_absent
    return bool({"mandatory_mark": unit.mark, "jw_uin": unit.uin, "imei": unit.imeis, "weight": unit.weight_g}[need])


def missing(wanted: Iterable[str], unit: UnitInput | None, faults: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Which needs a unit does not meet yet: not given, or given wrong. A wrong optional mark has to go too."""
    open_ = [need for need in wanted if unit is None or not given(unit, need) or faults.get(need)]
    return tuple(open_ + [need for need in faults if faults[need] and need not in open_])
