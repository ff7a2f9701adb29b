"""What logistics refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Invalid, Unavailable


class NoTariff(Unavailable):
    """No delivery method of the warehouse carries this weight in this currency."""

    code = "tariff_missing"
    message = _("No delivery method carries %(weight)s g in %(currency)s. Ask the marketplace for a tariff.")

    def __init__(self, weight_g: int, currency: str) -> None:
        super().__init__(data={"weight": weight_g, "currency": currency})


class UnknownScan(Invalid):
    code = "scan_code_unknown"
    message = _("“%(value)s” is not a scan code.")

    def __init__(self, code: str) -> None:
        super().__init__(field="code", data={"value": code})
