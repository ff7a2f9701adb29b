"""What the page of one posting shows, made from the queries of several domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.components import Step, TimelineItem
from sellerdesk.finance import queries as finance
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries, rules, states, texts
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.orders.web.tables import STATUS
from sellerdesk.returns import queries as returns

_ROAD = (("to_pack", states.AWAITING_PACKAGING), ("to_hand_over", states.AWAITING_DELIVER),
         ("on_the_way", states.DELIVERING), ("delivered", states.DELIVERED))


@dataclass(frozen=True, slots=True)
class LineView:
    row: LineRow
    thumb_url: str
    currency: str

    @property
    def price(self) -> Money:
        return Money(self.row.price_minor, self.currency)

    @property
    def old_price(self) -> Money | None:
        return Money(self.row.old_price_minor, self.currency) if self.row.old_price_minor else None

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.currency)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of the money block: what, how much, by which rule."""

    label: Any
    amount: Money
    note: str = ""
    total: bool = False


def context(request: HttpRequest, card: PostingCard, *, now: datetime, token: str,
            pictures: Mapping[int, str]) -> dict[str, Any]:
    """Everything the template needs."""
    language = request.language
    seller = request.seller
    can = request.can
    reason = next((one for one in queries.cancel_reasons(now) if one.id == card.cancel_reason_id), None)
    open_ = card.state in (states.AWAITING_PACKAGING, states.AWAITING_DELIVER) \
        and card.substate != "posting_in_carriage"
    booked = finance.of_posting(seller, card.number)
    return {
        "posting": card, "token": token, "badge": STATUS.get(card.substate), "now": now,
        "sentence": texts.SENTENCES.get(card.substate, ""), "open": open_,
        "left": formats.left(card.ship_by, now) if open_ else "",
        "late": open_ and card.ship_by < now, "steps": _steps(card),
        "lines": [LineView(line, pictures.get(line.product_id, ""), card.currency) for line in card.lines],
        "amount": Money(card.amount_minor, card.currency),
        "may_ship": "ship" in card.available_actions and can("orders:posting:ship"),
        "may_print": "label" in card.available_actions and can("orders:posting:label"),
        "may_hand_over": "hand_over" in card.available_actions and can("orders:posting:hand_over"),
        "may_cancel": "cancel" in card.available_actions and can("orders:posting:cancel"),
        "carrier": localized(card.carrier_names, language), "phone": rules.masked_phone(card.buyer_phone),
        "cancel_reason": localized(reason.names, language) if reason else "",
        "cancelled_by": texts.CANCELLED_BY.get(card.cancelled_by, ""),
        "timeline": _timeline(seller, card),
        "money": _booked(booked) if booked else _expected(card), "is_booked": bool(booked),
        "siblings": [number for number in queries.siblings(seller, card.order_id) if number != card.number],
        "returns": returns.by_posting(seller, card.number),
        "printed": logistics.labels_printed(seller, card.number),
    }


def _steps(card: PostingCard) -> list[Step]:
    if card.state in states.TABS["cancelled"]:
        return []
    place = next(index for index, (tab, _state) in enumerate(_ROAD) if card.state in states.TABS[tab])
    if card.substate == "posting_in_carriage":
        place = 2
    labels = [_("Pack"), _("Hand over"), _("On the way"), _("Delivered")]
    done = card.state == states.DELIVERED
    return [Step(label, "done" if index < place or done else "now" if index == place else "todo")
            for index, label in enumerate(labels)]


def _timeline(seller: Any, card: PostingCard) -> list[TimelineItem]:
    """What people and programs did, and what carriers saw, newest first."""
    items = []
    for entry in activity.history(seller.id, "posting", card.number, 100):
        # Moves by scans are told by the scans themselves.
        if entry.event not in texts.EVENTS:
            continue
        title, icon, tone = texts.EVENTS[entry.event]
        data = entry.data or {}
        text = data.get("message") or data.get("parent") or ""
        items.append(TimelineItem(title, entry.at, text, icon, tone, by=_by(entry.actor)))
    for scan in logistics.scans(seller, card.number):
        if scan.code == "registered":
            continue
        tone = {"delivered": "success", "lost": "danger", "not_accepted": "danger"}.get(scan.code, "info")
        icon = {"delivered": "circle-check", "at_pickup_point": "map-pin", "returning": "truck-return",
                "returned": "truck-return", "lost": "alert-triangle"}.get(scan.code, "scan")
        items.append(TimelineItem(logistics.scan_text(scan.code), scan.at, scan.place, icon, tone))
    return sorted(items, key=lambda item: item.when or card.in_process_at, reverse=True)


def _by(actor: Actor) -> str:
    """Whoever it was, where that tells the shop anything: buyers and couriers are known from the act itself."""
    if actor.kind in ("user", "operator", "key"):
        return actor.label
    return _("automatically") if actor.kind == "system" else ""


def _expected(card: PostingCard) -> list[MoneyLine]:
    """The figures frozen at purchase, each with the version of its rule."""
    versions = queries.rule_versions(
        [line.commission_rule_id for line in card.lines]
        + ([card.logistics_rule_id] if card.logistics_rule_id else []))
    rates = sorted({line.commission_bp for line in card.lines})
    rate = " – ".join(formats.percent(bp / 100) for bp in (rates if len(rates) < 2 else (rates[0], rates[-1])))
    lines = [MoneyLine(_("Goods"), Money(card.amount_minor, card.currency))]
    lines.append(MoneyLine(_("Commission, %(rate)s") % {"rate": rate}, Money(-card.commission_minor, card.currency),
                           _version(versions.get(card.lines[0].commission_rule_id))))
    lines.append(MoneyLine(texts.MONEY["logistics"], Money(-card.logistics_minor, card.currency),
                           _version(versions.get(card.logistics_rule_id or 0))))
    lines.append(MoneyLine(_("Expected payout"), Money(card.payout_minor, card.currency),
                           _("Before payment processing. Booked on delivery."), total=True))
    return lines


def _booked(rows: list[Any]) -> list[MoneyLine]:
    """What the ledger says, line by line."""
    sums: dict[tuple[str, int | None], list[Any]] = {}
    for row in rows:
        sums.setdefault((row.kind, row.rule_id), []).append(row)
    lines = [
        MoneyLine(texts.MONEY.get(kind, kind), Money(sum(row.amount_minor for row in group), group[0].currency),
                  _version((group[0].rule_since, group[0].rule_source) if group[0].rule_since else None))
        for (kind, _rule), group in sums.items()]
    lines.append(MoneyLine(_("Booked for you"), Money(sum(row.amount_minor for row in rows), rows[0].currency),
                           total=True))
    return lines


def _version(rule: tuple[datetime, str] | None) -> str:
    return _("Rule in force since %(day)s") % {"day": formats.day(rule[0])} if rule else ""


def cancel_warning(card: PostingCard) -> str:
    """What cancelling this posting means, in one sentence."""
    if card.substate == "posting_in_carriage":
        return _("The carrier already has the parcel: the goods come back to you as a return.")
    return _("The buyer gets %(amount)s back, and the goods are free to sell again at once.") % {
        "amount": format_money(Money(card.amount_minor, card.currency), get_language() or "en")}
