"""What all methods about supplies share: who may ask, how states, hours and refusals are spelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sellerdesk.core.errors import DomainError
from sellerdesk.seller_api import errors
from sellerdesk.seller_api.endpoint import Call
from sellerdesk.supply import queries
from sellerdesk.supply.errors import CargoInvalid, SupplyUnknown
from sellerdesk.supply.types import OperationRow, SupplyCard

#: The API's types of warehouses where goods lie, and where they are only handed in.
FULFILLMENT, RECEIVING = "FULL_FILLMENT", "ORDERS_RECEIVING_POINT"
KINDS = {"direct": "DIRECT", "crossdock": "CROSSDOCK"}


def whole_shop(call: Call) -> None:
    """Some things concern the whole shop, supplies among them: a key of single warehouses has no part in them."""
    if call.caller.warehouse_ids:
        raise errors.role_missing()


def state(word: str) -> str:
    """`data_filling` → `DATA_FILLING`."""
    return word.upper()


def supply_id(card: SupplyCard) -> int:
    """An order holds one supply; its id is the number printed on papers."""
    return int(card.number)


def order_of(call: Call, given: int) -> SupplyCard:
    """The supply by its own id. Raises SupplyUnknown, also for another shop's."""
    whole_shop(call)
    found = queries.supplies(call.seller, queries.orders_of_numbers([given]), call.now)
    if not found:
        raise SupplyUnknown(data={"value": given})
    return found[0]


def local_text(moment: datetime, time_zone: str) -> str:
    """A moment in the time of a place, without a zone."""
    return moment.astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%dT%H:%M:%S")


def read_local(text: str, time_zone: str) -> datetime | None:
    """What `local_text` wrote, or a moment with a zone of its own; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(time_zone))).astimezone(UTC)


def offset_text(moment: datetime, time_zone: str) -> str:
    """`+03:00`."""
    text = f"{moment.astimezone(ZoneInfo(time_zone)):%z}"
    return f"{text[:3]}:{text[3:5]}"


def offset_seconds(moment: datetime, time_zone: str) -> int:
    away = moment.astimezone(ZoneInfo(time_zone)).utcoffset()
    return int(away.total_seconds()) if away else 0


def spelled(words: Mapping[str, str], other: str) -> Callable[[DomainError], Sequence[str]]:
    """How a method spells refusals: by code, and one word for all others; of boxes also which box, and what of it."""

    def word(refused: DomainError) -> Sequence[str]:
        if isinstance(refused, CargoInvalid):
            return (words.get(refused.code, other), refused.field, refused.code)
        return (words.get(refused.code, other),)

    return word


def operation(call: Call, operation_id: str, kind: str) -> OperationRow | None:
    """What came of an act. None for an unknown one."""
    whole_shop(call)
    return queries.operation(call.seller, operation_id, kind)


def may(card: SupplyCard, action: str) -> bool:
    return action in card.actions
