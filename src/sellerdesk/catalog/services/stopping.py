"""An operator takes one product off the shelf, with a reason its seller reads, and puts it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog import queries, remarks, states
from sellerdesk.catalog.errors import NotOnShelf, NotStopped, ProductUnknown
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.moderation_types import Remark
from sellerdesk.catalog.services import placing
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers.types import SellerRef

MAX_NOTE = 1000


def stop(*, seller: SellerRef, product_id: int, given: Remark, actor: Actor, now: datetime) -> None:
    """Hide a product that is on the shelf, whatever its stock and orders, until an operator shows it again.

    Raises ProductUnknown, Invalid without a reason or, for “something else”, without a note, NotOnShelf where it is
    hidden already or not sold.
    """
    ref, note = _ref(seller, product_id), given.note.strip()
    if given.code not in remarks.TEMPLATES:
        raise Invalid("reason_missing", _("Choose a reason: the seller must know what to correct."), field="code")
    if given.code == "other" and not note:
        raise Invalid("note_missing", _("“Something else” needs a note: the seller must know what to correct."),
                      field="note")
    if len(note) > MAX_NOTE:
        raise Invalid("too_long", _("The note is longer than %(limit)s characters."), field="note",
                      data={"limit": MAX_NOTE})
    with atomic():
        if not placing.move("hide", seller=seller, product_ids=[product_id], now=now, hidden_because=states.STOPPED):
            raise NotOnShelf()
        template = remarks.template(given.code)
        activity.record(events.PRODUCT_STOPPED.name, now=now, actor=actor, seller_id=seller.id, target_type="product",
                        target_id=ref.id, target_label=ref.offer_id, data={
                            "code": given.code, "field": template.field, "note": note, "policy": template.policy})


def show(*, seller: SellerRef, product_id: int, actor: Actor, now: datetime) -> bool:
    """Put a stopped product back. One that lacks a paper stays hidden, for that reason now: then False.

    Raises ProductUnknown, NotStopped where no operator stopped it or a colleague was faster.
    """
    ref = _ref(seller, product_id)
    with atomic():
        lacks = bool(placing.missing_papers(seller, [product_id], now))
        # Nobody but an operator ends a stop, so the guard is the reason it is hidden for.
        freed = Product.objects.filter(
            seller_id=seller.id, pk=product_id, status=states.HIDDEN, hidden_because=states.STOPPED).update(
            hidden_because=states.NO_PAPER, updated_at=now)
        if not freed:
            raise NotStopped()
        if not lacks:
            placing.move("show", seller=seller, product_ids=[product_id], now=now)
        event = events.PRODUCT_HIDDEN if lacks else events.PRODUCT_SHOWN
        activity.record(event.name, now=now, actor=actor, seller_id=seller.id, target_type="product", target_id=ref.id,
                        target_label=ref.offer_id, data={"because": states.NO_PAPER} if lacks else None)
    return not lacks


def _ref(seller: SellerRef, product_id: int) -> ProductRef:
    found = queries.refs(seller, product_ids=[product_id])
    if not found:
        raise ProductUnknown()
    return found[0]
