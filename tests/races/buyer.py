"""Buyers in a process of their own. All of them wait for the same moment, act, and tell what became of it.

`main` reads lines of JSON after `django.setup()`. A line says what each thread does: `at` (the moment of the clock on the wall), and `acts`, one list [kind, …] a thread.
The answer is one line of JSON with one word a thread; an exception is told by its name.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

from django.db import connection

from sellerdesk.core import scope
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import CountInput, StockInput
from sellerdesk.orders import services
from sellerdesk.orders.types import Cancellation, OrderRequest, Placed, Refusal
from sellerdesk.sellers import queries as sellers

BUYER, ANNA = Actor.buyer("Dmitri"), Actor.user(1, "Anna")


def _act(line: dict[str, Any], wish: list[Any], together: Barrier) -> str:
    """One thread's part of a round. The barrier gives each thread one part, and makes them begin together."""
    with scope.across_shops():
        seller, now = sellers.seller_ref(line["seller"]), datetime.fromisoformat(line["now"])
        together.wait()
        time.sleep(max(0.0, line["at"] - time.time()))
        try:
            return _done(seller, now, wish)
        except Exception as error:
            return f"{type(error).__name__}: {error}"[:300]
        finally:
            connection.close()


def _done(seller: Any, now: datetime, wish: list[Any]) -> str:
    kind, *given = wish
    if kind == "buy":
        code, phone = given[1:] if len(given) > 1 else ("", "+79031234567")
        request = OrderRequest("Dmitri K.", phone, "Казань", "", "Lenina 1",
                               tuple((product, units) for product, units in given[0]), now, voucher=code)
        [answer] = services.place_orders(seller=seller, orders=[request], actor=BUYER)
        return f"placed {answer.posting_number}" if isinstance(answer, Placed) else _code(answer)
    if kind == "cancel":
        [outcome] = services.cancel_many(seller=seller, items=[Cancellation(given[0], 352, "", "seller", now)],
                                         actor=ANNA)
        return outcome.error.code if outcome.error else "cancelled"
    if kind == "set":
        [row] = inventory.set_stocks(seller=seller, actor=ANNA, now=now,
                                     changes=[StockInput(given[1], given[2], product_id=given[0])])
        return "set" if row.updated else row.errors[0].code
    [counted] = inventory.count_stock(seller=seller, found=[CountInput(*given)], actor=ANNA, now=now)
    return counted.errors[0].code if counted.errors else "counted"


def _code(answer: Refusal) -> str:
    return answer.code


def main(threads: int) -> None:
    """Until nobody says anything any more."""
    together = Barrier(threads)
    with ThreadPoolExecutor(threads) as pool:
        print("ready", flush=True)
        for text in sys.stdin:
            line = json.loads(text)
            parts = [pool.submit(_act, line, wish, together) for wish in line["acts"]]
            print(json.dumps([part.result() for part in parts]), flush=True)
