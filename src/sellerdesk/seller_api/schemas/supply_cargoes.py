"""Boxes and pallets of supplies, and their labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time


class CargoItem(Request):
    message: ClassVar[str] = "CargoesCreateRequest_Cargoes_Value_Items"

    barcode: str = ""
    expires_at: Time | None = None
    offer_id: str = ""
    quant: Int = 0
    quantity: Int = 0


class CargoContents(Request):
    message: ClassVar[str] = "CargoesCreateRequest_Cargoes_Value"

    type: Literal["BOX", "PALLET"]
    items: Annotated[Sequence[CargoItem], Meta(max_length=5000)] = ()


class NewCargo(Request):
    message: ClassVar[str] = "CargoesCreateRequest_Cargoes"

    key: str
    value: CargoContents


class CargoesCreateRequest(Request):
    message: ClassVar[str] = "CargoesCreateRequest"

    cargoes: Sequence[NewCargo]
    supply_id: Id
    delete_current_version: bool = False


class CargoesCreateResponseErrorsItemsValidation(Answer, frozen=True):
    barcode: str = ""
    cargo_key: str = ""
    quant: int = 0
    type: str = "SUPPLY_ITEM_NOT_FOUND"


class CargoesCreateResponseErrors(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    items_validation: Sequence[CargoesCreateResponseErrorsItemsValidation] = ()


class CargoesCreateResponse(Answer, frozen=True):
    operation_id: str = ""
    errors: CargoesCreateResponseErrors | None = None


class CargoesCreateInfoRequest(Request):
    message: ClassVar[str] = "CargoesCreateInfoV2Request"

    operation_id: str


class CargoesCreateInfoResponseErrorsItemsValidation(Answer, frozen=True):
    cargo_key: str = ""
    item: str = ""
    quant: int = 0
    type: str = "SUPPLY_ITEM_NOT_FOUND"


class CargoesCreateInfoResponseErrors(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    items_validation: Sequence[CargoesCreateInfoResponseErrorsItemsValidation] = ()


class MadeCargoValue(Answer, frozen=True):
    cargo_id: int = 0


class MadeCargo(Answer, frozen=True):
    key: str = ""
    value: MadeCargoValue | None = None


class CargoesCreateInfoResponseResult(Answer, frozen=True):
    cargoes: Sequence[MadeCargo] = ()


class CargoesCreateInfoResponse(Answer, frozen=True):
    errors: CargoesCreateInfoResponseErrors | None = None
    result: CargoesCreateInfoResponseResult | None = None
    status: str = "STATUS_UNSPECIFIED"


class CargoesDeleteRequest(Request):
    message: ClassVar[str] = "CargoesDeleteRequest"

    cargo_ids: Sequence[Int]
    supply_id: Id


class CargoesDeleteResponseErrorsCargoErrorReason(Answer, frozen=True):
    cargo_id: int = 0
    error_reasons: Sequence[str] = ()


class CargoesDeleteResponseErrors(Answer, frozen=True):
    cargo_error_reasons: Sequence[CargoesDeleteResponseErrorsCargoErrorReason] = ()
    supply_error_reasons: Sequence[str] = ()


class CargoesDeleteResponse(Answer, frozen=True):
    errors: CargoesDeleteResponseErrors | None = None
    operation_id: str = ""


class CargoesDeleteStatusRequest(Request):
    message: ClassVar[str] = "CargoesDeleteStatusRequest"

    operation_id: str


class CargoesDeleteStatusResponseErrorsCargoErrorReason(Answer, frozen=True):
    cargo_id: int = 0
    error_reasons: Sequence[str] = ()


class CargoesDeleteStatusResponseErrors(Answer, frozen=True):
    cargo_error_reasons: Sequence[CargoesDeleteStatusResponseErrorsCargoErrorReason] = ()
    supply_error_reasons: Sequence[str] = ()


class CargoesDeleteStatusResponse(Answer, frozen=True):
    errors: CargoesDeleteStatusResponseErrors | None = None
    status: str = ""


class CargoesGetRequest(Request):
    message: ClassVar[str] = "CargoesGetRequest"

    supply_ids: Annotated[Sequence[Int], Meta(max_length=100)]


class CargoTracking(Answer, frozen=True):
    date: str = ""
    status: str = "UNSPECIFIED"
    type: str = "UNSPECIFIED"


class CargoShown(Answer, frozen=True):
    bundle_id: str = ""
    cargo_id: int = 0
    content_type: str = "UNSPECIFIED"
    placement_zone_type: str = "UNSPECIFIED"
    tracking_info: CargoTracking | None = None
    type: str = "UNSPECIFIED"


class SupplyCargoes(Answer, frozen=True):
    bundle_id: str = ""
    cargoes: Sequence[CargoShown] = ()
    supply_id: int = 0


class CargoesGetResponse(Answer, frozen=True):
    supply: Sequence[SupplyCargoes] = ()


class CargoesRulesRequest(Request):
    message: ClassVar[str] = "CargoesRulesGetRequest"

    supply_ids: Sequence[Int]


class CargoCount(Answer, frozen=True):
    count: int = 0
    type: str = ""


class CheckListCargoesPresentsRule(Answer, frozen=True):
    cargo_count_per_type: Sequence[CargoCount] = ()
    count: int = 0
    satisfied: bool = False


class CheckListEditDeadlineExpireRule(Answer, frozen=True):
    is_applicable: bool = False
    is_required: bool = False
    satisfied: bool = False


class CheckListExpireDatesPresentedRule(Answer, frozen=True):
    count_sku_with_expiration: int = 0
    count_sku_with_expiration_filled: int = 0
    is_applicable: bool = False
    is_required: bool = False
    satisfied: bool = False


class CheckListIsValidDistributionRule(Answer, frozen=True):
    count_distributed_sku: int = 0
    count_sku_total: int = 0
    is_applicable: bool = False
    percents_int: int = 0
    satisfied: bool = False


class CheckListPackageUnitsWithDistributionRule(Answer, frozen=True):
    count_all: int = 0
    count_with_distribution: int = 0
    is_applicable: bool = False
    is_required: bool = False
    satisfied: bool = False


class CheckListPlacementZonesRule(Answer, frozen=True):
    count_cargoes_all: int = 0
    count_cargoes_with_mono_placement_zone: int = 0
    is_applicable: bool = False
    satisfied: bool = False


class CheckList(Answer, frozen=True):
    cargoes_presents_rule: CheckListCargoesPresentsRule | None = None
    edit_deadline_expire_rule: CheckListEditDeadlineExpireRule | None = None
    expire_dates_presented_rule: CheckListExpireDatesPresentedRule | None = None
    is_valid_distribution_rule: CheckListIsValidDistributionRule | None = None
    package_units_with_distribution_rule: CheckListPackageUnitsWithDistributionRule | None = None
    placement_zones_rule: CheckListPlacementZonesRule | None = None
    supply_id: int = 0


class CargoesRulesResponse(Answer, frozen=True):
    supply_check_lists: Sequence[CheckList] = ()


class CargoesLabelRequestCargoe(Request):
    message: ClassVar[str] = "CargoesLabelCreateRequest_Cargoes"

    cargo_id: Int = 0


class CargoesLabelRequest(Request):
    message: ClassVar[str] = "CargoesLabelCreateRequest"

    supply_id: Id
    cargoes: Sequence[CargoesLabelRequestCargoe] = ()


class CargoesLabelResponseErrors(Answer, frozen=True):
    error_reasons: Sequence[str] = ()


class CargoesLabelResponse(Answer, frozen=True):
    operation_id: str = ""
    errors: CargoesLabelResponseErrors | None = None


class CargoesLabelGetRequest(Request):
    message: ClassVar[str] = "CargoesLabelGetRequest"

    operation_id: str


class CargoesLabelGetResponseResult(Answer, frozen=True):
    file_guid: str = ""
    file_url: str = ""


class CargoesLabelGetResponseErrors(Answer, frozen=True):
    error_reasons: Sequence[str] = ()


class CargoesLabelGetResponse(Answer, frozen=True):
    result: CargoesLabelGetResponseResult | None = None
    status: str = "SUCCESS"
    errors: CargoesLabelGetResponseErrors | None = None


# -- the newer spelling, which knows pallets that carry boxes; this marketplace has none of them -----------------------


class AskedCargoes(Request):
    message: ClassVar[str] = "CargoesGetRequest_Supply"

    supply_id: Id
    cargo_ids: Sequence[Int]


class CargoesGetV2Request(Request):
    message: ClassVar[str] = "CargoesGetRequest"

    supplies: Annotated[Sequence[AskedCargoes], Meta(max_length=100)]


class ArrivalZone(Answer, frozen=True):
    iana_name: str = ""
    offset: int = 0


class ArrivalV2(Answer, frozen=True):
    date: Time | None = None
    timezone_info: ArrivalZone | None = None


class TrackingV2(Answer, frozen=True):
    arrival_at: ArrivalV2 | None = None
    status: str = "UNSPECIFIED"
    type: str = "UNSPECIFIED"


class CargoV2(Answer, frozen=True):
    bundle_id: str = ""
    cargo_id: int = 0
    content_type: str = "UNSPECIFIED"
    placement_zone_type: str = "UNDEFINED"
    tracking_info: TrackingV2 | None = None
    transport_cargo_id: int = 0
    type: str = "UNSPECIFIED"


class LimitsV2(Answer, frozen=True):
    max_box_count: int = 0
    max_box_sku_count: int = 0
    max_pallet_count: int = 0
    max_transport_pallet_count: int = 0


class TransportArrivalV2(Answer, frozen=True):
    date: Time | None = None
    timezone: ArrivalZone | None = None


class TransportTrackingV2(Answer, frozen=True):
    arrival_at: TransportArrivalV2 | None = None
    status: str = "UNSPECIFIED"
    type: str = "UNSPECIFIED"


class TransportCargoV2(Answer, frozen=True):
    box_count: int = 0
    summary_bundle_id: str = ""
    tracking_info: TransportTrackingV2 | None = None
    transport_cargo_id: int = 0
    type: str = "UNSPECIFIED"


class SupplyCargoesV2(Answer, frozen=True):
    bundle_id: str = ""
    cargoes: Sequence[CargoV2] = ()
    cargoes_bundle_id: str = ""
    limits: LimitsV2 | None = None
    supply_id: int = 0
    transport_cargoes: Sequence[TransportCargoV2] = ()


class CargoesGetV2Response(Answer, frozen=True):
    supplies: Sequence[SupplyCargoesV2] = ()


class CargoesDeleteV2Request(Request):
    message: ClassVar[str] = "CargoesDeleteRequest"

    supply_id: Id
    transport_cargo_deletion_type: Literal["UNBIND_CONTAINED_CARGOES", "DELETE_CONTAINED_CARGOES"]
    cargo_ids: Annotated[Sequence[Int], Meta(max_length=1500)] = ()
    transport_cargo_ids: Annotated[Sequence[Int], Meta(max_length=40)] = ()


class TransportCargoErrorV2(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    transport_cargo_id: int = 0


class DeleteErrorsV2(Answer, frozen=True):
    cargo_error_reasons: Sequence[CargoesDeleteResponseErrorsCargoErrorReason] = ()
    supply_error_reasons: Sequence[str] = ()
    transport_cargo_error_reasons: Sequence[TransportCargoErrorV2] = ()


class CargoesDeleteV2Response(Answer, frozen=True):
    errors: DeleteErrorsV2 | None = None
    operation_id: str = ""


class CargoesDeleteStatusV2Response(Answer, frozen=True):
    errors: DeleteErrorsV2 | None = None
    status: str = "UNSPECIFIED"
