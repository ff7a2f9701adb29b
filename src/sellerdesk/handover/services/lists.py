"""Papers for packing: what to take from which shelf, and what lies in a parcel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.handover import rules, texts
from sellerdesk.handover.errors import NothingToPrint, TooManyLabels
from sellerdesk.handover.services import archive
from sellerdesk.handover.services.sheets import Column, Made, Sheet, make
from sellerdesk.handover.types import PACKING_SLIP, PICK_LIST
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.types import PostingCard
from sellerdesk.sellers.types import SellerRef

_NO_SHELF = "\U0010ffff"


@dataclass(slots=True)
class _Pick:
    """One product to be taken from one shelf."""

    shelf: str
    offer_id: str
    name: str
    quantity: int = 0
    postings: list[str] = field(default_factory=list)


def pick_list(*, seller: SellerRef, numbers: Sequence[str], language: str, actor: Actor, now: datetime) -> archive.Kept:
    """What to take from the shelves for these postings: by warehouse, in the order of the shelves, then by offer ID.

    Raises NothingToPrint, TooManyLabels above 1,000, PostingNotFound.
    """
    with atomic():
        cards = _cards(seller, numbers)
        shelves = inventory.shelves(seller, [line.product_id for card in cards for line in card.lines])
        places = _picks(cards, shelves)

        def draw(sheet: Sheet) -> None:
            for index, (place, picks) in enumerate(places):
                if index:
                    sheet.new_page()
                mine = [card for card in cards if card.warehouse_name == place]
                sheet.heading(f"{_('Pick list')}, {place}", " · ".join([
                    formats.when(now), ngettext("%(count)s posting", "%(count)s postings", len(mine))
                    % {"count": len(mine)}, _count(sum(one.quantity for one in picks))]))
                sheet.table(
                    [Column(_("Shelf"), 14, bold=True), Column(_("Offer ID"), 24, bold=True),
                     Column(pgettext("handover", "Goods"), 44),
                     Column(_("Take"), 9, right=True, bold=True), Column(_("For postings"), 30), Column("", 5)],
                    [[one.shelf, one.offer_id, one.name, str(one.quantity), ", ".join(one.postings), "□"]
                     for one in picks])

        with translation.override(language):
            name = f"{texts.KINDS[PICK_LIST]} {formats.when(now)}"
            made = make(draw, title=name, language=language)
        return _keep(seller, PICK_LIST, name, made, cards, actor, now)


def _picks(cards: Sequence[PostingCard], shelves: dict[tuple[int, int], str]) -> list[tuple[str, list[_Pick]]]:
    """By warehouse and product, in the order in which somebody walks along the shelves."""
    found: dict[tuple[str, int], dict[int, _Pick]] = defaultdict(dict)
    for card in cards:
        place = found[(card.warehouse_name, card.warehouse_id)]
        for line in card.lines:
            pick = place.setdefault(line.product_id, _Pick(
                shelves.get((card.warehouse_id, line.product_id), ""), line.offer_id, line.name))
            pick.quantity += line.quantity
            pick.postings.append(card.number if line.quantity == 1 else f"{card.number} × {line.quantity}")
    return [(name, sorted(picks.values(), key=lambda one: (one.shelf or _NO_SHELF, one.offer_id)))
            for (name, _id), picks in sorted(found.items())]


def packing_slips(*, seller: SellerRef, numbers: Sequence[str], language: str, actor: Actor,
                  now: datetime) -> archive.Kept:
    """A page of A5 for each parcel, in the order asked: what lies in it, for the buyer.

    Raises NothingToPrint, TooManyLabels above 1,000, PostingNotFound.
    """
    with atomic():
        cards = _cards(seller, numbers)

        def draw(sheet: Sheet) -> None:
            for index, card in enumerate(cards):
                if index:
                    sheet.new_page()
                _slip(sheet, seller, card, language)

        with translation.override(language):
            name = f"{texts.KINDS[PACKING_SLIP]} {cards[0].number}" + (f" +{len(cards) - 1}" if len(cards) > 1 else "")
            made = make(draw, title=name, language=language, small=True)
        return _keep(seller, PACKING_SLIP, name, made, cards, actor, now)


def _slip(sheet: Sheet, seller: SellerRef, card: PostingCard, language: str) -> None:
    def money(amount_minor: int) -> str:
        return format_money(Money(amount_minor, card.currency), language)

    sheet.heading(seller.name, _("Packing slip"), card.number)
    sheet.facts([(_("Posting"), card.number), (_("Order"), card.order_number),
                 (_("Ordered on"), formats.day(card.in_process_at)), (pgettext("handover", "For"), card.buyer_name),
                 (_("City"), card.city)])
    sheet.table(
        [Column(pgettext("handover", "Goods"), 46), Column(_("Offer ID"), 22), Column(_("Units"), 9, right=True,
                                                                                      bold=True),
         Column(_("Sum"), 18, right=True)],
        [[line.name, line.offer_id, str(line.quantity), money(line.amount_minor)] for line in card.lines])
    sheet.facts([(_("Total"), f"{_count(card.units)}, {money(card.amount_minor)}")])
    sheet.note(_("Please check the goods when you receive them. If something is wrong, ask for a return in your "
                 "orders."))


def _count(units: int) -> str:
    return ngettext("%(count)s unit", "%(count)s units", units) % {"count": units}


def _cards(seller: SellerRef, numbers: Sequence[str]) -> list[PostingCard]:
    wanted = rules.in_order(numbers)
    if not wanted:
        raise NothingToPrint()
    if len(wanted) > rules.MOST_IN_A_BATCH:
        raise TooManyLabels(rules.MOST_IN_A_BATCH)
    cards = orders.cards(seller, wanted)
    known = {card.number for card in cards}
    for number in wanted:
        if number not in known:
            raise PostingNotFound(number)
    return cards


def _keep(seller: SellerRef, kind: str, name: str, made: Made, cards: Sequence[PostingCard], actor: Actor,
          now: datetime) -> archive.Kept:
    places = {card.warehouse_id for card in cards}
    return archive.keep(
        seller=seller, kind=kind, form="pdf", name=name, data=made.content, pages=made.pages, actor=actor, now=now,
        numbers=[card.number for card in cards], warehouse_id=places.pop() if len(places) == 1 else 0,
        search=[text for card in cards for text in (card.tracking_number, card.order_number)])
