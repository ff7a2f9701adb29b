"""G03: the moments between a look and a write are named, and a second person acts in them.

SQLite has one writer and PostgreSQL locks what is decided about, so the second person may have to wait until the first is
done; where they need not, the first is told. Either way one of the two has it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from django.db import connection

from sellerdesk.core import faults
from sellerdesk.orders import services
from sellerdesk.orders.types import Placed, Refusal
from tests.stall import DMITRI


class Second:
    """Somebody else, on a connection of their own."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self.act, self.answer = act, None
        self.thread = threading.Thread(target=copy_context().run, args=(self._work,))

    def _work(self) -> None:
        try:
            self.answer = self.act()
        except Exception as error:
            self.answer = error
        finally:
            connection.close()

    def begin(self) -> None:
        """Act now, and let the first go on when done, or when it is plain that the second has to wait."""
        self.thread.start()
        self.thread.join(0.5)

    def end(self) -> Any:
        self.thread.join(30)
        assert not self.thread.is_alive()
        return self.answer


def test_G03_a_second_buyer_between_the_look_at_the_shelf_and_the_promise(stall):
    def buy() -> Placed | Refusal:
        return services.place_orders(seller=stall.seller, orders=[stall.request((stall.mug, 15))], actor=DMITRI)[0]

    second = Second(buy)
    with faults.at("orders.placing.judged", second.begin):
        first = buy()

    answers = sorted([type(first).__name__, type(second.end()).__name__])
    assert answers == ["Placed", "Refusal"]
    assert [one.code for one in (first, second.answer) if isinstance(one, Refusal)] == ["out_of_stock"]
    assert stall.shelf(stall.mug) == (20, 15)


def test_G03_one_packs_while_the_other_cancels(stall):
    [number] = stall.place()
    second = Second(lambda: services.cancel_posting(
        seller=stall.seller, number=number, reason_id=352, message="", by="seller", actor=stall.actor, now=stall.now))

    with faults.at("orders.moving.decided", second.begin):
        [packed] = services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)

    # A packed posting may be cancelled: whoever came second found it as the first had left it.
    assert packed.done
    assert second.end() is None
    assert stall.place_of(number)[0] == "cancelled"
    assert stall.shelf(stall.mug) == (20, 0)


def test_G03_one_cancels_while_the_other_packs(stall):
    [number] = stall.place()
    second = Second(lambda: services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now))

    with faults.at("orders.moving.decided", second.begin):
        services.cancel_posting(seller=stall.seller, number=number, reason_id=352, message="", by="seller",
                                actor=stall.actor, now=stall.now)

    [refused] = second.end()
    assert refused.error.code == "POSTING_ALREADY_CANCELLED"
    assert stall.place_of(number)[0] == "cancelled"
    assert stall.shelf(stall.mug) == (20, 0)
