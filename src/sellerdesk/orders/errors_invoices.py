"""What is refused about customs invoices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class InvoiceNotFound(NotFound):
    code = "INVOICE_NOT_FOUND"
    message = _("Posting %(number)s has no customs invoice.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class InvoiceNotNeeded(Conflict):
    """The posting crosses no customs border, or is cancelled."""

    code = "INVOICE_NOT_AVAILABLE"
    message = _("Posting %(number)s takes no customs invoice: it crosses no customs border or is cancelled.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class InvoiceFileRefused(Invalid):
    code = "INVOICE_FILE_REFUSED"
    message = _("This file is not taken. Send the invoice as PDF or JPEG of up to %(most)s MB, without programs in it.")

    def __init__(self, most: int) -> None:
        super().__init__(field="file", data={"most": most})


class InvoiceFileUnknown(Invalid):
    """The link leads to no file that was sent for this posting."""

    code = "INVOICE_URL_INVALID"
    message = _("There is no file of this posting behind the link. Send the file first and give the link you got.")

    def __init__(self) -> None:
        super().__init__(field="url")


class InvoiceNumberInvalid(Invalid):
    code = "INVOICE_NUMBER_INVALID"
    message = _("A number of an invoice has at most %(most)s characters, all of them printable.")

    def __init__(self, most: int) -> None:
        super().__init__(field="number", data={"most": most})


class InvoiceDateInvalid(Invalid):
    code = "INVOICE_DATE_INVALID"
    message = _("The invoice cannot be of this day. Give the day on which it was issued: today or earlier.")

    def __init__(self) -> None:
        super().__init__(field="date")


class InvoicePriceInvalid(Invalid):
    code = "INVOICE_PRICE_INVALID"
    message = _("“%(value)s” is not the sum of an invoice. Write an amount above zero like 1299.99.")

    def __init__(self, value: str) -> None:
        super().__init__(field="price", data={"value": value[:60]})


class InvoiceCurrencyInvalid(Invalid):
    code = "INVOICE_CURRENCY_INVALID"
    message = _("Invoices are not in “%(value)s”. Currencies: %(currencies)s.")

    def __init__(self, value: str, currencies: str) -> None:
        super().__init__(field="price_currency", data={"value": value[:20], "currencies": currencies})


class InvoiceCodeInvalid(Invalid):
    code = "INVOICE_HS_CODE_INVALID"
    message = _("“%(value)s” is no HS code. Codes have 6, 8 or 10 digits, as 8518.30.")

    def __init__(self, sku: int, value: str) -> None:
        super().__init__(field=f"hs-{sku}", data={"value": value[:30], "sku": sku})
