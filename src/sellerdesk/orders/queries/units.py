"""Reading what packing needs to know. Answered through `queries`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from babel import Locale

from sellerdesk.core import rules as dated
from sellerdesk.core.db import of_shop
from sellerdesk.orders import states
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.models import Exemplar, Posting, PostingLine
from sellerdesk.orders.packing import needs as needs_of
from sellerdesk.orders.types import Packing, PackingLine, PostingCard, UnitInput, UnitRow
from sellerdesk.sellers.types import SellerRef

_LOCALES = {"en": "en", "ru": "ru", "zh-hans": "zh_Hans"}
_UNIT = ("id", "mark", "uin", "imei", "gtd", "gtd_absent", "rnpt", "rnpt_absent", "weight_g", "faults", "proposed")


def packings(seller: SellerRef, numbers: Iterable[str]) -> list[Packing]:
    """What these postings need before they may be packed, in the order asked; unknown ones are left out. Three queries.
    """
    wanted = list(dict.fromkeys(numbers))
    found = {row[1]: row for row in Posting.objects.filter(of_shop(seller.id), number__in=wanted).values_list(
        "id", "number", "state", "substate", "version", "box_count", "open_needs", "in_process_at")}
    if not found:
        return []
    ids = [row[0] for row in found.values()]
    lines: dict[int, list[Any]] = defaultdict(list)
    for line in PostingLine.objects.filter(posting_id__in=ids).order_by("id").values_list(
            "posting_id", "product_id", "sku", "offer_id", "name", "quantity", "needs", "country", "weight_g"):
        lines[line[0]].append(line[1:])
    units: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for unit in Exemplar.objects.filter(posting_id__in=ids).order_by("id").values_list("posting_id", "sku", *_UNIT):
        units[unit[:2]].append(unit[2:])
    made = []
    for number in wanted:
        if number in found:
            id_, _, state, substate, version, boxes, open_needs, at = found[number]
            made.append(Packing(number, state, substate, version, boxes, open_needs, tuple(
                _line(line, units[id_, line[1]], at) for line in lines[id_])))
    return made


def packing(seller: SellerRef, number: str) -> Packing:
    """The same of one posting. Raises PostingNotFound, also for another shop's."""
    found = packings(seller, [number])
    if not found:
        raise PostingNotFound(number)
    return found[0]


def _line(line: tuple[Any, ...], units: list[Any], at: datetime) -> PackingLine:
    product_id, sku, offer_id, name, quantity, spelled, country, weight_g = line
    needs = tuple(spelled.split())
    union = dated.get("orders.customs_union", "", at).value["countries"]
    wanted = needs_of.in_force(needs, country, union)
    tolerance = dated.get("orders.unit_weight", "", at).value["tolerance_percent"]
    least, most = needs_of.weight_bounds(weight_g, tolerance)
    return PackingLine(
        product_id, sku, offer_id, name, quantity, needs, wanted, country, needs_of.COUNTRY in needs and not country,
        least, most, tuple(_unit(unit, wanted) for unit in units))


def _unit(row: tuple[Any, ...], wanted: tuple[str, ...]) -> UnitRow:
    id_, mark, uin, imei, gtd, gtd_absent, rnpt, rnpt_absent, weight_g, faults, proposed = row
    unit = UnitInput(id_, mark, uin, tuple(imei.split()), gtd, gtd_absent, rnpt, rnpt_absent, weight_g)
    return UnitRow(unit, {need: tuple(names) for need, names in faults.items()},
                   needs_of.missing(wanted, unit, faults), read_unit(id_, proposed) if proposed else None)


def read_unit(id_: int, kept: Mapping[str, Any]) -> UnitInput:
    """A unit out of the JSON that a proposal is kept as."""
    return UnitInput(id_, kept["mark"], kept["uin"], tuple(kept["imeis"]), kept["gtd"], kept["gtd_absent"],
                     kept["rnpt"], kept["rnpt_absent"], kept["weight_g"])


@cache
def countries(language: str) -> dict[str, str]:
    """Names of countries by ISO code, in alphabetical order of the language. Source: CLDR, through babel."""
    names = Locale.parse(_LOCALES.get(language, "en")).territories
    found = {code: name for code, name in names.items()
             if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "QO", "ZZ")}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def requirements(card: PostingCard) -> dict[str, tuple[int, ...]]:
    """SKUs by what packing asks of them, `change_country` where a country is given and may be changed. No query.

    Empty once the posting is packed: nothing can be given any more.
    """
    found: dict[str, list[int]] = defaultdict(list)
    if card.state != states.AWAITING_PACKAGING:
        return {}
    union = dated.get("orders.customs_union", "", card.in_process_at).value["countries"]
    for line in card.lines:
        needs = line.needs.split()
        for need in needs_of.in_force(needs, line.country, union):
            found[need].append(line.sku)
        if needs_of.COUNTRY in needs:
            found["change_country" if line.country else needs_of.COUNTRY].append(line.sku)
        if needs_of.OPTIONAL_MARK in needs:
            found[needs_of.OPTIONAL_MARK].append(line.sku)
    return {need: tuple(skus) for need, skus in found.items()}


def lacking(seller: SellerRef, numbers: Iterable[str]) -> list[str]:
    """Which of these postings packing still asks something about. One query."""
    return list(Posting.objects.filter(
        of_shop(seller.id), number__in=set(numbers), state=states.AWAITING_PACKAGING, open_needs__gt=0,
    ).order_by("id").values_list("number", flat=True))
