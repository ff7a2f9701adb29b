"""Forms of delivery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.core.ui.formats import country
from sellerdesk.core.ui.forms import offer
from sellerdesk.logistics.tariffs import HOME


def _number(label: Any, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False,
                              widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **kwargs)


class CalculatorForm(forms.Form):
    """One parcel: a product of the shop, or measures by hand; and where it goes."""

    warehouse = forms.TypedChoiceField(label=_("From the warehouse"), coerce=int)
    product = forms.CharField(label=_("Product"), required=False, max_length=50, widget=forms.TextInput(
        attrs={"placeholder": _("Offer ID or SKU")}), help_text=_("Size, weight and price are taken from its card."))
    quantity = _number(_("Quantity"), 1000)
    weight_g = _number(_("Weight, g"), 1_000_000)
    length_mm = _number(_("Length, mm"), 10_000)
    width_mm = _number(_("Width, mm"), 10_000)
    height_mm = _number(_("Height, mm"), 10_000)
    price = forms.CharField(label=_("Price of the goods"), required=False, max_length=20, widget=forms.TextInput(
        attrs={"inputmode": "decimal"}), help_text=_("Some carriers take goods up to a price only."))
    batteries = forms.BooleanField(label=_("There are batteries inside"), required=False)
    city = forms.CharField(label=_("City"), required=False, max_length=100)
    region = forms.CharField(label=_("Region"), required=False, max_length=100)
    country = forms.ChoiceField(label=pgettext_lazy("address", "Country"), required=False)

    def __init__(self, *args: Any, warehouses: Sequence[tuple[int, str]], countries: Sequence[str], currency: str,
                 **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        offer(self, "warehouse", list(warehouses))
        offer(self, "country", [(code, country(code)) for code in countries])

    def clean_quantity(self) -> int:
        return self.cleaned_data["quantity"] or 1

    def clean_country(self) -> str:
        return self.cleaned_data["country"] or HOME

    def clean_price(self) -> int:
        text = self.cleaned_data["price"]
        amount = _amount(text, self.currency) if text else 0
        if amount < 0:
            raise forms.ValidationError(_("A price cannot be below zero."))
        return amount

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("product") and not given.get("weight_g") and "weight_g" not in self.errors:
            self.add_error("weight_g", _("Name a product, or give the weight of the parcel."))
        return given


class MethodForm(forms.Form):
    """A delivery method of one warehouse, as its shop uses it."""

    active = forms.BooleanField(label=_("Send by this method"), required=False)
    max_weight_g = _number(_("Up to this weight, g"), 1_000_000, help_text=_("Empty: as heavy as the carrier takes."))
    max_price = forms.CharField(
        label=_("Goods up to this price"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("Empty: as dear as the carrier takes."))
    places = forms.CharField(
        label=_("Only to these cities and regions"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One a line. Empty: everywhere the carrier goes."))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_max_price(self) -> int | None:
        return _amount(self.cleaned_data["max_price"], self.currency) if self.cleaned_data["max_price"] else None

    def clean_places(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["places"].splitlines() if line.strip()]


def _amount(text: str, currency: str) -> int:
    try:
        return Money.parse(text, currency).amount_minor
    except Invalid as error:
        raise forms.ValidationError(error.text) from None
