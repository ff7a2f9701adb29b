"""Forms of unit economics: what a shop says about itself, and what-if."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.core.ui.forms import offer
from sellerdesk.economics import texts
from sellerdesk.economics.types import Settings, Sketch, WhatIf

_MOST_RETURNS, _MOST_FX = 90, 50


class AmountField(forms.CharField):
    """An amount in the shop's currency as people write it; minor units when clean, None when empty."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                         **more)
        self.currency = "RUB"

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Money.parse(text, self.currency).amount_minor
        except Invalid as error:
            raise forms.ValidationError(error.fields[0].text) from None
        if amount < 0:
            raise forms.ValidationError(_("An amount must not be negative."))
        return amount


def _percent(label: Any, most: int, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=2, required=False, **more)


def _bp(value: Decimal | None) -> int | None:
    return None if value is None else int(value * 100)


class SettingsForm(forms.Form):
    """A shop's own figures."""

    tax = forms.ChoiceField(label=_("Tax"), choices=list(texts.TAXES.items()), widget=forms.RadioSelect)
    returns = forms.ChoiceField(label=_("Returns"), choices=list(texts.RETURNS.items()), widget=forms.RadioSelect)
    fixed_returns = _percent(_("Own share of returns"), _MOST_RETURNS)
    packing = AmountField(label=_("Packing of one unit"), required=False,
                          help_text=_("Box, tape and work. Your cost; the marketplace does not charge it."))
    storage = AmountField(label=_("Storing one unit until it is sold"), required=False, help_text=_(
        "Empty: goods with the marketplace are counted by its tariff and their pace, all others cost nothing."))
    cost_vat = forms.ChoiceField(label=_("VAT within what your goods cost you"), required=False, help_text=_(
        "Deducted where you pay VAT by the product’s rate, with the VAT within the marketplace’s fees."))
    fx = _percent(_("Buffer for the exchange rate"), _MOST_FX,
                  help_text=_("Share of what is paid out that you keep back, where costs are in another currency."))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("packing", "storage"):
            cast(AmountField, self.fields[name]).currency = currency
        offer(self, "cost_vat", [
            ("", _("None, or not deducted")),
            *((rate, f"{Decimal(rate) * 100:.0f} %") for rate in catalog.VAT_RATES if rate != "0")])

    @property
    def settings(self) -> Settings:
        given = self.cleaned_data
        return Settings(given["tax"], given["returns"], _bp(given["fixed_returns"]) or 0, _bp(given["fx"]) or 0,
                        given["packing"] or 0, given["storage"] or 0, given["cost_vat"])


def initial_of(settings: Settings, currency: str) -> dict[str, Any]:
    return {"tax": settings.tax, "returns": settings.returns, "fixed_returns": settings.fixed_returns_bp / 100,
            "fx": settings.fx_bp / 100, "packing": Money(settings.packing_minor, currency).decimal_text(),
            "storage": Money(settings.storage_minor, currency).decimal_text() if settings.storage_minor else "",
            "cost_vat": settings.cost_vat}


def _slider(label: Any, least: int, most: int, step: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=least, max_value=most, required=False, decimal_places=2,
                              widget=forms.NumberInput(attrs={"type": "range", "min": least, "max": most, "step": step,
                                                              "class": "slider"}))


class WhatIfForm(forms.Form):
    """Other figures for one product, tried and not kept. Sliders are plain fields of a plain form."""

    price = AmountField(label=pgettext_lazy("what-if", "Price"), required=False)
    change = _slider(pgettext_lazy("what-if", "Change the price by"), -50, 100, "1")
    cost = AmountField(label=pgettext_lazy("what-if", "Cost of the goods"), required=False)
    returns = _slider(_("Share of returns"), 0, _MOST_RETURNS, "1")
    fx = _slider(_("Buffer for the exchange rate"), 0, _MOST_FX, "0.5")
    packing = AmountField(label=pgettext_lazy("what-if", "Packing"), required=False)
    tax = forms.ChoiceField(label=_("Tax"), choices=list(texts.TAXES.items()), required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("price", "cost", "packing"):
            cast(AmountField, self.fields[name]).currency = currency

    @property
    def what_if(self) -> WhatIf:
        given = self.cleaned_data
        return WhatIf(given["tax"] or None, _bp(given["returns"]), _bp(given["fx"]), given["packing"])

    def price_of(self, usual_minor: int) -> int:
        """The price to try: the one given or the usual, moved by the slider."""
        base, change = self.cleaned_data["price"] or usual_minor, self.cleaned_data["change"] or Decimal(0)
        return max(1, int((Decimal(base) * (100 + change) / 100).to_integral_value()))


class SketchForm(WhatIfForm):
    """Goods that are no product yet: what they would cost, weigh and be sold for, and the way they would go."""

    weight_g = forms.IntegerField(label=_("Weight packed, g"), min_value=1, max_value=1_000_000, required=False)
    depth_mm = forms.IntegerField(label=_("Depth, mm"), min_value=1, max_value=100_000, required=False)
    width_mm = forms.IntegerField(label=_("Width, mm"), min_value=1, max_value=100_000, required=False)
    height_mm = forms.IntegerField(label=_("Height, mm"), min_value=1, max_value=100_000, required=False)
    route = forms.ChoiceField(label=pgettext_lazy("what-if", "Route"), required=False)
    vat = forms.ChoiceField(label=_("VAT"), required=False)
    field_order = ("price", "cost", "weight_g", "depth_mm", "width_mm", "height_mm", "route", "vat", "returns", "fx",
                   "packing", "tax")
    change = None  # type: ignore[assignment]

    def __init__(self, *args: Any, currency: str, routes: Sequence[tuple[str, str]], rates: Sequence[str],
                 **kwargs: Any) -> None:
        super().__init__(*args, currency=currency, **kwargs)
        offer(self, "route", [("", _("The cheapest that carries it")), *routes])
        offer(self, "vat", [(rate, f"{Decimal(rate) * 100:.0f} %") for rate in rates])
        offer(self, "tax", list(texts.TAXES.items()))

    def sketch(self, category_id: int, type_id: int) -> Sketch:
        given = self.cleaned_data
        return Sketch(category_id, type_id, given["weight_g"] or 0,
                      (given["depth_mm"] or 0, given["width_mm"] or 0, given["height_mm"] or 0), given["cost"] or 0,
                      given["route"], given["vat"])
