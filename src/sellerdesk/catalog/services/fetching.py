"""Pictures given by address: fetched in the background, each with its state and, where refused, the reason.

What may pass by itself (no answer, no such name just now, a fault of the host) is tried again later by itself; the
picture waits, and says what went wrong last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
from django_tasks import task

from sellerdesk.catalog import events, stored
from sellerdesk.catalog.errors import MESSAGES, PictureRefused, ProductUnknown
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services import imaging, pictures
from sellerdesk.catalog.types import StoredPicture
from sellerdesk.core import activity, clock, fetch, jobs
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked, of_shop
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_PRODUCTS_A_JOB = 20
_OPEN = ("waiting", "fetching")
_PASSING = ("fetch_failed", "fetch_name", "fetch_slow")
_FAULTS = frozenset({429, *range(500, 600)})
#: Pauses before the second try and the third, which is the last.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30))
_CODES = ("image_failed", "all_image_failed")


def enqueue_waiting(seller_id: int, product_ids: Sequence[int], *, pause: timedelta = timedelta()) -> None:
    """Put in the jobs that fetch pictures of these products, in the caller's transaction."""
    run_at = clock.real_now() + pause if pause else None
    ids = sorted(product_ids)
    for at in range(0, len(ids), _PRODUCTS_A_JOB):
        jobs.enqueue(fetch_pictures, seller_id, ids[at:at + _PRODUCTS_A_JOB], seller_id=seller_id, run_at=run_at)


def retry(*, seller: SellerRef, product_id: int, actor: Actor, now: datetime) -> int:
    """Queue the refused pictures of a product once more; returns how many. Raises ProductUnknown.

    What the card says stays the same, so this is no new version of it and nothing for the journal.
    """
    with atomic():
        locked(f"catalog:{seller.id}")
        card = Product.objects.filter(seller_id=seller.id, pk=product_id).first()
        if card is None:
            raise ProductUnknown()
        failed = [image for image in card.images if image.get("why") and image.get("source")]
        if not failed:
            return 0
        _rewrite(seller, [product_id], lambda image: _waiting(image) if image in failed else image)
        enqueue_waiting(seller.id, [product_id])
        activity.record(events.PICTURES_RETRIED.name, now=now, actor=actor, seller_id=seller.id, target_type="product",
                        target_id=product_id, target_label=card.offer_id, data={"count": len(failed)})
    return len(failed)


def _waiting(image: Mapping[str, Any]) -> dict[str, Any]:
    return {**_bare(image), "state": "waiting"}


def _bare(image: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in image.items() if key not in ("why", "tries")}


# A task lives beside the service it calls wherever the service itself puts it in: tasks.py would be above it.
@task(queue_name="slow")
def fetch_pictures(seller_id: int, product_ids: list[int]) -> None:
    """Fetch what these products' pictures still wait for. May run twice: only waiting ones are looked at."""
    with fetch.guarded_client() as client:
        fetch_waiting(seller=sellers.seller_ref(seller_id), product_ids=product_ids, client=client, now=clock.now())


def fetch_waiting(*, seller: SellerRef, product_ids: Sequence[int], client: httpx.Client, now: datetime) -> None:
    """Fetch and store the pictures that cards name by address. What fails is kept on the card, with the reason."""
    with atomic():
        locked(f"catalog:{seller.id}")
        found = _rewrite(seller, product_ids, lambda image: {**image, "state": "fetching"}
                         if image.get("state") == "waiting" else image)
    addresses = list(dict.fromkeys(image["source"] for images in found.values() for image in images
                                   if image.get("state") in _OPEN))
    answers: dict[str, StoredPicture | FieldError] = {}
    for done, address in enumerate(addresses):
        jobs.progress(done, len(addresses))
        try:
            data = fetch.get_bytes(client, address, limit=imaging.MAX_BYTES)
            answers[address] = pictures.store(seller=seller, data=data, now=now)
        except (fetch.FetchFailed, PictureRefused) as error:
            answers[address] = error.fields[0]
    if answers:
        _put(seller, product_ids, answers, now)


def _put(seller: SellerRef, product_ids: Sequence[int], answers: Mapping[str, StoredPicture | FieldError],
         now: datetime) -> None:
    """Set the answers into the cards as they are now; the seller may have changed them while we were fetching."""
    counts: Counter[str] = Counter()
    pauses: set[timedelta] = set()

    def answered(image: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = answers.get(image.get("source", ""))
        if image.get("state") not in _OPEN or answer is None:
            return image
        kept, tries = _bare(image), image.get("tries", 0)
        if isinstance(answer, StoredPicture):
            counts["ready"] += 1
            return {**kept, "key": answer.key, "thumb": answer.thumb_key, "state": "ready"}
        if passing(answer) and tries < len(PAUSES):
            pauses.add(PAUSES[tries])
            counts["later"] += 1
            return {**kept, "state": "waiting", "why": stored.error_row(answer), "tries": tries + 1}
        counts["failed"] += 1
        return {**kept, "state": "failed", "why": stored.error_row(answer)}

    with atomic():
        locked(f"catalog:{seller.id}")
        _rewrite(seller, product_ids, answered)
        for pause in sorted(pauses):
            enqueue_waiting(seller.id, product_ids, pause=pause)
        if not counts["ready"] + counts["failed"]:
            return
        activity.record(events.PICTURES_FETCHED.name, now=now, actor=Actor.system("pictures"), seller_id=seller.id,
                        target_type="products", data={"ready": counts["ready"], "failed": counts["failed"],
                                                      "product_ids": list(product_ids)})


def passing(error: FieldError) -> bool:
    """Whether what went wrong may be over in a while: no answer, or a fault on the host's own side."""
    return error.code in _PASSING or (error.code == "fetch_status" and int(error.data["status"]) in _FAULTS)


def _rewrite(seller: SellerRef, product_ids: Sequence[int],
             change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    """Change pictures of cards one by one, and what the cards' errors say about them. Two statements."""
    rows: list[tuple[int, Any, Any, int]] = []
    images_of: dict[int, list[Mapping[str, Any]]] = {}
    cards = Product.objects.filter(of_shop(seller.id), id__in=list(product_ids)).order_by("id")
    for product_id, images, errors in cards.values_list("id", "images", "errors"):
        changed = images_of[product_id] = [change(image) for image in images]
        if changed != images:
            told = [*_told(changed), *(row for row in errors if row["code"] not in _CODES)]
            rows.append((product_id, changed, told, len(told)))
    if rows:
        execute("UPDATE catalog_product SET images = v.images, errors = v.errors, problem_count = v.problems FROM "
                + json_rows("v", id="int", images="json", errors="json", problems="int")
                + " WHERE catalog_product.id = v.id", [json_param(rows)])
    return images_of


def _told(images: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a card's errors say about refused pictures: each with its address, and first if none is left."""
    failed = [image for image in images if image.get("state") == "failed" and image.get("why")]
    told = [{"field": "images", "code": "image_failed", "message": image["why"]["message"],
             "value": image["source"][:300],
             "data": {**image["why"].get("data", {}), "value": image["source"][:300], "level": "warning"}}
            for image in failed]
    if images and len(failed) == len(images):
        told.insert(0, stored.error_row(FieldError("images", "all_image_failed", MESSAGES["all_image_failed"], "",
                                                   {"level": "warning"})))
    return told
