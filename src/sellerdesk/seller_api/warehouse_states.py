"""Taking a warehouse out of use, for a while or for good, and back.

The contract answers with an operation to be asked about. Ours are done when the answer goes out, so an operation is the
line of the history that tells of it.
"""

from __future__ import annotations

from typing import Literal

from sellerdesk.core import activity
from sellerdesk.core.errors import NotFound
from sellerdesk.inventory import queries, services
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import warehouses as models
from sellerdesk.seller_api.supplies import whole_shop

_Kind = Literal["WAREHOUSE_ENABLE_DISABLE", "WAREHOUSE_PAUSE_UNPAUSE"]
_KINDS: dict[str, _Kind] = {"state": "WAREHOUSE_ENABLE_DISABLE", "pause": "WAREHOUSE_PAUSE_UNPAUSE"}


@endpoint(
    "/v1/warehouse/archive",
    request=models.WarehouseArchiveRequest,
    answer=models.WarehouseOperation,
    right="warehouses:write",
)
def archive(call: Call, request: models.WarehouseArchiveRequest) -> models.WarehouseOperation:
    """Puts a warehouse out of use; refused while units in it are reserved for open orders."""
    whole_shop(call)
    done = services.archive_warehouse(
        seller=call.seller, warehouse_id=request.warehouse_id, reason=request.reason, actor=call.actor, now=call.now
    )
    return _operation(call, "state", done)


@endpoint(
    "/v1/warehouse/unarchive",
    request=models.WarehouseUnarchiveRequest,
    answer=models.WarehouseOperation,
    right="warehouses:write",
)
def unarchive(call: Call, request: models.WarehouseUnarchiveRequest) -> models.WarehouseOperation:
    """Brings an archived warehouse back."""
    whole_shop(call)
    done = services.resume_warehouse(
        seller=call.seller, warehouse_id=request.warehouse_id, of=("archived",), actor=call.actor, now=call.now
    )
    return _operation(call, "state", done)


@endpoint(
    "/v1/warehouse/rfbs/pause",
    request=models.WarehousePauseRequest,
    answer=models.WarehouseOperation,
    right="warehouses:write",
)
def pause(call: Call, request: models.WarehousePauseRequest) -> models.WarehouseOperation:
    """Takes no new orders in a warehouse whose parcels the seller delivers; those that are there stay due."""
    _delivered_by_seller(call, request.warehouse_id)
    done = services.pause_warehouse(
        seller=call.seller, warehouse_id=request.warehouse_id, actor=call.actor, now=call.now
    )
    return _operation(call, "pause", done)


@endpoint(
    "/v1/warehouse/rfbs/unpause",
    request=models.WarehousePauseRequest,
    answer=models.WarehouseOperation,
    right="warehouses:write",
)
def unpause(call: Call, request: models.WarehousePauseRequest) -> models.WarehouseOperation:
    """Takes orders again in a warehouse whose parcels the seller delivers."""
    _delivered_by_seller(call, request.warehouse_id)
    done = services.resume_warehouse(
        seller=call.seller,
        warehouse_id=request.warehouse_id,
        of=("active", "new", "paused"),
        actor=call.actor,
        now=call.now,
    )
    return _operation(call, "pause", done)


@endpoint(
    "/v1/warehouse/operation/status",
    request=models.WarehouseOperationStatusRequest,
    answer=models.WarehouseOperationStatusResponse,
    right="warehouses:read",
)
def status(
    call: Call, request: models.WarehouseOperationStatusRequest
) -> models.WarehouseOperationStatusResponse:
    """Tells what became of an operation: here each is done when it has been answered."""
    kind, *numbers = request.operation_id.split("-")
    if kind not in _KINDS or len(numbers) != 2 or not all(_is_number(one) for one in numbers):
        raise NotFound()
    warehouse_id, act_id = map(int, numbers)
    _within(call, warehouse_id)
    if not any(act.id == act_id for act in activity.history(call.seller.id, "warehouse", warehouse_id)):
        raise NotFound()
    return models.WarehouseOperationStatusResponse(
        status="SUCCESS", type=_KINDS[kind], result=models.WarehouseOperationResult(entity_id=warehouse_id)
    )


def _operation(call: Call, kind: str, done: WarehouseRow) -> models.WarehouseOperation:
    last = activity.history(call.seller.id, "warehouse", done.id, 1)[0]
    return models.WarehouseOperation(operation_id=f"{kind}-{done.id}-{last.id}")


def _within(call: Call, warehouse_id: int) -> None:
    """Raises WarehouseUnknown for one that the key does not reach, as for one that never was."""
    if call.caller.warehouse_ids and warehouse_id not in call.caller.warehouse_ids:
        raise WarehouseUnknown()


def _delivered_by_seller(call: Call, warehouse_id: int) -> None:
    _within(call, warehouse_id)
    if not queries.warehouse(call.seller, warehouse_id).by_seller:
        raise WarehouseUnknown()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
