"""What the page of one posting shows, made from the queries of several domains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.components import Step, TimelineItem
from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries import companies, rates
from sellerdesk.logistics import queries as logistics
from sellerdesk.logistics.types import ScanRow
from sellerdesk.messaging import queries as messaging
from sellerdesk.orders import queries, states, texts
from sellerdesk.orders.events import POSTING_DELIVERED, POSTING_SHIPPED
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.orders.web import (
    customs_panel,
    economy,
    invoices,
    limits_panel,
    moves_panel,
    papers_panel,
    requests,
    scope,
    terms_panel,
    tracking_panel,
    units,
)
from sellerdesk.orders.web.tables import FULFILLED, STATUS
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


def context(request: WebRequest, card: PostingCard, *, now: datetime, token: str,
            pictures: Mapping[int, str]) -> dict[str, Any]:
    """Everything the template needs."""
    language = request.language
    seller = request.seller
    can = request.can
    reasons = queries.cancel_reasons(now)
    reason = next((one for one in reasons if one.id == card.cancel_reason_id), None)
    open_ = card.scheme != "fbo" and card.state in (states.AWAITING_PACKAGING, states.AWAITING_DELIVER) \
        and card.substate != "posting_in_carriage"
    booked = finance.of_posting(seller, card.number)
    scans = logistics.scans(seller, card.number)
    return {
        **requests.panel(request, card),
        "company": card.company,
        "bought_out": card.company is not None and companies.buys_out(seller, card.in_process_at),
        "may_documents": can("finance:document:view"),
        "posting": card, "token": token, "now": now, "fulfilled": card.scheme == "fbo",
        "badge": (FULFILLED if card.scheme == "fbo" else STATUS).get(texts.key(card.state, card.substate)),
        "sentence": _sentence(card), "open": open_,
        "left": formats.left(card.ship_by, now) if open_ else "",
        "late": open_ and card.ship_by < now, "steps": _steps(card),
        "lines": [LineView(line, pictures.get(line.product_id, ""), card.currency) for line in card.lines],
        "amount": Money(card.amount_minor, card.currency),
        "may_ship": "ship" in card.available_actions and can("orders:posting:ship"),
        "may_print": "label" in card.available_actions and can("orders:posting:label"),
        "may_hand_over": "hand_over" in card.available_actions and can("orders:posting:hand_over"),
        "may_cancel": "cancel" in card.available_actions and can("orders:posting:cancel"),
        "carrier": localized(card.carrier_names, language),
        "cancel_reason": localized(reason.names, language) if reason else "",
        "cancelled_by": texts.CANCELLED_BY.get(card.cancelled_by, ""),
        "timeline": _timeline(seller, card, scans, {one.id: localized(one.names, language) for one in reasons}),
        "money": _money(card, booked), "is_booked": bool(booked),
        "siblings": [number for number in scope.within(request, queries.siblings(seller, card.order_id))
                     if number != card.number],
        "returns": returns.by_posting(seller, card.number),
        **moves_panel.context(request, card, now),
        "tracking": tracking_panel.context(request, card, scans),
        **limits_panel.context(request, card), **customs_panel.context(request, card),
        **invoices.panel(request, card),
        "printed": logistics.labels_printed(seller, card.number), **units.panel(request, card),
        **terms_panel.context(request, card, now), **economy.context(request, card, booked),
        **papers_panel.panel(request, card),
        **_chat(request, card, now),
    }


def _chat(request: WebRequest, card: PostingCard, now: datetime) -> dict[str, Any]:
    """The conversation about it, or whether one may begin."""
    if not request.can("messaging:chat:view"):
        return {}
    found = messaging.chat_of_posting(request.seller, card.number)
    return {"chat": found, "may_chat": found is None and request.can("messaging:chat:write")
            and messaging.may_start(card, now)}


def _sentence(card: PostingCard) -> Any:
    """What the place means, and what is next."""
    key = texts.key(card.state, card.substate)
    if card.scheme == "fbo":
        return texts.FBO_SENTENCES.get(key, "")
    own = texts.OWN_SENTENCES.get(key) if card.integration == "non_integrated" else None
    return own or texts.SENTENCES.get(key, "")


def _steps(card: PostingCard) -> list[Step]:
    if card.state in states.TABS["cancelled"]:
        return []
    place = next(index for index, (tab, _state) in enumerate(_ROAD) if card.state in states.TABS[tab])
    if card.substate == "posting_in_carriage":
        place = 2
    labels = ([_("Being packed"), _("Packed")] if card.scheme == "fbo" else [_("Pack"), _("Hand over")]) \
        + [_("On the way"), _("Delivered")]
    done = card.state == states.DELIVERED
    return [Step(label, "done" if index < place or done else "now" if index == place else "todo")
            for index, label in enumerate(labels)]


def _timeline(seller: Any, card: PostingCard, scans: Sequence[ScanRow],
              reasons: Mapping[int, str]) -> list[TimelineItem]:
    """What people and programs did, and what carriers saw, newest first. `reasons` of cancelling, by id, in words."""
    items = []
    for entry in activity.history(seller.id, "posting", card.number, 100):
        # Moves by scans are told by the scans themselves.
        if entry.event not in texts.EVENTS:
            continue
        title, icon, tone = texts.EVENTS[entry.event]
        data = entry.data or {}
        # What a carrier delivered, its scan tells; what the shop reported, nobody else does.
        if entry.event == POSTING_DELIVERED and "what" not in data:
            continue
        why = reasons.get(data.get("reason_id", 0)) or data.get("reason")
        text = data.get("message") or data.get("parent") or why or data.get("tracking") or ""
        if entry.event == POSTING_SHIPPED:
            text = ""
        items.append(TimelineItem(title, entry.at, text, icon, tone, by=_by(entry.actor)))
    for scan in scans:
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


def _money(card: PostingCard, booked: Any) -> list[MoneyLine]:
    """What was booked; until then what is expected, and nothing once it is cancelled: it will not be paid."""
    if booked:
        return _booked(booked)
    return [] if card.state == "cancelled" else _expected(card)


def _expected(card: PostingCard) -> list[MoneyLine]:
    """The figures frozen at purchase, each with the version of its rule."""
    versions = dated.notes(
        [line.commission_rule_id for line in card.lines]
        + ([card.logistics_rule_id] if card.logistics_rule_id else []))
    shares = sorted({line.commission_bp for line in card.lines})
    rate = " – ".join(formats.percent(bp / 100) for bp in (shares if len(shares) < 2 else (shares[0], shares[-1])))
    lines = [MoneyLine(_("Goods"), Money(card.amount_minor, card.currency), _for_buyer(card))]
    lines.append(MoneyLine(_("Commission, %(rate)s") % {"rate": rate}, Money(-card.commission_minor, card.currency),
                           _version(versions.get(card.lines[0].commission_rule_id))))
    lines.append(MoneyLine(texts.MONEY["logistics"], Money(-card.logistics_minor, card.currency),
                           _version(versions.get(card.logistics_rule_id or 0))))
    lines.append(MoneyLine(_("Expected payout"), Money(card.payout_minor, card.currency),
                           _("Before payment processing. Booked on delivery."), total=True))
    return lines


def _for_buyer(card: PostingCard) -> str:
    """What the buyer paid in another currency, at which rate from where, and how it was rounded."""
    first = card.lines[0]
    if first.rate_id is None:
        return ""
    paid = Money(sum(line.buyer_price_minor * line.quantity for line in card.lines), first.buyer_currency)
    rate = rates.by_version().get(first.rate_id)
    told = _("The buyer paid %(amount)s.") % {"amount": format_money(paid, get_language() or "en")}
    by = _("Rate: 1 %(currency)s = %(price)s %(base)s since %(day)s, %(source)s.") % {
        "currency": rate.currency, "price": rate.text, "base": rates.BASE_CURRENCY, "day": formats.day(rate.since),
        "source": str(rate.source).rstrip(".。")} if rate else ""
    rule = _("The price of each unit is rounded once, half to even; refunds are made at the same rate.")
    return f"{told} {by} {rule}"


def _booked(rows: list[Any]) -> list[MoneyLine]:
    """What the ledger says, line by line."""
    sums: dict[tuple[str, int | None], list[Any]] = {}
    for row in rows:
        sums.setdefault((row.kind, row.rule_id), []).append(row)
    lines = [
        MoneyLine(texts.MONEY.get(kind, kind), Money(sum(row.amount_minor for row in group), group[0].currency),
                  _version(group[0].rule))
        for (kind, _rule), group in sums.items()]
    lines.append(MoneyLine(_("Booked for you"), Money(sum(row.amount_minor for row in rows), rows[0].currency),
                           total=True))
    return lines


def _version(rule: dated.Note | None) -> str:
    return _("Rule in force since %(day)s") % {"day": formats.day(rule.valid_from)} if rule else ""
