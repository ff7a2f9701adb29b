"""Where and how a shop is paid. A change freezes payouts for a while: time to notice one that nobody wished."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from sellerdesk.core import activity, crypto
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, locked
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.finance import bankdetails, events
from sellerdesk.finance.models import BankAccount, ShopBalance
from sellerdesk.finance.queries import settling as reading
from sellerdesk.finance.services.letters import bank_changed
from sellerdesk.finance.texts import BANK
from sellerdesk.sellers.types import SellerRef

MODES = ("auto", "manual")


def set_bank(*, seller: SellerRef, holder: str, bank_name: str, code: str, account: str, actor: Actor,
             now: datetime) -> None:
    """Pay the shop to this account, after the hours of the rule `finance.bank_freeze`. Owners are written to.

    The same details again change nothing. Whoever calls this has asked the person for a fresh proof. Raises Invalid.
    """
    details = bankdetails.clean(holder, bank_name, code, account)
    hours = dated.get("finance.bank_freeze", "", now).value["hours"]
    with atomic():
        locked(f"settlement:{seller.id}")
        before = reading.bank(seller)
        if before is not None and reading.bank_details(seller, before.id) == details:
            return
        until = now + timedelta(hours=hours)
        row = BankAccount.objects.create(
            seller_id=seller.id, details=crypto.encrypt(msgspec.json.encode(details), reading.PURPOSE),
            bank_name=details.bank_name, tail=details.account[-4:], currency=seller.currency, added_at=now,
            frozen_until=until, added_by=actor.label[:200])
        activity.record(events.BANK_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="bank",
                        target_id=row.pk, target_label=f"{details.bank_name} •••• {row.tail}",
                        before={"tail": before.tail} if before else None, after={"tail": row.tail})
        bank_changed(seller, row.tail, until)


def set_policy(*, seller: SellerRef, mode: str, minimum: str, actor: Actor, now: datetime) -> None:
    """Pay every period, or only when the shop asks; and not below `minimum`, in the shop's currency.

    Raises Invalid, also for a minimum below the marketplace's own.
    """
    if mode not in MODES:
        raise Invalid("unknown", BANK["mode_unknown"], field="mode", data={"value": mode[:20]})
    least = reading.minimum_at(seller.currency, now).value["minor"]
    own = Money.parse(minimum, seller.currency, field="minimum").amount_minor if minimum.strip() else 0
    if own and own < least:
        raise Invalid("below_minimum", BANK["below_least"], field="minimum", data={
            "value": minimum[:30], "least": str(Money(least, seller.currency))})
    with atomic():
        execute("INSERT INTO finance_shopbalance (seller_id, currency) VALUES (%s, %s)"
                " ON CONFLICT (seller_id) DO NOTHING", [seller.id, seller.currency])
        before = ShopBalance.objects.filter(pk=seller.id).values("payout_mode", "minimum_minor").get()
        after = {"payout_mode": mode, "minimum_minor": own}
        if before == after:
            return
        ShopBalance.objects.filter(pk=seller.id).update(**after)
        activity.record(events.PAYOUT_POLICY_CHANGED, now=now, actor=actor, seller_id=seller.id,
                        target_type="seller", target_id=seller.id, target_label=seller.name, before=before, after=after)


def forget(*, seller_id: int) -> int:
    """A shop closed: its bank details go, the last four digits stay with the payouts made. Returns how many went."""
    return BankAccount.objects.filter(seller_id=seller_id).exclude(details=b"").update(details=b"")
