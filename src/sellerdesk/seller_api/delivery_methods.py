"""Delivery methods of the shop's warehouses."""

from __future__ import annotations

import zlib
from collections.abc import Collection

from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.logistics import queries as logistics
from sellerdesk.logistics.types import MethodRow
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.postings_rendering import INTEGRATIONS
from sellerdesk.seller_api.schemas import delivery_methods as models

Found = list[tuple[MethodRow, WarehouseRow]]


@endpoint(
    "/v1/delivery-method/list",
    request=models.WarehouseDeliveryMethodListRequest,
    answer=models.WarehouseDeliveryMethodListResponse,
    right="warehouses:read",
)
def list_v1(call: Call, request: models.WarehouseDeliveryMethodListRequest
            ) -> models.WarehouseDeliveryMethodListResponse:
    """The older listing, by offset: a translation of the newer one."""
    where = request.filter
    found = _found(call, warehouses=[where.warehouse_id] if where.warehouse_id else (),
                   providers=[where.provider_id] if where.provider_id else (),
                   status=[where.status] if where.status else ())
    shown = found[request.offset:request.offset + request.limit]
    return models.WarehouseDeliveryMethodListResponse(
        result=[models.DeliveryMethodListResponseDeliveryMethod(
            id=method.id, company_id=call.seller.id, name=method.name, status=_status(method),
            provider_id=method.carrier_number, template_id=_template(method), warehouse_id=method.warehouse_id,
            cutoff=f"{place.cut_off:%H:%M}", sla_cut_in=place.preparation_hours * 60,
            created_at=method.created_at or place.created_at,
            updated_at=method.updated_at or method.created_at or place.created_at)
            for method, place in shown],
        has_next=len(found) > request.offset + request.limit)


@endpoint(
    "/v2/delivery-method/list",
    request=models.DeliveryMethodListV2Request,
    answer=models.DeliveryMethodListV2Response,
    right="warehouses:read",
)
def list_v2(call: Call, request: models.DeliveryMethodListV2Request) -> models.DeliveryMethodListV2Response:
    """Lists the delivery methods of the warehouses that the key reaches."""
    after = cursor_decode(request.cursor, 1)[0] if request.cursor else None
    if after is not None and not isinstance(after, int):
        raise Invalid("cursor_invalid", field="cursor")
    where, down = request.filter, request.sort_dir == "DESC"
    # A shop has a handful of warehouses with a handful of methods each, so one short list is read and cut here.
    found = _found(call, warehouses=where.warehouse_ids, providers=where.provider_ids, status=where.status,
                   ids=where.delivery_method_ids)
    if down:
        found.reverse()
    rest = [one for one in found if after is None or (one[0].id < after if down else one[0].id > after)]
    shown, has_next = rest[: request.limit], len(rest) > request.limit
    return models.DeliveryMethodListV2Response(
        delivery_methods=[models.DeliveryMethodListV2ResponseDeliveryMethod(
            id=method.id, name=method.name, status=_status(method), provider_id=method.carrier_number,
            template_id=_template(method), warehouse_id=method.warehouse_id, cutoff=f"{place.cut_off:%H:%M}",
            sla_cut_in=place.preparation_hours * 60,
            tpl_integration_type=INTEGRATIONS.get(method.integration, method.integration),
            is_express=place.kind == "express", created_at=method.created_at or place.created_at,
            updated_at=method.updated_at or method.created_at or place.created_at)
            for method, place in shown],
        cursor=cursor_encode(shown[-1][0].id) if has_next else "",
        has_next=has_next)


def _found(call: Call, *, warehouses: Collection[int], providers: Collection[int], status: Collection[str],
           ids: Collection[int] = ()) -> Found:
    """The methods asked for, oldest first, each with its warehouse. Two queries."""
    wanted = set(scope.warehouses(call, warehouses))
    places = {row.id: row for row in inventory.warehouses(call.seller) if not wanted or row.id in wanted}
    return [(row, places[row.warehouse_id]) for row in logistics.methods(call.seller)
            if row.warehouse_id in places and (not providers or row.carrier_number in providers)
            and (not status or _status(row) in status) and (not ids or row.id in ids)]


def _status(row: MethodRow) -> models.Status:
    return "ACTIVE" if row.active else "DISABLED"


def _template(row: MethodRow) -> int:
    """A number that the same service has in every shop."""
    return zlib.crc32(row.tariff.encode())
