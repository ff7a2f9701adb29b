"""Parts of postings that several methods and versions share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sellerdesk.seller_api.schemas.base import Answer, IdText, Money, Time


class PostingAnalyticsData(Answer, frozen=True):
    region: str
    city: str
    warehouse_id: int
    warehouse: str
    tpl_provider_id: int
    tpl_provider: str
    delivery_date_begin: Time | None
    delivery_date_end: Time | None
    payment_type_group_name: str
    delivery_type: str = ""
    client_delivery_date_begin: Time | None = None
    client_delivery_date_end: Time | None = None
    is_legal: bool = False
    is_premium: bool = False


class PostingBarcodes(Answer, frozen=True):
    lower_barcode: str
    upper_barcode: str


class PostingCancellation(Answer, frozen=True):
    cancel_reason_id: int = 0
    cancel_reason: str = ""
    cancellation_type: str = ""
    cancelled_after_ship: bool = False
    affect_cancellation_rating: bool = False
    cancellation_initiator: str = ""


class PostingContainer(Answer, frozen=True):
    container_id: int
    container_number: int
    container_date: str
    cargo_type: Literal["BOX", "PALLET"] = "BOX"


class PostingAddress(Answer, frozen=True):
    country: str
    region: str
    city: str
    address_tail: str
    zip_code: str
    comment: str = ""
    district: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    provider_pvz_code: str = ""
    pvz_code: int = 0


class PostingCustomer(Answer, frozen=True):
    customer_id: int
    name: str
    address: PostingAddress
    phone: str = ""


class PostingListedCustomer(PostingCustomer, frozen=True):
    """The same in listings, which name one thing more."""

    customer_email: str = ""


class PostingDeliveryMethod(Answer, frozen=True):
    id: int
    name: str
    warehouse_id: int
    warehouse: str
    tpl_provider_id: int
    tpl_provider: str


class PostingExternalOrder(Answer, frozen=True):
    is_external: bool = False
    platform_name: str = ""


class PostingLegalInfo(Answer, frozen=True):
    company_name: str = ""
    inn: str = ""
    kpp: str = ""


class PostingOptional(Answer, frozen=True):
    products_with_possible_mandatory_mark: Sequence[IdText] = ()


class PostingRequirements(Answer, frozen=True):
    """Goods that need more data before they may be shipped."""

    products_requiring_gtd: Sequence[IdText] = ()
    products_requiring_country: Sequence[IdText] = ()
    products_requiring_mandatory_mark: Sequence[IdText] = ()
    products_requiring_rnpt: Sequence[IdText] = ()
    products_requiring_jw_uin: Sequence[IdText] = ()
    products_requiring_change_country: Sequence[IdText] = ()
    products_requiring_imei: Sequence[IdText] = ()
    products_requiring_weight: Sequence[IdText] = ()


class PostingSortingCenter(Answer, frozen=True):
    code: str
    name: str


class PostingTarifficationStep(Answer, frozen=True):
    tariff_deadline_at: Time | None = None
    tariff_rate: float = 0.0
    tariff_type: str = ""
    tariff_charge: Money | None = None
    min_charge: Money | None = None
