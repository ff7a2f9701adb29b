"""Forms about shops. They ask; the services judge."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name
from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import formats
from sellerdesk.sellers import rules

_FIRST = ("CN", "HK", "RU", "BY", "KZ", "KG", "AM", "TR")
_USUAL_COUNTRY = {"zh-hans": "CN", "ru": "RU"}
_NUMBER_NAMES = {
    "CN": _("Unified social credit code, 18 characters"), "HK": _("Business registration number, 7 or 8 digits"),
    "RU": _("INN: 10 digits for a company, 12 for an entrepreneur"), "BY": _("UNP, 9 digits"),
    "KZ": _("BIN or IIN, 12 digits"), "KG": _("INN, 14 digits"), "AM": _("Tax number, 8 digits"),
    "TR": _("Tax number (VKN, 10 digits) or TCKN, 11 digits"),
}


@lru_cache(maxsize=6)
def _country_choices(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language).territories
    others = sorted((names[code], code) for code in rules.COUNTRIES if code not in _FIRST)
    return [*((code, names[code]) for code in _FIRST), *((code, name) for name, code in others)]


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the active language, the marketplace's usual ones first."""
    return _country_choices(str(formats.locale()))


def country_name(code: str) -> str:
    return dict(country_choices()).get(code, code)


def currency_label(code: str) -> str:
    """`CNY, Chinese Yuan` in the active language."""
    return f"{code}, {get_currency_name(code, locale=formats.locale())}"


class ShopForm(forms.Form):
    """Company and shop. What country and currency stand for is told beside them, before anything is saved."""

    country = forms.CharField(label=_("Country of the company"), widget=forms.Select(attrs={"data-select": ""}))
    legal_name = forms.CharField(label=_("Name of the company"), max_length=rules.LEGAL_NAME_MAX, help_text=_(
        "Exactly as in the papers."), widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    registration_number = forms.CharField(label=_("Registration number"), max_length=40,
                                          widget=forms.TextInput(attrs={"autocomplete": "off"}))
    shop_name = forms.CharField(label=_("Name of the shop"), max_length=rules.SHOP_NAME_MAX, help_text=_(
        "Buyers see it. 2 to 140 characters."), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    currency = forms.CharField(label=_("Currency"), widget=forms.Select)

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data, initial={"country": _USUAL_COUNTRY.get(language, "")})
        self.fields["country"].widget.choices = [("", _("Choose…")), *country_choices()]
        chosen = self["country"].value() or ""
        known = rules.COUNTRIES.get(chosen)
        codes = known.currencies if known else sorted({
            currency for country in rules.COUNTRIES.values() for currency in country.currencies})
        self.fields["currency"].widget.choices = [(code, currency_label(code)) for code in codes]
        if known and known.example:
            self.fields["registration_number"].widget.attrs["placeholder"] = known.example
        self.fields["registration_number"].help_text = _NUMBER_NAMES.get(chosen, "")
