"""From news to pushes: what happened, in the contract's bodies. Everything here is read; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sellerdesk.catalog import events as catalog_events
from sellerdesk.catalog import queries as catalog
from sellerdesk.core.activity import Entry
from sellerdesk.inventory import events as inventory_events
from sellerdesk.inventory import queries as inventory
from sellerdesk.messaging import events as messaging_events
from sellerdesk.messaging import queries as messaging
from sellerdesk.notifications import rules
from sellerdesk.notifications.types import Fact
from sellerdesk.orders import events as orders_events
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingCard
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events as supply_events

_DECLINED = "catalog.case.declined"
_ITEMS = frozenset({catalog_events.PRODUCT_CREATED.name, catalog_events.PRODUCT_UPDATED.name,
                    catalog_events.PRODUCTS_SAVED.name, _DECLINED})
# What moves units: setting them, and orders that reserve, give back and carry away.
_STOCKS = frozenset({inventory_events.STOCKS_CHANGED, orders_events.POSTING_CREATED, orders_events.POSTING_CANCELLED,
                     orders_events.POSTING_DELIVERED})
_POSTINGS = frozenset(orders_events.CHANGES)
# And in the marketplace's warehouses: orders, and what a supply brought.
_FBO_STOCKS = frozenset({orders_events.POSTING_CREATED, orders_events.POSTING_CANCELLED,
                         orders_events.POSTING_DELIVERED, supply_events.SUPPLY_COUNTED, supply_events.REPORT_ACCEPTED,
                         supply_events.DISPUTE_SETTLED})
_MESSAGES = {messaging_events.MESSAGE_SENT: rules.MESSAGE_NEW, messaging_events.MESSAGE_EDITED: rules.MESSAGE_UPDATED,
             messaging_events.MESSAGES_READ: rules.MESSAGE_READ}
_CHATS = {*_MESSAGES, messaging_events.CHAT_CLOSED}
EVENTS = _ITEMS | _STOCKS | _FBO_STOCKS | _POSTINGS | _CHATS | {catalog_events.TREE_LOADED.name}
# The contract's word for parcels that the marketplace carries itself.
_INTEGRATIONS = {"platform": "ozon"}
# So many goods stand in one push of stocks.
_ITEMS_A_PUSH = 100


def facts(entries: Sequence[Entry], wanted: Mapping[int, frozenset[str]]) -> list[Fact]:
    """Pushes for shops that want them (types by shop), in the order of the news. A fixed number of queries a shop."""
    by_seller: dict[int, list[Entry]] = defaultdict(list)
    made: list[Fact] = []
    for entry in entries:
        if entry.event == catalog_events.TREE_LOADED.name:
            made += [Fact(seller_id, rules.TREE_CHANGED, "tree", entry.at, {"changed_at": rules.stamp(entry.at)})
                     for seller_id, types in wanted.items() if rules.TREE_CHANGED in types]
        elif entry.seller_id is not None and entry.seller_id in wanted:
            by_seller[entry.seller_id].append(entry)
    for seller_id, own in sorted(by_seller.items()):
        seller, types = sellers.seller_ref(seller_id), wanted[seller_id]
        made += [fact for fact in _of_shop(seller, own) if fact.type in types]
    return made


def _of_shop(seller: SellerRef, entries: Sequence[Entry]) -> Iterator[Fact]:
    cards = {card.number: card for card in orders.cards(
        seller, {entry.target_id for entry in entries if entry.event in _POSTINGS})}
    express = {row.id for row in inventory.warehouses(seller) if row.kind == "express"} if cards else set()
    ended = {card.order_id for card in cards.values() if card.state in ("delivered", "cancelled")}
    ends = orders.ends_of_orders(seller, ended) if ended else {}
    for entry in entries:
        if entry.event in _POSTINGS and (card := cards.get(entry.target_id)):
            yield from _of_posting(seller, entry, card, express)
            yield from _of_order(seller, entry, card, ends)
    yield from _of_items(seller, [entry for entry in entries if entry.event in _ITEMS])
    yield from _of_stocks(seller, [entry for entry in entries if entry.event in _STOCKS], cards)
    yield from _of_platform(seller, [entry for entry in entries if entry.event in _FBO_STOCKS], cards)
    yield from _of_chats(seller, [entry for entry in entries if entry.event in _CHATS])


def _of_posting(seller: SellerRef, entry: Entry, card: PostingCard, express: set[int]) -> Iterator[Fact]:
    fbo, key = card.scheme == "fbo", f"posting:{card.number}"
    head: dict[str, Any] = {"posting_number": card.number}
    if fbo:
        head["order_number"] = card.order_number
    tail = {"warehouse_id": card.warehouse_id, "seller_id": seller.id}
    goods = [{"sku": line.sku, "quantity": line.quantity} for line in card.lines]
    if entry.event in (orders_events.POSTING_CREATED, orders_events.POSTING_SPLIT):
        if fbo:
            yield Fact(seller.id, rules.FBO_NEW, key, entry.at, {
                **head, "products": goods, "creation_date": rules.stamp(card.in_process_at), **tail})
            return
        yield Fact(seller.id, rules.NEW_POSTING, key, entry.at, {
            **head, "products": [{"sku": line.sku, "offer_id": line.offer_id, "quantity": line.quantity}
                                 for line in card.lines],
            "in_process_at": rules.stamp(card.in_process_at), "warehouse_id": card.warehouse_id,
            "shipment_date": rules.stamp(card.ship_by),
            "tpl_integration_type": _INTEGRATIONS.get(card.integration, card.integration),
            "is_express": card.warehouse_id in express, "tracking_number": card.tracking_number,
            "delivery_date_begin": _or_none(card.deliver_from), "delivery_date_end": _or_none(card.deliver_by),
            "seller_id": seller.id})
    elif entry.event == orders_events.POSTING_CANCELLED:
        data, moment = entry.data or {}, rules.stamp(entry.at)
        yield Fact(seller.id, rules.FBO_CANCELLED if fbo else rules.POSTING_CANCELLED, key, entry.at, {
            **head, "products": goods, "old_state": (entry.before or {}).get("substate", ""),
            "new_state": "posting_canceled", ("cancel_date" if fbo else "changed_state_date"): moment,
            "reason": {"id": data.get("reason_id", 0), "message": data.get("message") or data.get("reason", "")},
            **tail})
    elif entry.event == orders_events.POSTING_CUTOFF_SET and not fbo:
        yield Fact(seller.id, rules.CUTOFF_CHANGED, key, entry.at, {
            **head, "new_cutoff_date": _respelled((entry.data or {}).get("cutoff")),
            "old_cutoff_date": _respelled((entry.before or {}).get("cutoff")), **tail})
    elif entry.event == orders_events.POSTING_TIMESLOT_SET and not fbo:
        before, after = entry.before or {}, entry.after or {}
        yield Fact(seller.id, rules.DELIVERY_CHANGED, key, entry.at, {
            **head, "new_delivery_date_begin": _respelled(after.get("from")),
            "new_delivery_date_end": _respelled(after.get("to")),
            "old_delivery_date_begin": _respelled(before.get("from")),
            "old_delivery_date_end": _respelled(before.get("to")), **tail})
    elif _moved(entry):
        yield Fact(seller.id, rules.FBO_STATE if fbo else rules.STATE_CHANGED, key, entry.at, {
            **head, "new_state": entry.after["substate"], "changed_state_date": rules.stamp(entry.at), **tail})


def _moved(entry: Entry) -> bool:
    after, before = entry.after, entry.before or {}
    return isinstance(after, dict) and bool(after.get("substate")) and after["substate"] != before.get("substate")


def _of_order(seller: SellerRef, entry: Entry, card: PostingCard, ends: Mapping[int, frozenset[str]]
              ) -> Iterator[Fact]:
    """An order is over with the last of its postings."""
    key = f"order:{card.order_number}"
    body: dict[str, Any] = {"order_number": card.order_number, "order_id": card.order_id}
    if entry.event == orders_events.POSTING_CREATED:
        yield Fact(seller.id, rules.ORDER_NEW, key, entry.at, {
            **body, "created_at": rules.stamp(entry.at), "seller_id": seller.id}, f"new:{card.order_id}")
    elif entry.event in (orders_events.POSTING_CANCELLED, orders_events.POSTING_DELIVERED):
        how = ends.get(card.order_id, frozenset())
        if how == {"cancelled"}:
            yield Fact(seller.id, rules.ORDER_CANCELLED, key, entry.at, {
                **body, "cancelled_at": rules.stamp(entry.at), "seller_id": seller.id}, f"end:{card.order_id}")
        elif "delivered" in how:
            yield Fact(seller.id, rules.ORDER_STATE, key, entry.at, {
                **body, "old_state": "order_in_delivery", "new_state": "order_done",
                "updated_at": rules.stamp(entry.at), "seller_id": seller.id}, f"end:{card.order_id}")


def _of_items(seller: SellerRef, entries: Sequence[Entry]) -> Iterator[Fact]:
    told = [(entry, product_id) for entry in entries for product_id in _products(entry)]
    offers = {ref.id: ref.offer_id for ref in catalog.refs(
        seller, product_ids=sorted({product_id for _, product_id in told}))} if told else {}
    for entry, product_id in told:
        yield Fact(seller.id, rules.ITEM_CHANGED, f"product:{product_id}", entry.at, {
            "seller_id": seller.id, "offer_id": offers.get(product_id, ""), "product_id": product_id,
            "is_error": entry.event == _DECLINED, "changed_at": rules.stamp(entry.at)})


def _products(entry: Entry) -> list[int]:
    named = (entry.data or {}).get("product_ids")
    return list(named) if named else [int(entry.target_id)] if entry.target_type == "product" else []


def _of_stocks(seller: SellerRef, entries: Sequence[Entry], cards: Mapping[str, PostingCard]) -> Iterator[Fact]:
    """The units as they are now, of every product whose units moved: the newest push always tells the present."""
    touched: dict[int, datetime] = {}
    for entry in entries:
        if entry.event == inventory_events.STOCKS_CHANGED:
            found: Iterable[int] = (item[0] for item in (entry.data or {}).get("items", ()))
        elif (card := cards.get(entry.target_id)) and card.scheme != "fbo":
            found = (line.product_id for line in card.lines)
        else:
            continue
        for product_id in found:
            touched[product_id] = entry.at
    if not touched:
        return
    skus = {ref.id: ref.sku for ref in catalog.refs(seller, product_ids=sorted(touched))}
    rows = inventory.stocks(seller, sorted(touched))
    items = [{"product_id": product_id, "sku": skus.get(product_id) or 0,
              "updated_at": rules.stamp(touched[product_id]),
              "stocks": [{"warehouse_id": row.warehouse_id, "present": row.present, "reserved": row.reserved}
                         for row in rows.get(product_id, ())]} for product_id in sorted(touched)]
    latest = max(touched.values())
    for start in range(0, len(items), _ITEMS_A_PUSH):
        yield Fact(seller.id, rules.STOCKS_CHANGED, "stocks", latest, {
            "seller_id": seller.id, "items": items[start:start + _ITEMS_A_PUSH]})


def _of_platform(seller: SellerRef, entries: Sequence[Entry], cards: Mapping[str, PostingCard]) -> Iterator[Fact]:
    """Units in the marketplace's warehouses before and after what happened, each product by itself."""
    acts = {(entry.target_id if entry.target_type == "posting" else entry.target_label, entry.at) for entry in entries
            if entry.target_type != "posting"
            or ((card := cards.get(entry.target_id)) is not None and card.scheme == "fbo")}
    changes = inventory.platform_changes(seller, acts) if acts else []
    skus = {ref.id: ref.sku for ref in catalog.refs(
        seller, product_ids=[one.product_id for one in changes])} if changes else {}
    for one in changes:
        yield Fact(seller.id, rules.FBO_STOCKS, f"fbo_stock:{one.product_id}", one.at, {
            "sku": skus.get(one.product_id) or 0,
            "stocks": {"new_present": one.new_present, "new_reserved": one.new_reserved,
                       "old_present": one.old_present, "old_reserved": one.old_reserved},
            "updated_at": rules.stamp(one.at), "seller_id": seller.id})


