"""The older listings of carriages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sellerdesk.seller_api.schemas.base import Answer, Id, IdText, Int, Request, Time


class CarriageAvailableRequest(Request):
    message: ClassVar[str] = "GetCarriageAvailableListRequest"

    delivery_method_id: Id
    departure_date: Time | None = None


class CarriageError(Answer, frozen=True):
    code: str
    status: str


class CarriageAvailable(Answer, frozen=True):
    """`carriage_id` is 0 for a carriage that could be created."""

    carriage_id: int
    carriage_postings_count: int
    carriage_status: str
    cutoff_at: Time | None
    delivery_method_id: int
    delivery_method_name: str
    first_mile_type: str
    mandatory_postings_count: int
    mandatory_packaged_count: int
    recommended_time_local: str
    recommended_time_utc_offset_in_minutes: int
    tpl_provider_name: str
    warehouse_city: str
    warehouse_id: int
    warehouse_name: str
    warehouse_timezone: str
    errors: Sequence[CarriageError] = ()
    has_entrusted_acceptance: bool = False
    tpl_provider_icon_url: str = ""


class CarriageAvailableResponse(Answer, frozen=True):
    result: Sequence[CarriageAvailable]


class CarriageDeliveryListRequest(Request):
    delivery_method_id: Int = 0
    departure_date: Time | None = None


class CarriageDeliveryCarriage(Answer, frozen=True):
    """`id` is 0 for a carriage that could be created."""

    id: IdText
    postings_count: int
    status: str
    quantum_count: int = 0


class CarriageDeliveryError(Answer, frozen=True):
    code: str
    description: str
    status: str


class CarriageDelivery(Answer, frozen=True):
    can_create_another_carriage: bool
    carriage_postings_count: int
    carriages: Sequence[CarriageDeliveryCarriage]
    cutoff_at: Time | None
    delivery_method_id: int
    delivery_method_name: str
    delivery_method_status: str
    departure_date: Time
    first_mile_type: str
    integration_type: str
    recommended_time_local: str
    recommended_time_utc_offset_in_minutes: int
    mandatory_packaged_count: int
    mandatory_postings_count: int
    optional_packaged_count: int
    postings_for_another_carriage_count: int
    tpl_provider_name: str
    warehouse_city: str
    warehouse_id: int
    warehouse_name: str
    assembly_list_availability: bool = False
    carriage_quantum_count: int = 0
    cut_in: Time | None = None
    dropoff_address: str = ""
    dropoff_change_availability: str = ""
    dropoff_point_id: int = 0
    dropoff_point_type: str = ""
    errors: Sequence[CarriageDeliveryError] = ()
    first_mile_changing: bool = False
    has_entrusted_acceptance: bool = False
    is_presort: bool = False
    is_rfbs: bool = False
    mandatory_packaged_quantum_count: int = 0
    mandatory_quantum_count: int = 0
    quantum_for_another_carriage_count: int = 0
    timeslot_from: Time | None = None
    timeslot_to: Time | None = None
    tpl_provider_icon_url: str = ""


class CarriageDeliveryListResponse(Answer, frozen=True):
    result: Sequence[CarriageDelivery]
