"""What can have happened to a shop's money."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

DELIVERIES_BOOKED = "finance.deliveries.booked"
RETURNS_BOOKED = "finance.returns.booked"
CHARGES_BOOKED = "finance.charges.booked"
PLACEMENT_BOOKED = "finance.placement.booked"
PERIOD_CLOSED = "finance.period.closed"
PAYOUT_ASKED = "finance.payout.asked"
PAYOUT_APPROVED = "finance.payout.approved"
PAYOUT_HELD = "finance.payout.held"
PAYOUT_PAID = "finance.payout.paid"
PAYOUT_FAILED = "finance.payout.failed"
PAYOUT_RETRIED = "finance.payout.retried"
PAYOUT_POLICY_CHANGED = "finance.payout_policy.changed"
PAYMENT_RECEIVED = "finance.payment.received"
BANK_CHANGED = "finance.bank.changed"
DOCUMENT_MADE = "finance.document.made"
RATES_CHANGED = "finance.rates.changed"


def _finance_page(entry: Entry) -> str:
    page = reverse("finance:balance")
    return f"{page}?{urlencode({'q': entry.target_id})}" if entry.target_type == "posting" else page


def _payouts_page(_entry: Entry) -> str:
    return reverse("finance:payouts")


def _documents_page(_entry: Entry) -> str:
    return reverse("finance:documents")


def _debt_page(_entry: Entry) -> str:
    return reverse("finance:debt")


def _bank_page(_entry: Entry) -> str:
    return reverse("finance:payout_settings")


# data: count, amount_minor (for the seller), currency, postings (their numbers).
events.register(
    events.EventType(DELIVERIES_BOOKED, _("Deliveries accrued (%(count)s): %(target)s"), _finance_page),
    events.EventType(RETURNS_BOOKED, _("Returns booked (%(count)s): %(target)s"), _finance_page),
    events.EventType(CHARGES_BOOKED, _("Charges booked (%(count)s): %(target)s"), _finance_page),
    # data: amount_minor, currency; target is the day.
    events.EventType(PLACEMENT_BOOKED, _("Storage in the marketplace’s warehouses charged: %(target)s"), _finance_page),
    # Of payouts: amount_minor, currency, state; target is the period's days.
    events.EventType(PERIOD_CLOSED, _("Period closed: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_ASKED, _("Payout asked for: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_APPROVED, _("Payout approved: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_HELD, _("Payout held: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_PAID, _("Payout made: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_FAILED, _("Payout failed: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_RETRIED, _("Payout is tried again: %(target)s"), _payouts_page),
    events.EventType(PAYOUT_POLICY_CHANGED, _("Payout settings changed"), _bank_page),
    events.EventType(BANK_CHANGED, _("Bank details changed: %(target)s"), _bank_page),
    # data: amount_minor, currency; target is the bank's reference.
    events.EventType(PAYMENT_RECEIVED, _("Payment from the shop received: %(target)s"), _debt_page),
    events.EventType(DOCUMENT_MADE, _("Document made: %(target)s"), _documents_page),
    events.EventType(RATES_CHANGED, _("Exchange rates brought in (%(count)s): %(target)s"), lambda _entry: ""),
)
