"""What owners are written about their money: where it goes has changed, or it could not be paid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.money import Money
from sellerdesk.sellers.services import moving
from sellerdesk.sellers.types import SellerRef

#: Why a payout failed, for letters and pages.
FAILURES: dict[str, Any] = {
    "account_closed": _("The bank says that the account is closed."),
    "details_wrong": _("The bank says that the details are wrong."),
    "no_bank": _("The shop has given no bank details."),
    "bank_refused": _("The bank did not make the payment and gave no reason."),
    "returned": _("The bank sent the money back after it had been paid."),
    "other": pgettext_lazy("payout", "For another reason."),
}


def bank_changed(seller: SellerRef, tail: str, frozen_until: datetime) -> None:
    moving.send_letter(moving.owners(seller.id), _("The bank details of “%(name)s” were changed"), _(
        "From now on payouts go to the account below. Until the moment named here nothing is paid to it: if it was not "
        "you or one of your people, change the details back and your password too."),
        seller=seller, path="/finance/settings/", until=frozen_until,
        remarks=[(pgettext_lazy("bank", "Account"), f"•••• {tail}")])


def payout_failed(seller: SellerRef, amount: Money, reason: str, remark: str) -> None:
    remarks = [(_("Amount"), str(amount)), (_("Why"), str(FAILURES[reason]))]
    if remark:
        remarks.append((_("Remark"), remark))
    moving.send_letter(moving.owners(seller.id), _("A payout to “%(name)s” did not arrive"), _(
        "The money stays on the shop’s account and is paid again as soon as the reason is gone."),
        seller=seller, path="/finance/payouts/", remarks=remarks)
