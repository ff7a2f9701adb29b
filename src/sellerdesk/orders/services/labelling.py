"""Labels of packed postings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.i18n import localized
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import LabelData
from sellerdesk.orders import events, queries
from sellerdesk.orders.errors import PostingNotFound, PostingsNotReady, TooManyLabels
from sellerdesk.orders.types import PostingCard
from sellerdesk.sellers.types import SellerRef

MOST_LABELS = 200


def label(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime, language: str = "ru",
          most: int = MOST_LABELS) -> bytes:
    """One PDF with the labels of these postings, in the order asked; all or nothing. Each printing is counted.

    Raises TooManyLabels, PostingNotFound, PostingsNotReady (all that have no label now).
    """
    wanted = list(dict.fromkeys(numbers))
    if not wanted or len(wanted) > most:
        raise TooManyLabels(most)
    with atomic():
        cards = {card.number: card for card in queries.cards(seller, wanted)}
        for number in wanted:
            if number not in cards:
                raise PostingNotFound(number)
        waiting = [number for number in wanted if "label" not in cards[number].available_actions]
        if waiting:
            raise PostingsNotReady(waiting)
        pdf = logistics.labels_pdf([_data(seller, cards[number], language) for number in wanted])
        logistics.note_labels(seller=seller, numbers=wanted)
        activity.record_many([
            Entry(events.LABEL_PRINTED, now, actor, seller.id, "posting", number, number) for number in wanted])
        return pdf


def _data(seller: SellerRef, card: PostingCard, language: str) -> LabelData:
    contents = ", ".join(f"{line.offer_id} ×{line.quantity}" for line in card.lines)
    local = card.in_process_at.astimezone(ZoneInfo(seller.time_zone))
    return LabelData(
        posting_number=card.number, tracking_number=card.tracking_number,
        carrier=localized(card.carrier_names, language), shop=seller.name, sender=card.warehouse_city,
        city=card.city, recipient=card.buyer_name, contents=contents, sort_code=logistics.sort_code(card.city),
        weight_g=card.weight_g, date=f"{local:%d.%m.%Y}")
