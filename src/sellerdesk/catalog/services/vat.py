"""The VAT rate of a product, changed apart from the rest of its card: by the grid and files of prices, and by API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sellerdesk.catalog import events, queries, rules
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.services import changes
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers.types import SellerRef

_LABELS_SHOWN = 3


def read_rate(text: str, *, field: str = "vat") -> str:
    """A rate in the API's spelling ("0.2") from 0.2, 20% or 20. Raises Invalid `vat_invalid`."""
    rate = rules.vat(text)
    if rate is None:
        data = {"allowed": ", ".join(rules.VAT), "value": text[:20]}
        raise Invalid("vat_invalid", MESSAGES["vat_invalid"],
                      fields=[FieldError(field, "vat_invalid", MESSAGES["vat_invalid"], text[:20], data)])
    return rate


def set_rates(*, seller: SellerRef, rates: Mapping[int, str], actor: Actor, now: datetime) -> int:
    """Give products of this shop their VAT rates, spelled as by `read_rate`; returns how many changed.

    Seven statements at most for any number of products, and one act for those that changed.
    """
    with atomic(), changes.gathering(seller=seller, actor=actor, now=now) as gathered:
        locked(f"catalog:{seller.id}")
        before = queries.vat_rates(seller, list(rates))
        changed = {id_: rates[id_] for id_ in sorted(before) if before[id_] != rates[id_]}
        if not changed:
            return 0
        execute(
            "UPDATE catalog_product SET vat = v.rate, version = catalog_product.version + 1, updated_at = %s FROM "
            + json_rows("v", id="int", rate="text")
            + " WHERE catalog_product.id = v.id AND catalog_product.seller_id = %s",
            [now, json_param([[id_, rate] for id_, rate in changed.items()]), seller.id])
        offers = {ref.id: ref.offer_id for ref in queries.refs(seller, product_ids=list(changed))}
        for id_, rate in changed.items():
            gathered.note(id_, offers[id_], {"vat": before[id_]}, {"vat": rate})
        one = next(iter(changed)) if len(changed) == 1 else None
        labels = list(offers.values())
        activity.record(
            (events.PRODUCT_UPDATED if one else events.PRODUCTS_SAVED).name, now=now, actor=actor, seller_id=seller.id,
            target_type="product" if one else "products", target_id=one or "",
            target_label=", ".join(labels[:_LABELS_SHOWN]) + "…" * (len(labels) > _LABELS_SHOWN),
            before={str(id_): {"vat": before[id_]} for id_ in changed},
            after={str(id_): {"vat": rate} for id_, rate in changed.items()},
            data={"count": len(changed), "created": 0, "updated": len(changed), "product_ids": list(changed),
                  "created_ids": []})
    return len(changed)
