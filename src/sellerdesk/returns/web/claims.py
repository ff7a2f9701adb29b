"""Claims on goods that the shop delivered itself: the list, one claim, the decision."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import activity, clock, storage
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.orders import queries as orders
from sellerdesk.returns import permissions, queries, rules, services, states, texts
from sellerdesk.returns.types import REJECTIONS, ClaimCard, ClaimFilter, Decision
from sellerdesk.returns.web.claim_tables import STATUS, ClaimTable, views
from sellerdesk.returns.web.tabs import tabs


@require_GET
@seller_view(permissions.VIEW)
def claims(request: WebRequest) -> HttpResponse:
    """What buyers want to give back, and what waits for an answer."""
    table = ClaimTable(request)
    token = str(orders.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    zone = ZoneInfo(request.seller.time_zone)
    low, high = table.where.get("since") or (None, None)
    found = queries.claims_page(
        request.seller, cursor=table.cursor, limit=table.page_size,
        filter=ClaimFilter(
            groups=(table.tab,) if table.tab in states.GROUPS else (), search=table.where.get("q", ""),
            reason=table.where.get("reason", ""), warehouse_ids=tuple(request.warehouse_ids),
            since=datetime.combine(low, time(), zone) if low else None,
            to=datetime.combine(high + timedelta(days=1), time(), zone) if high else None))
    table.fill(views(found.rows, _thumbs(request, [row.product_id for row in found.rows])),
               next_cursor=found.next_cursor, prev_cursor=found.prev_cursor,
               tab_counts=queries.claim_counts(request.seller, request.warehouse_ids), live_token=token)
    return table.respond("returns/claims.html", lambda: {"page_tabs": tabs(request, "claims")})


def _thumbs(request: WebRequest, product_ids: list[int]) -> dict[int, str]:
    wanted = sorted(set(product_ids))
    return {row.id: row.thumb_url for row in catalog.products_page(
        request.seller, filter=ProductFilter(product_ids=wanted, visibility="ANY"), cursor="", limit=len(wanted),
        language=request.language).rows} if wanted else {}


@require_GET
@seller_view(permissions.VIEW)
def claim(request: WebRequest, claim_id: int) -> HttpResponse:
    return _page(request, queries.claim(request.seller, claim_id, request.warehouse_ids))


@require_POST
@seller_view(permissions.DECIDE)
def decide(request: WebRequest, claim_id: int) -> HttpResponse:
    """Do what was decided; what was typed stays on the page where something is missing."""
    card = queries.claim(request.seller, claim_id, request.warehouse_ids)
    now = clock.now()
    try:
        files = [file.read() for file in request.FILES.getlist("photos")]
        services.decide_claim(
            seller=request.seller, claim_id=claim_id, actor=request.actor, now=now, only_in=request.warehouse_ids,
            decision=_decision(request, card, tuple(services.store_photos(
                seller=request.seller, files=files, now=now))))
    except Invalid as refused:
        return _page(request, card, refused)
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Decided. The buyer is told at once."))
    return redirect("returns:claim", claim_id=claim_id)


def _decision(request: WebRequest, card: ClaimCard, photos: tuple[str, ...]) -> Decision:
    action = request.POST.get("action", "")
    if action not in states.ACTION_IDS.values():
        raise Invalid("action_missing", _("Choose what to do."), field="action", data={"value": action[:40]})
    return Decision(
        action, request.POST.get("comment", ""),
        request.POST.get(f"rejection-{action}", "") if action in states.REJECTING else "",
        _minor(request, "offer", card) if action == "offer" else 0,
        _minor(request, f"back_way-{action}", card, "back_way") if action in states.REFUNDING else 0,
        request.POST.get("stock", "shelf"), photos)


def _minor(request: WebRequest, name: str, card: ClaimCard, field: str = "offer") -> int:
    text = request.POST.get(name, "").strip()
    return Money.parse(text, card.row.currency, field=field).amount_minor if text else 0


def _page(request: WebRequest, card: ClaimCard, refused: Invalid | None = None) -> HttpResponse:
    row = card.row
    now = clock.now()
    may = request.can(permissions.DECIDE)
    return render(request, "returns/claim.html", {
        "card": card, "row": row, "number": rules.claim_number(row.id), "badge": STATUS[row.state],
        "amount": Money(row.amount_minor, row.currency), "reason": texts.REASONS[row.reason],
        "method": texts.METHODS[row.method], "offer": Money(row.offer_minor, row.currency),
        "back_way": Money(row.back_way_minor, row.currency),
        "rejection": texts.REJECTIONS[row.rejection][0] if row.rejection else "",
        "photos": [(storage.url(one.key), one.by) for one in card.photos],
        "thumb": _thumbs(request, [row.product_id]).get(row.product_id, ""),
        "sentence": texts.CLAIM_SENTENCES[row.state], "my_turn": row.state in states.SELLERS_TURN,
        "choices": [(action, texts.ACTIONS[action], _rejections(action)) for action in card.available_actions]
        if may else [],
        "chosen": request.POST.get("action", ""),
        "rejected": request.POST.get(f"rejection-{request.POST.get('action', '')}", ""), "typed": request.POST,
        "errors": {field.field: field.text for field in refused.fields} if refused else {},
        "error": refusal_text(refused) if refused else "", "timeline": _timeline(request, row.id), "now": now,
        "late": row.due_at is not None and row.due_at < now,
    }, status=422 if refused else 200)


def _rejections(action: str) -> list[tuple[str, Any, Any]]:
    if action not in states.REJECTING:
        return []
    in_hand = action == "reject_received"
    return [(code, *texts.REJECTIONS[code]) for code, facts in REJECTIONS.items() if facts.after in (None, in_hand)]


def _timeline(request: WebRequest, claim_id: int) -> list[TimelineItem]:
    items = []
    title: Any
    for entry in activity.history(request.seller.id, "claim", claim_id):
        data = entry.data or {}
        move, by = data.get("move", ""), data.get("by", "")
        if entry.event.endswith("opened"):
            title, icon, tone = _("The buyer opened the claim"), "messages", ""
        elif entry.event.endswith("reminded"):
            title, icon, tone = _("Reminder: an answer is due"), "alarm", "warning"
        else:
            title = texts.ACTIONS.get(move) or texts.VISUAL[data.get("state", "Cancelled")]
            icon, tone = ("check", "primary") if by == "seller" else ("arrow-right", "info")
        who = entry.actor.label if by == "seller" else texts.SIDES.get(by, "")
        items.append(TimelineItem(title, entry.at, data.get("comment", ""), icon, tone, by=who))
    return items
