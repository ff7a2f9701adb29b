"""Test shops that nobody uses: a fast clock slows down, an unused one stands, a forgotten test shop goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import clock, mail, rules, scope
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.permissions import KEY_CREATE
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.models import Twin
from sellerdesk.simulator.services import twins

RULE = "simulator.test_shops"
_KEEPER = Actor.system("test shop")


def rest_unused(*, real_now: datetime) -> int:
    """Do what is due by the dated rule simulator.test_shops, in real time. Returns how many test shops it was about.

    Used is a test shop whenever a program calls or somebody moves its clock.
    """
    rule = rules.get(RULE, "", real_now).value
    done = 0
    for twin_id, copied_at, warned_at in Twin.objects.filter(state=Twin.State.READY).order_by("pk").values_list(
            "pk", "copied_at", "warned_at"):
        with scope.one_shop(twin_id):
            ref, state = sellers.seller_ref(twin_id), clock.state()
            idle = real_now - max(filter(None, (copied_at, state.real_anchor, sellers.last_call(ref))))
            if idle >= timedelta(days=rule["kept_days"]) and _told(warned_at, rule, real_now):
                twins.delete(twin=ref, actor=_KEEPER, real_now=real_now)
            elif idle >= timedelta(days=rule["kept_days"] - rule["warned_days"]):
                done += _warn(ref, warned_at, rule, real_now)
                continue
            elif not state.paused and idle >= timedelta(hours=rule["rest_hours"]):
                clock.pause()
            elif state.speed > 1 and real_now - state.real_anchor >= timedelta(hours=rule["fast_hours"]):
                clock.set_speed(1)
            else:
                continue
            done += 1
    return done


def _told(warned_at: datetime | None, rule: dict[str, int], real_now: datetime) -> bool:
    return warned_at is not None and warned_at <= real_now - timedelta(days=rule["warned_days"])


def _warn(ref: SellerRef, warned_at: datetime | None, rule: dict[str, int], real_now: datetime) -> int:
    """Once for each time that it was forgotten: whoever may make its keys can use it, or let it go."""
    if warned_at is not None and warned_at > real_now - timedelta(days=rule["kept_days"]):
        return 0
    Twin.objects.filter(pk=ref.id).update(warned_at=real_now)
    for email, language in accounts.contacts(sellers.holders(ref, KEY_CREATE)):
        mail.send(email, "simulator/mail/test_shop_unused", {
            "shop": ref.name, "seller_id": ref.id, "ends_at": real_now + timedelta(days=rule["warned_days"])},
            language or "en")
    return 1
