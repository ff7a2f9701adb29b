"""What is known about single units of postings: marks, papers, weights, countries, boxes.

Written before packing by person or program; wrong codes are kept with the names of their faults, so that whoever typed
them sees what is wrong, and they count as missing until they are right. After packing and before the hand-over changed
data are only proposed; `confirm_units` puts them in place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows, json_value, locked
from sellerdesk.core.errors import Conflict, DomainError
from sellerdesk.orders import events, queries, states
from sellerdesk.orders.errors import (
    BoxesOutOfRange,
    CountryUnknown,
    IncorrectQuantity,
    MarkRedundant,
    NotBeingPacked,
    NothingToConfirm,
    PostingNotFound,
    UnitUnknown,
    UnknownProduct,
)
from sellerdesk.orders.packing import codes
from sellerdesk.orders.packing import needs as needs_of
from sellerdesk.orders.services import carrying
from sellerdesk.orders.types import Outcome, Packing, PackingLine, UnitInput, UnitsInput
from sellerdesk.sellers.types import SellerRef

# A unit checked: its product, what is kept, and the faults by need.
Checked = tuple[int, UnitInput, dict[str, list[str]]]


def create_units(*, seller: SellerRef, number: str) -> Packing:
    """Give every unit of a posting an id, once; and what packing needs to know. Doing it again changes nothing.

    Raises PostingNotFound, NotBeingPacked.
    """
    with atomic():
        locked(f"orders.units.{seller.id}")
        sheet = queries.packing(seller, number)
        if sheet.state != states.AWAITING_PACKAGING:
            raise NotBeingPacked(number, sheet.state)
        return queries.packing(seller, number) if _make_rows(seller, [sheet]) else sheet


def set_units(*, seller: SellerRef, sheets: Sequence[UnitsInput], actor: Actor, now: datetime) -> list[Outcome]:
    """Write what is known about units. Outcomes in the order asked; a refused posting does not stop the others.

    Refusals: PostingNotFound, NotBeingPacked, UnknownProduct, IncorrectQuantity (a product without all its units),
    UnitUnknown, MarkRedundant, BoxesOutOfRange, CountryUnknown. A posting may be named once. A fixed number of
    statements.
    """
    with atomic():
        locked(f"orders.units.{seller.id}")
        found = {one.number: one for one in queries.packings(seller, [sheet.number for sheet in sheets])}
        open_ = {number: one for number, one in found.items() if one.state == states.AWAITING_PACKAGING}
        if _make_rows(seller, open_.values()) + _write_countries(seller, sheets, open_):
            found = {one.number: one for one in queries.packings(seller, list(found))}
        outcomes, written, proposed = [], [], []
        for sheet in sheets:
            have = found.get(sheet.number)
            try:
                if have is None:
                    raise PostingNotFound(sheet.number)
                _check_countries(have, sheet)
                if have.state == states.AWAITING_PACKAGING:
                    written.append((have, sheet, _checked(have, sheet, now)))
                elif _may_be_changed(have):
                    proposed.append((have, _checked(have, sheet, now)))
                else:
                    raise NotBeingPacked(have.number, have.state)
                outcomes.append(Outcome(sheet.number))
            except DomainError as refused:
                outcomes.append(Outcome(sheet.number, refused))
        _note_used_marks(seller, [(have, units) for have, _, units in written] + proposed)
        _write(seller, written, actor, now)
        _propose(proposed)
        return outcomes


def check_units(*, seller: SellerRef, sheet: UnitsInput, now: datetime) -> dict[int, list[Checked]]:
    """What is wrong with units that nobody has saved, by SKU and in the order given; nothing is written.

    Raises PostingNotFound, UnknownProduct.
    """
    have = queries.packing(seller, sheet.number)
    lines = {line.sku: line for line in have.lines}
    answers: dict[int, list[Checked]] = {}
    for sku, units in sheet.units.items():
        if sku not in lines:
            raise UnknownProduct(sku)
        answers[sku] = [(sku, *needs_of.check_unit(unit, (lines[sku].least_g, lines[sku].most_g))) for unit in units]
    _note_used_marks(seller, [(have, [one for group in answers.values() for one in group])])
    return answers


def set_country(*, seller: SellerRef, number: str, sku: int, country: str, actor: Actor, now: datetime) -> bool:
    """Say where a product of a posting was made. Returns whether it now needs a customs number.

    Raises PostingNotFound, NotBeingPacked, UnknownProduct, CountryUnknown.
    """
    with atomic():
        locked(f"orders.units.{seller.id}")
        have = queries.packing(seller, number)
        if have.state != states.AWAITING_PACKAGING:
            raise NotBeingPacked(number, have.state)
        wish = UnitsInput(number, {}, countries={sku: country})
        _check_countries(have, wish)
        code = _code(country)
        if code is None:
            raise CountryUnknown(country)
        _write_countries(seller, [wish], {number: have})
        after = queries.packing(seller, number)
        _settle([(after, None)])
        activity.record_many([Entry(events.COUNTRY_SET, now, actor, seller.id, "posting", number, number,
                                    data={"sku": sku, "country": code})])
        return "gtd" in next(line.wanted for line in after.lines if line.sku == sku)


def set_boxes(*, seller: SellerRef, number: str, boxes: int, actor: Actor, now: datetime) -> None:
    """Say in how many boxes the parcel travels. Raises PostingNotFound, NotBeingPacked, BoxesOutOfRange."""
    with atomic():
        have = queries.packing(seller, number)
        if have.state != states.AWAITING_PACKAGING:
            raise NotBeingPacked(number, have.state)
        _check_boxes(boxes, now)
        _settle([(have, boxes)])
        activity.record_many([Entry(events.BOXES_SET, now, actor, seller.id, "posting", number, number,
                                    data={"boxes": boxes})])


def confirm_units(*, seller: SellerRef, number: str, actor: Actor, now: datetime) -> None:
    """Put the proposed data of a packed posting in place. Raises PostingNotFound, NothingToConfirm.

    Only what is complete and right can be confirmed: a parcel that is on its way must not lose what it had.
    """
    with atomic():
        locked(f"orders.units.{seller.id}")
        have = queries.packing(seller, number)
        if not _may_be_changed(have) or not any(row.proposed for line in have.lines for row in line.units):
            raise NothingToConfirm(number)
        checked: list[Checked] = []
        for line in have.lines:
            for row in line.units:
                if row.proposed:
                    unit, faults = needs_of.check_unit(row.proposed, (line.least_g, line.most_g))
                    checked.append((line.sku, unit, faults))
        _note_used_marks(seller, [(have, checked)])
        wanted = {line.sku: line.wanted for line in have.lines}
        if any(needs_of.missing(wanted[sku], unit, faults) for sku, unit, faults in checked):
            raise NothingToConfirm(number)
        _save(checked)
        _settle([(queries.packing(seller, number), None)])
        activity.record_many([Entry(events.UNITS_DESCRIBED, now, actor, seller.id, "posting", number, number,
                                    data={"open": 0})])


def recount(seller: SellerRef, numbers: Sequence[str]) -> dict[str, int]:
    """Count anew what these postings wait for, after their lines have changed; for whoever holds them already."""
    open_ = {sheet.number: open_needs(sheet) for sheet in queries.packings(seller, numbers)}
    execute(f"""UPDATE orders_posting SET open_needs = v.open_needs
                FROM {json_rows("v", number="text", open_needs="int")}
                WHERE orders_posting.number = v.number""", [json_param(list(open_.items()))])
    return open_


def _may_be_changed(have: Packing) -> bool:
    return have.state == states.AWAITING_DELIVER and have.substate != "posting_in_carriage"


def _make_rows(seller: SellerRef, sheets: Iterable[Packing]) -> int:
    """Rows for the units that have none; how many were made."""
    rows = [(sheet.number, line.sku) for sheet in sheets for line in sheet.lines
            for _ in range(line.quantity - len(line.units))]
    if rows:
        execute(
            f"""INSERT INTO orders_exemplar (seller_id, posting_id, sku, mark, mark_key, uin, imei, gtd, gtd_absent,
                    rnpt, rnpt_absent, faults)
                SELECT %s, p.id, v.sku, '', '', '', '', '', FALSE, '', FALSE, '{{}}'
                FROM {json_rows("v", number="text", sku="int")} CROSS JOIN orders_posting p
                WHERE p.number = v.number""", [seller.id, json_param(rows)])
    return len(rows)


def _check_countries(have: Packing, sheet: UnitsInput) -> None:
    skus = {line.sku for line in have.lines}
    for sku, country in sheet.countries.items():
        if sku not in skus:
            raise UnknownProduct(sku)
        if country and _code(country) is None:
            raise CountryUnknown(country)


def _code(country: str) -> str | None:
    code = country.strip().upper()
    return code if code in queries.countries("en") else None


def _write_countries(seller: SellerRef, sheets: Sequence[UnitsInput], open_: Mapping[str, Packing]) -> int:
    """The countries of open postings; how many lines changed. What is wrong with the others is told afterwards."""
    rows = [(sheet.number, sku, code) for sheet in sheets if sheet.number in open_
            for sku, country in sheet.countries.items() if country and (code := _code(country))]
    return execute(
        f"""UPDATE orders_postingline SET country = v.country
            FROM {json_rows("v", number="text", sku="int", country="text")} JOIN orders_posting p ON p.number = v.number
            WHERE orders_postingline.posting_id = p.id AND orders_postingline.sku = v.sku
                AND orders_postingline.seller_id = %s""", [json_param(rows), seller.id]) if rows else 0


def _checked(have: Packing, sheet: UnitsInput, now: datetime) -> list[Checked]:
    if sheet.boxes is not None:
        _check_boxes(sheet.boxes, now)
    lines = {line.sku: line for line in have.lines}
    checked: list[Checked] = []
    for sku, units in sheet.units.items():
        if sku not in lines:
            raise UnknownProduct(sku)
        line = lines[sku]
        if len(units) != line.quantity:
            raise IncorrectQuantity(line.offer_id, line.quantity, len(units))
        for unit in _with_ids(line, units):
            if unit.mark.strip() and not {"mandatory_mark", needs_of.OPTIONAL_MARK} & set(line.needs):
                raise MarkRedundant(sku)
            checked.append((sku, *needs_of.check_unit(unit, (line.least_g, line.most_g))))
    return checked


def _with_ids(line: PackingLine, units: Sequence[UnitInput]) -> list[UnitInput]:
    """Each unit with its own id; those given without one take the ids that are left, in order."""
    known = [row.unit.id for row in line.units]
    named = [unit.id for unit in units if unit.id]
    for id_, times in Counter(named).items():
        if id_ not in known or times > 1:
            raise UnitUnknown(id_)
    left = iter([id_ for id_ in known if id_ not in named])
    return [unit if unit.id else replace(unit, id=next(left)) for unit in units]


def _check_boxes(boxes: int, now: datetime) -> None:
    most = dated.get("orders.boxes", "", now).value["most"]
    if not 1 <= boxes <= most:
        raise BoxesOutOfRange(boxes, most)


def _note_used_marks(seller: SellerRef, sheets: Sequence[tuple[Packing, list[Checked]]]) -> None:
    """A mark stands on one unit: name those that come twice in the batch or lie in another posting that is not over."""
    keys = Counter(codes.short_mark(unit.mark) for _, units in sheets for _, unit, _ in units if unit.mark)
    if not keys:
        return
    own = [unit.id for _, units in sheets for _, unit, _ in units if unit.id]
    taken = {row[0] for row in fetch_all(
        f"""SELECT e.mark_key FROM {json_rows("v", mark="text")} CROSS JOIN orders_exemplar e
            JOIN orders_posting p ON p.id = e.posting_id
            WHERE e.seller_id = %s AND e.mark_key = v.mark AND p.state NOT IN ('cancelled',
                'cancelled_from_split_pending') AND e.id NOT IN (SELECT w.id FROM {json_rows("w", id="int")})""",
        [json_param([[key[:60]] for key in keys]), seller.id, json_param([[id_] for id_ in own])])}
    for _, units in sheets:
        for _, unit, faults in units:
            key = codes.short_mark(unit.mark)
            if key and keys[key] > 1:
                faults.setdefault("mandatory_mark", []).append("MARK_REPEATED")
            elif key[:60] in taken and key:
                faults.setdefault("mandatory_mark", []).append("MARK_ALREADY_USED")


def _write(seller: SellerRef, sheets: Sequence[tuple[Packing, UnitsInput, list[Checked]]], actor: Actor,
           now: datetime) -> None:
    if not sheets:
        return
    _save([one for _, _, units in sheets for one in units])
    fresh = {one.number: one for one in queries.packings(seller, [have.number for have, _, _ in sheets])}
    open_ = _settle([(fresh[have.number], sheet.boxes) for have, sheet, _ in sheets])
    weighed = [have.number for have, _, units in sheets if any(unit.weight_g for _, unit, _ in units)]
    if weighed:
        carrying.keep(seller, weighed)
    activity.record_many([
        Entry(events.UNITS_DESCRIBED, now, actor, seller.id, "posting", number, number, data={"open": count})
        for number, count in open_.items()])


def _save(units: Sequence[Checked]) -> None:
    if not units:
        return
    # A mark with a fault is kept to be seen and holds no place: the unit it really stands on may come later.
    rows = [
        (unit.id, unit.mark[:200], "" if "mandatory_mark" in faults else codes.short_mark(unit.mark)[:60],
         unit.uin[:40], " ".join(unit.imeis)[:80], unit.gtd[:40], unit.gtd_absent, unit.rnpt[:40], unit.rnpt_absent,
         unit.weight_g, json_value(faults)) for _, unit, faults in units]
    source = json_rows("v", id="int", mark="text", mark_key="text", uin="text", imei="text", gtd="text", no_gtd="bool",
                       rnpt="text", no_rnpt="bool", weight="int", faults="json")
    execute(
        f"""UPDATE orders_exemplar SET mark = v.mark, mark_key = v.mark_key, uin = v.uin, imei = v.imei, gtd = v.gtd,
                gtd_absent = v.no_gtd, rnpt = v.rnpt, rnpt_absent = v.no_rnpt, weight_g = v.weight,
                faults = v.faults, proposed = NULL
            FROM {source} WHERE orders_exemplar.id = v.id""", [json_param(rows)])


def _propose(sheets: Sequence[tuple[Packing, list[Checked]]]) -> None:
    """What is in place stays as it is; the faults told from now on are those of the proposal."""
    rows = [(unit.id, json_value(asdict(unit)), json_value(faults)) for _, units in sheets for _, unit, faults in units]
    if rows:
        execute(f"""UPDATE orders_exemplar SET proposed = v.proposed, faults = v.faults
                    FROM {json_rows("v", id="int", proposed="json", faults="json")}
                    WHERE orders_exemplar.id = v.id""", [json_param(rows)])


def _settle(sheets: Sequence[tuple[Packing, int | None]]) -> Mapping[str, int]:
    """Write how many answers each posting still waits for. Raises Conflict where somebody was faster."""
    open_ = {sheet.number: open_needs(sheet) for sheet, _ in sheets}
    changed = fetch_all(
        f"""UPDATE orders_posting SET open_needs = v.open_needs, box_count = COALESCE(v.boxes, box_count),
                version = orders_posting.version + 1
            FROM {json_rows("v", number="text", version="int", open_needs="int", boxes="int")}
            WHERE orders_posting.number = v.number AND orders_posting.version = v.version
            RETURNING orders_posting.id""",
        [json_param([(sheet.number, sheet.version, open_[sheet.number], boxes) for sheet, boxes in sheets])])
    if len(changed) != len(sheets):
        raise Conflict()
    return open_


def open_needs(sheet: Packing) -> int:
    """How many answers are missing: countries of lines, and each need of each unit."""
    return sum(line.country_missing + sum(len(row.missing) for row in line.units)
               + (line.quantity - len(line.units)) * len(line.wanted) for line in sheet.lines)
