"""Closing a shop: wished by an owner, slept over, then done for good.

Wishing stops selling at once. When the days to think are over, the shop closes as soon as nothing that blocks is left;
its owners are told weekly what still does. Until the last moment an owner may stop it, and the shop is as before.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers import queries, rules, states
from sellerdesk.sellers.errors import StateForbids
from sellerdesk.sellers.models import Closing, Seller
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import approvals, erasing
from sellerdesk.sellers.services.moving import move, owners, send_letter, settle, tell
from sellerdesk.sellers.types import Certificate, SellerRef

_TOLD_EVERY = timedelta(days=7)
_AT_ONCE = 100


def start_closing(*, seller: SellerRef, typed_name: str, reason: str = "", user_id: int, actor: Actor,
                  now: datetime) -> datetime:
    """Begin to close a shop; it does not sell from now on. Returns when it closes at the earliest.

    Raises Invalid where the name typed is not the shop's, StateForbids for a shop that was never approved or is closing
    already, ApprovalRequired where the shop wants a second person for this.
    """
    _named(seller, typed_name)
    due = now + timedelta(days=dated.get("sellers.closing_days", "", now).value)
    try:
        with atomic():
            before = Seller.objects.filter(pk=seller.id).values("state", "state_reason", "state_until").get()
            approvals.second_person(seller=seller, kind=rules.SHOP_CLOSE, wish={"seller_id": seller.id},
                                    label=seller.name, actor=actor, real_now=clock.real_now())
            move("start_closing", seller_id=seller.id, actor=actor, now=now, until=due)
            Closing.objects.create(
                seller_id=seller.id, reason=" ".join(reason.split())[:500], state_before=before["state"],
                reason_before=before["state_reason"], until_before=before["state_until"], started_by_id=user_id,
                started_at=now, due_at=due)
    except IntegrityError:
        raise StateForbids(data={"state": wording.STATES["closing"]}) from None
    return due


def give_up(*, seller: SellerRef, typed_name: str, actor: Actor, now: datetime, real_now: datetime) -> None:
    """Close a shop that was never approved, at once: nothing was sold, so nothing is kept but its history.

    Raises Invalid where the name typed is not the shop's, StateForbids for a shop that was approved once.
    """
    _named(seller, typed_name)
    with atomic():
        approvals.second_person(seller=seller, kind=rules.SHOP_CLOSE, wish={"seller_id": seller.id}, label=seller.name,
                                actor=actor, real_now=real_now)
        move("give_up", seller_id=seller.id, actor=actor, now=now)
        papers = erasing.erase(seller=seller, real_now=real_now)
    erasing.shred(papers)


def _named(seller: SellerRef, typed_name: str) -> None:
    if rules.clean_name(typed_name) != seller.name:
        raise Invalid("name_differs", _("This is not the name of the shop. Write it exactly: %(name)s"),
                      field="typed_name", data={"value": typed_name[:60], "name": seller.name})


def stop_closing(*, seller: SellerRef, actor: Actor, now: datetime) -> SellerRef:
    """Keep the shop. It returns to what it was: one that was suspended is suspended again. Raises StateForbids."""
    with atomic():
        row = Closing.objects.filter(seller_id=seller.id, state="pending").first()
        if row is None or not Closing.objects.filter(pk=row.pk, state="pending").update(state="stopped", ended_at=now):
            raise StateForbids(data={"state": wording.STATES[queries.seller_ref(seller.id).state]})
        stopped = move("stop_closing", seller_id=seller.id, actor=actor, now=now, quiet=True)
        system = Actor.system("closing")
        if row.state_before in (states.SUSPENDED, states.PAUSED):
            # A suspension that ended meanwhile is ended by the calendar, as any other.
            if row.state_before == states.PAUSED:
                # The one table of moves pauses what sells; its owner ends that as before.
                settle(seller_id=seller.id, actor=system, now=now, told=False)
            act = "suspend" if row.state_before == states.SUSPENDED else "pause"
            if queries.seller_ref(seller.id).state in states.MOVES[act].sources:
                move(act, seller_id=seller.id, actor=system, now=now, reason=row.reason_before,
                     until=row.until_before, quiet=True)
        else:
            settle(seller_id=seller.id, actor=system, now=now, told=False)
        tell("stop_closing", seller=stopped)
    return queries.seller_ref(seller.id)


def finish_due(*, now: datetime, real_now: datetime) -> int:
    """Close the shops whose time to think is over and in which nothing is open. Returns how many."""
    rows = Closing.objects.filter(clock.shops(), state="pending", due_at__lte=now).order_by("due_at", "pk")[:_AT_ONCE]
    return sum(_finish(row, now, real_now) for row in rows)


def _finish(row: Closing, now: datetime, real_now: datetime) -> bool:
    seller = queries.seller_ref(row.seller_id)
    blocking = [end for end in queries.open_ends(seller) if end.blocks]
    if blocking:
        if row.told_at is None or row.told_at + _TOLD_EVERY <= now:
            with atomic():
                if Closing.objects.filter(pk=row.pk, told_at=row.told_at, state="pending").update(told_at=now):
                    send_letter(owners(seller.id), _("The shop “%(name)s” cannot close yet"), _(
                        "The days to think are over, but something is still open. The shop closes by itself as soon "
                        "as that is done."), seller=seller, path="/shop/closing/",
                        remarks=[(end.label, str(end.amount or end.count)) for end in blocking])
        return False
    with atomic():
        # The owners may stop it in this very moment: whoever moves the row first has decided.
        paper = _certificate(row, seller, now)
        kept = {name: value.isoformat() if isinstance(value, datetime) else value
                for name, value in asdict(paper).items()}
        if not Closing.objects.filter(pk=row.pk, state="pending").update(state="done", ended_at=now, certificate=kept):
            return False
        move("close", seller_id=seller.id, actor=Actor.system("closing"), now=now)
        papers = erasing.erase(seller=seller, real_now=real_now)
    erasing.shred(papers)
    return True


def _certificate(row: Closing, seller: SellerRef, now: datetime) -> Certificate:
    profile = queries.profile(seller)
    opened = Seller.objects.filter(pk=seller.id).values_list("created_at", flat=True).get()
    return Certificate(f"SDC-{seller.id}-{row.pk}", seller.id, seller.name, profile.legal_name, profile.country,
                       profile.registration_number, opened, now, rules.years_later(
                           now, dated.get("sellers.closed_kept_years", "", now).value))
