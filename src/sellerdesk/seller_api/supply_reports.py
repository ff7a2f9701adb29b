"""Acts about what was counted of a supply. Our one report is several acts on the wire, one for each kind of finding;
whoever accepts one of them accepts the report."""

from __future__ import annotations

from collections.abc import Callable

from sellerdesk.seller_api import supplies
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import supply_reports as models
from sellerdesk.supply import queries, services
from sellerdesk.supply.errors import SupplyUnknown
from sellerdesk.supply.types import LineRow, SupplyCard

#: Kinds of acts, and how many units of a line each of them tells. Their order makes their ids.
_FOUND: dict[str, Callable[[LineRow], int]] = {
    "ACCEPTANCE": lambda line: line.good or 0, "DEFECT": lambda line: line.damaged or 0,
    "SURPLUS": lambda line: line.surplus, "SHORTCOMING": lambda line: line.short}
_STATES = {"reports_confirmation_awaiting": "AWAITING_APPROVAL_BY_SELLER", "report_rejected": "REJECT_BY_SELLER",
           "completed": "ACCEPTED"}
#: An act's id is its supply's, and one more digit for its kind.
_KINDS = 10


def _acts(card: SupplyCard) -> list[tuple[int, str, list[LineRow]]]:
    """(id, kind, lines) of the acts that there are: none before the goods are counted."""
    if card.act_at is None:
        return []
    acts = []
    for place, (kind, found) in enumerate(_FOUND.items(), 1):
        lines = [line for line in card.lines if found(line)]
        if lines or kind == "ACCEPTANCE":
            acts.append((card.id * _KINDS + place, kind, lines))
    return acts


@endpoint("/v1/supply-order/act/summary/get", request=models.ActSummaryRequest, answer=models.ActSummaryResponse,
          right="supplies:read")
def summary(call: Call, request: models.ActSummaryRequest) -> models.ActSummaryResponse:
    """Sums up the acts about what was counted of a supply; before the count there are none. Amounts stay empty: goods
    remain the shop's."""
    supplies.whole_shop(call)
    card = queries.supply(call.seller, request.order_id, call.now)
    return models.ActSummaryResponse(supplies_acts=[models.SupplyActs(
        supply_id=supplies.supply_id(card), is_agreement_completed=card.state == "completed",
        supply_acts=[_summed(card, *act) for act in _acts(card)])])


def _summed(card: SupplyCard, act_id: int, kind: str, lines: list[LineRow]) -> models.SummedAct:
    found = sum(map(_FOUND[kind], lines))
    return models.SummedAct(
        act_id=act_id, act_number=f"{card.number}-{act_id % _KINDS}", act_state=_STATES.get(card.state, "UNSPECIFIED"),
        created_date=card.act_at.date().isoformat() if card.act_at else "", deadline_utc=card.act_due, type=kind,
        summary=models.ActSummary(
            declared_quantity=sum(line.quantity for line in lines), fact_quantity=found, sku_quantity=len(lines),
            approved_quantity=found if card.state == "completed" else 0))


@endpoint("/v1/supply-order/act/product/get", request=models.ActProductRequest, answer=models.ActProductResponse,
          right="supplies:read")
def products(call: Call, request: models.ActProductRequest) -> models.ActProductResponse:
    """Lists the goods of every act: accepted, damaged, too many, missing."""
    card = supplies.order_of(call, request.supply_id)
    return models.ActProductResponse(
        supply_id=supplies.supply_id(card), supply_acts=[models.ListedAct(
            act_id=act_id, type=kind, items=[_item(card, line, _FOUND[kind](line)) for line in lines])
            for act_id, kind, lines in _acts(card)],
        skus_defects=[models.SkuDefects(sku=line.sku, defect_reasons=["DAMAGED"])
                      for line in card.lines if line.damaged])


def _item(card: SupplyCard, line: LineRow, found: int) -> models.ActItem:
    return models.ActItem(
        declared_quantity=line.quantity, fact_quantity=found,
        approved_quantity=found if card.state == "completed" else 0,
        sku_info=models.ActGoods(barcode=line.barcode, name=line.name, offer_id=line.offer_id, sku=line.sku))


@endpoint("/v1/supply-order/act/accept", request=models.ActAcceptRequest, answer=models.ActAcceptResponse,
          right="supplies:write")
def accept(call: Call, request: models.ActAcceptRequest) -> models.ActAcceptResponse:
    """Agrees with what was counted; all acts of the supply are accepted together."""
    supplies.whole_shop(call)
    order_id, place = divmod(request.act_id, _KINDS)
    if not 1 <= place <= len(_FOUND):
        raise SupplyUnknown(data={"value": request.act_id})
    operation, error = services.attempt(
        seller=call.seller, kind="act", supply_id=order_id, now=call.now,
        word=supplies.spelled({}, "INVALID_STATE"), act=lambda: services.accept_report(
            seller=call.seller, supply_id=order_id, actor=call.actor, now=call.now))
    return models.ActAcceptResponse(operation_id=operation, error_reasons=[error] if error else ())


@endpoint("/v1/supply-order/act/accept/status", request=models.ActAcceptStatusRequest,
          answer=models.ActAcceptStatusResponse, right="supplies:read")
def accept_status(call: Call, request: models.ActAcceptStatusRequest) -> models.ActAcceptStatusResponse:
    """Tells whether the acts were accepted."""
    row = supplies.operation(call, request.operation_id, "act")
    if row is None:
        return models.ActAcceptStatusResponse(error_message="OPERATION_NOT_FOUND")
    return models.ActAcceptStatusResponse(status="SUCCESS" if row.done else "FAILED",
                                          error_message=" ".join(row.errors))
