"""The shortlist: what a shop thinks of selling, with a note and who looks after it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sellerdesk.analytics.errors import IdeaNotFound, ShortlistFull
from sellerdesk.analytics.models import Idea
from sellerdesk.analytics.types import Figured
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers.types import SellerRef

MOST = 200


def add(*, seller: SellerRef, title: str, category_id: int, type_id: int, owner_id: int, now: datetime) -> int:
    """Put something on the list; once, however often asked. Raises ShortlistFull."""
    with atomic():
        if Idea.objects.filter(seller_id=seller.id).count() >= MOST:
            raise ShortlistFull(MOST)
        row, _new = Idea.objects.get_or_create(seller_id=seller.id, title=title[:160], defaults={
            "category_id": category_id, "type_id": type_id, "owner_id": owner_id, "created_at": now})
        return row.pk


def note(*, seller: SellerRef, idea_id: int, text: str, owner_id: int) -> None:
    """Write what is thought of it, and who looks after it. Raises IdeaNotFound."""
    if not Idea.objects.filter(pk=idea_id, seller_id=seller.id).update(note=text[:1000], owner_id=owner_id):
        raise IdeaNotFound()


def keep_figures(*, seller: SellerRef, idea_id: int, figures: Figured) -> None:
    """Keep what the shop calculates with. Raises IdeaNotFound, and Invalid naming the field that is below zero."""
    given = asdict(figures)
    for name, value in given.items():
        if isinstance(value, int) and not 0 <= value <= 10**15:
            raise Invalid("invalid", field=name)
    if not Idea.objects.filter(pk=idea_id, seller_id=seller.id).update(**given):
        raise IdeaNotFound()


def remove(*, seller: SellerRef, idea_id: int) -> None:
    """Raises IdeaNotFound."""
    if not Idea.objects.filter(pk=idea_id, seller_id=seller.id).delete()[0]:
        raise IdeaNotFound()
