"""Words that pages and documents share: what a line is for, and why bank details or settings cannot be taken."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BANK = {
    "required": _("Fill this in."),
    "bank_code_wrong": _("“%(value)s” is neither a BIC of nine digits nor a SWIFT code of 8 or 11 characters."),
    "bank_account_wrong": _("“%(value)s” cannot be an account of this bank: its check digits do not fit. Compare it "
                            "with your bank’s letter."),
    "mode_unknown": _("“%(value)s” is not a way to be paid. Choose one of those offered."),
    "below_least": _("%(value)s is below the smallest payout of the marketplace, %(least)s."),
}

LINE_KINDS: dict[str, Any] = {
    "sale": pgettext_lazy("accrual", "Sale"),
    "commission": pgettext_lazy("accrual", "Commission"),
    "logistics": _("Delivery to the buyer"),
    "acquiring": _("Payment processing"),
    "return_sale": _("Sale taken back"),
    "return_commission": _("Commission given back"),
    "return_logistics": _("Delivery back"),
    "penalty": pgettext_lazy("accrual", "Penalty"),
    "penalty_back": pgettext_lazy("accrual", "Penalty given back"),
    "partial_refund": pgettext_lazy("accrual", "Refund of a part"),
    "storage": pgettext_lazy("accrual", "Storage of a return"),
    "disposal": pgettext_lazy("accrual", "Disposal of a return"),
    "placement": pgettext_lazy("accrual", "Storage in the marketplace’s warehouses"),
    "instalment": pgettext_lazy("accrual", "Instalments of buyers"),
    "compensation": pgettext_lazy("accrual", "Compensation"),
    "compensation_back": pgettext_lazy("accrual", "Compensation taken back"),
    "repayment": pgettext_lazy("accrual", "Paid in by the shop"),
    "payout": pgettext_lazy("accrual", "Payout"),
    "payout_back": pgettext_lazy("accrual", "Payout sent back by the bank"),
}

#: What a whole booking is called.
BOOKINGS: dict[str, Any] = {**LINE_KINDS, "delivery": pgettext_lazy("accrual", "Delivery"),
                            "return": pgettext_lazy("accrual", "Return")}

#: What documents are called.
DOCUMENTS: dict[str, Any] = {
    "realization_month": pgettext_lazy("document", "Realisation report"),
    "realization_day": pgettext_lazy("document", "Realisation of a day"),
    "realization_posting": pgettext_lazy("document", "Realisation by posting"),
    "mutual_settlement": pgettext_lazy("document", "Mutual settlement"),
    "commission_invoice": pgettext_lazy("document", "Invoice for services of the marketplace"),
    "compensation": pgettext_lazy("document", "Compensations"),
    "decompensation": pgettext_lazy("document", "Compensations taken back"),
    "b2b_sales": pgettext_lazy("document", "Register of sales to companies"),
    "buyout": pgettext_lazy("document", "Goods bought out by the marketplace"),
}
#: Columns and headings of their tables.
COLUMNS: dict[str, Any] = {
    "sku": _("SKU"), "offer_id": _("Offer ID"), "name": _("Name"), "price": _("Price"), "sold": _("Sold, units"),
    "sold_amount": _("Sold for"), "commission": pgettext_lazy("accrual", "Commission"),
    "returned": _("Returned, units"), "returned_amount": _("Returned for"),
    "commission_back": _("Commission given back"),
    "net": _("For the shop"), "kind": _("For what"), "amount": _("Amount"), "posting": _("Posting"), "day": _("Date"),
    "logistics": pgettext_lazy("accrual", "Logistics"), "acquiring": _("Payment processing"),
    "other": pgettext_lazy("accrual", "Other"), "charged": _("Charged"), "given_back": _("Given back"),
    "account": pgettext_lazy("bank", "Account"), "period": pgettext_lazy("money", "Period"),
    "invoice": pgettext_lazy("document", "Invoice"), "company": pgettext_lazy("buyer", "Company"),
    "tax_number": _("Tax number"), "tax_reason": _("Tax reason code"), "address": _("Address"),
    "quantity": _("Units"), "vat": pgettext_lazy("document", "VAT rate"),
    "vat_amount": pgettext_lazy("document", "VAT in it"), "country": _("Country of origin"),
    "deduction": _("Share of the category"), "bought_price": _("Buyout price"),
}
TABLES: dict[str, Any] = {
    "goods": _("Goods sold and returned"), "services": _("Services and other accruals"), "postings": _("Postings"),
    "flow": _("How the balance moved"), "payouts": pgettext_lazy("money", "Payouts"),
    "compensations": _("Compensations"), "sales": _("Sales to companies"),
    "companies": pgettext_lazy("document", "By company"), "bought": _("Goods bought out"),
}
FLOW: dict[str, Any] = {"opening": _("Balance at the beginning"), "closing": _("Balance at the end")}

DEBTS = {
    "required": _("Fill this in."),
    "not_above_zero": _("“%(value)s” is no payment: write an amount above zero."),
    "too_long": _("“%(value)s” is too long: at most %(most)s characters."),
}

RATES = {
    "source": _("Say where the rates come from: sellers read it beside them."),
    "none": _("There is no rate in it. Write lines like CNY;2026-11-28;11.2."),
    "unreadable": _("Line %(line)s, “%(value)s”, is not a rate. Write currency, day and roubles for one unit, with at "
                    "most four decimals: CNY;2026-11-28;11.2."),
    "day_over": _("“%(value)s” corrects a day that is over: another rate came after it, and what was computed keeps "
                  "the rate it was made with. Bring in today’s rate."),
}
