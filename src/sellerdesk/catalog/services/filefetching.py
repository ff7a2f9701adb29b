"""Documents given by address: fetched in the background, kept with their state and, where refused, the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
from django_tasks import task

from sellerdesk.catalog import stored
from sellerdesk.catalog.errors import DocumentRefused
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services import productfiles
from sellerdesk.catalog.services.fetching import PAUSES, passing
from sellerdesk.catalog.types import DocumentInput
from sellerdesk.core import clock, fetch, jobs
from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked, of_shop
from sellerdesk.core.errors import FieldError, LimitReached
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_PRODUCTS_A_JOB = 20


def enqueue_waiting(seller_id: int, product_ids: Sequence[int], *, pause: timedelta = timedelta()) -> None:
    """Put in the jobs that fetch documents of these products, in the caller's transaction."""
    run_at = clock.real_now() + pause if pause else None
    ids = sorted(product_ids)
    for at in range(0, len(ids), _PRODUCTS_A_JOB):
        jobs.enqueue(fetch_documents, seller_id, ids[at:at + _PRODUCTS_A_JOB], seller_id=seller_id, run_at=run_at)


# A task lives beside the service it calls wherever the service itself puts it in: tasks.py would be above it.
@task(queue_name="slow")
def fetch_documents(seller_id: int, product_ids: list[int]) -> None:
    """Fetch what these products' documents still wait for. May run twice: only waiting ones are looked at."""
    with fetch.guarded_client() as client:
        fetch_waiting(seller=sellers.seller_ref(seller_id), product_ids=product_ids, client=client, now=clock.now())


def fetch_waiting(*, seller: SellerRef, product_ids: Sequence[int], client: httpx.Client, now: datetime) -> None:
    """Fetch and keep the documents that cards name by address; what fails stays on the card with the reason."""
    cards = Product.objects.filter(of_shop(seller.id), id__in=list(product_ids))
    addresses = list(dict.fromkeys(row["source"] for rows in cards.values_list("documents", flat=True) for row in rows
                                   if row["state"] == "waiting"))
    answers: dict[str, DocumentInput | FieldError] = {}
    for done, address in enumerate(addresses):
        jobs.progress(done, len(addresses))
        try:
            data = fetch.get_bytes(client, address, limit=productfiles.limits(now)["max_bytes"])
            answers[address] = productfiles.store(seller=seller, name=address, data=data, now=now)
        except (fetch.FetchFailed, DocumentRefused) as error:
            answers[address] = error.fields[0]
        except LimitReached as error:
            answers[address] = FieldError("documents", error.code, error.text, address[:200], error.data)
    if answers:
        _put(seller, product_ids, answers)


def _put(seller: SellerRef, product_ids: Sequence[int], answers: Mapping[str, DocumentInput | FieldError]) -> None:
    """Set the answers into the cards as they are now; the seller may have changed them while we were fetching."""
    changed, pauses = [], set()
    with atomic():
        locked(f"catalog:{seller.id}")
        cards = Product.objects.filter(of_shop(seller.id), id__in=list(product_ids)).order_by("id")
        for product_id, rows in cards.values_list("id", "documents"):
            made = [_answered(row, answers.get(row["source"])) for row in rows]
            pauses |= {PAUSES[row["tries"] - 1] for row in made if row["state"] == "waiting" and row.get("tries")}
            if made != rows:
                changed.append((product_id, made))
        if changed:
            execute("UPDATE catalog_product SET documents = v.documents FROM "
                    + json_rows("v", id="int", documents="json") + " WHERE catalog_product.id = v.id",
                    [json_param(changed)])
        for pause in sorted(pauses):
            enqueue_waiting(seller.id, product_ids, pause=pause)


def _answered(row: Mapping[str, Any], answer: DocumentInput | FieldError | None) -> dict[str, Any]:
    if row["state"] != "waiting" or answer is None:
        return dict(row)
    plain = {key: value for key, value in row.items() if key not in ("why", "tries")}
    if isinstance(answer, DocumentInput):
        return {**plain, "id": answer.id, "state": "ready"}
    tries = row.get("tries", 0)
    if passing(answer) and tries < len(PAUSES):
        return {**plain, "why": stored.error_row(answer), "tries": tries + 1}
    return {**plain, "state": "failed", "why": stored.error_row(answer)}