def _of_chats(seller: SellerRef, entries: Sequence[Entry]) -> Iterator[Fact]:
    """What was said, changed and read, and chats that closed. The contract spells shop and people as text here."""
    told = {(entry.data or {})["message_id"] for entry in entries if "message_id" in (entry.data or {})}
    known = messaging.messages_by_id(seller, told) if told else {}
    for entry in entries:
        data = entry.data or {}
        buyer = str(data["posting_number"]).partition("-")[0]
        by_buyer = data.get("by") == "buyer"
        chat = messaging.key_of("chat", data["chat_id"])
        head = {"chat_id": chat, "chat_type": "Buyer_Seller"}
        tail: dict[str, Any] = {"user": {"id": buyer if by_buyer else str(seller.id),
                                         "type": "Customer" if by_buyer else "Seller"}, "seller_id": str(seller.id)}
        if entry.event == messaging_events.CHAT_CLOSED:
            tail["user"] = {"id": buyer, "type": "Customer"}
            yield Fact(seller.id, rules.CHAT_CLOSED, f"chat:{chat}", entry.at, {**head, **tail})
        elif (row := known.get(data["message_id"])) is not None:
            number = str(messaging.message_number(row.id))
            body = {**head, "message_id": number, "created_at": rules.stamp(row.at), **tail}
            if entry.event == messaging_events.MESSAGES_READ:
                body["last_read_message_id"] = number
            else:
                body["data"] = [row.text or row.file_name]
            if entry.event == messaging_events.MESSAGE_EDITED:
                body["updated_at"] = rules.stamp(entry.at)
            yield Fact(seller.id, _MESSAGES[entry.event], f"chat:{chat}", entry.at, body)


def _or_none(moment: datetime | None) -> str | None:
    return rules.stamp(moment) if moment else None


def _respelled(text: str | None) -> str | None:
    return rules.stamp(datetime.fromisoformat(text)) if text else None
