"""Pictures for the demo's goods, drawn by several processes and stored like a seller's own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from types import TracebackType

from sellerdesk.catalog.services import pictures as storing
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import pictures
from sellerdesk.simulator.goods import DemoProduct

_SIZE = (600, 800)
_PROCESSES = 2
Motif = tuple[str, str]


class Painters:
    """Draw while other things are done: hand in goods first, ask for their pictures later.

    Goods of one type and colour share a picture.
    """

    def __init__(self) -> None:
        # New processes, not forks: the caller holds a database connection.
        self._pool = ProcessPoolExecutor(min(_PROCESSES, os.cpu_count() or 1),
                                         mp_context=multiprocessing.get_context("spawn"))
        self._drawn: dict[Motif, Future[bytes]] = {}

    def __enter__(self) -> Painters:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def order(self, shelf: Sequence[DemoProduct]) -> None:
        for product in shelf:
            motif = (product.type_key, product.colour)
            if motif not in self._drawn:
                self._drawn[motif] = self._pool.submit(pictures.draw, *motif, product.picture_seed, _SIZE)

    def deliver(self, *, seller: SellerRef, shelf: Sequence[DemoProduct], now: datetime) -> dict[str, str]:
        """Store the pictures of these goods in the shop. Returns the key of the picture by offer id."""
        motifs = list(dict.fromkeys((product.type_key, product.colour) for product in shelf))
        stored = storing.store_many(seller=seller, pictures=[self._drawn[motif].result() for motif in motifs], now=now)
        keys = dict(zip(motifs, (picture.key for picture in stored), strict=True))
        return {product.offer_id: keys[product.type_key, product.colour] for product in shelf}
