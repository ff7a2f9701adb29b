"""Acts about what was counted of a supply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sellerdesk.seller_api.schemas.base import Answer, Id, Money, Request, Time


class ActAmount(Answer, frozen=True):
    amount: Money | None = None
    amount_vat: Money | None = None
    amount_without_vat: Money | None = None


class ActSummaryRequest(Request):
    message: ClassVar[str] = "SupplyOrderActSummaryGetRequest"

    order_id: Id


class ActSummary(Answer, frozen=True):
    approved_amount: ActAmount | None = None
    approved_quantity: int = 0
    declared_quantity: int = 0
    fact_amount: ActAmount | None = None
    fact_quantity: int = 0
    sku_quantity: int = 0
    unidentified_quantity: int = 0


class SummedAct(Answer, frozen=True):
    act_id: int = 0
    act_number: str = ""
    act_state: str = "UNSPECIFIED"
    created_date: str = ""
    deadline_utc: Time | None = None
    summary: ActSummary | None = None
    type: str = "UNSPECIFIED"


class SupplyActs(Answer, frozen=True):
    is_agreement_completed: bool = False
    supply_acts: Sequence[SummedAct] = ()
    supply_id: int = 0


class ActSummaryResponse(Answer, frozen=True):
    supplies_acts: Sequence[SupplyActs] = ()


class ActProductRequest(Request):
    message: ClassVar[str] = "SupplyOrderActProductGetRequest"

    supply_id: Id


class ActGoods(Answer, frozen=True):
    barcode: str = ""
    image_link: str = ""
    name: str = ""
    offer_id: str = ""
    price_without_vat: Money | None = None
    sku: int = 0
    vat: float = 0


class ActItem(Answer, frozen=True):
    approved_amount: ActAmount | None = None
    approved_quantity: int = 0
    declared_quantity: int = 0
    fact_amount: ActAmount | None = None
    fact_quantity: int = 0
    sku_info: ActGoods | None = None


class ListedAct(Answer, frozen=True):
    act_id: int = 0
    items: Sequence[ActItem] = ()
    type: str = "UNSPECIFIED"
    unidentified_quantity: int = 0


class SkuDefects(Answer, frozen=True):
    defect_reasons: Sequence[str] = ()
    sku: int = 0


class ActProductResponse(Answer, frozen=True):
    skus_defects: Sequence[SkuDefects] = ()
    supply_acts: Sequence[ListedAct] = ()
    supply_id: int = 0


class ActAcceptRequest(Request):
    message: ClassVar[str] = "SupplyOrderActAcceptRequest"

    act_id: Id


class ActAcceptResponse(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    operation_id: str = ""


class ActAcceptStatusRequest(Request):
    message: ClassVar[str] = "SupplyOrderActAcceptStatusRequest"

    operation_id: str


class ActAcceptStatusResponse(Answer, frozen=True):
    status: str = "FAILED"
    error_message: str = ""
