"""Forms of registering a company and a shop, and of its legal data. They ask; the services judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name
from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import formats
from sellerdesk.core.ui.forms import offer
from sellerdesk.sellers import countries, queries, rules
from sellerdesk.sellers.queries import wording

_FIRST = ("CN", "HK", "RU", "BY", "KZ", "KG", "AM", "TR")
_USUAL_COUNTRY = {"zh-hans": "CN", "ru": "RU"}
#: Where papers are written in characters that carriers abroad do not print.
OWN_SCRIPT = ("CN", "HK", "JP", "KR", "TW")
_NUMBER_NAMES = {
    "CN": _("Unified social credit code, 18 characters"), "HK": _("Business registration number, 7 or 8 digits"),
    "RU": _("INN: 10 digits for a company, 12 for an entrepreneur"), "BY": _("UNP, 9 digits"),
    "KZ": _("BIN or IIN, 12 digits"), "KG": _("INN, 14 digits"), "AM": _("Tax number, 8 digits"),
    "TR": _("Tax number (VKN, 10 digits) or TCKN, 11 digits"),
}
_VAT = _("VAT number, with the letters of the country or without")


@lru_cache(maxsize=6)
def _country_choices(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language).territories
    others = sorted((names[code], code) for code in countries.COUNTRIES if code not in _FIRST)
    return [*((code, names[code]) for code in _FIRST), *((code, name) for name, code in others)]


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the active language, the marketplace's usual ones first."""
    return _country_choices(str(formats.locale()))


def currency_label(code: str) -> str:
    """`CNY, Chinese Yuan` in the active language."""
    return f"{code}, {get_currency_name(code, locale=formats.locale())}"


class CountryForm(forms.Form):
    """The first step: everything else depends on it."""

    country = forms.ChoiceField(label=_("Country where the company is registered"),
                                widget=forms.Select(attrs={"data-select": ""}))

    def __init__(self, data: Any = None, *, language: str, now: datetime) -> None:
        super().__init__(data, initial={"country": _USUAL_COUNTRY.get(language, "")})
        blocked = [(code, formats.country(code)) for code in queries.blocked_countries(now)
                   if code not in countries.COUNTRIES]
        choices = [("", _("Choose…")), *country_choices(), *sorted(blocked, key=lambda one: one[1])]
        offer(self, "country", choices)


def _text(label: Any, help_text: Any = "", *, length: int = 200, required: bool = True,
          autocomplete: str = "off") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text,
                           widget=forms.TextInput(attrs={"autocomplete": autocomplete}))


class ShopForm(forms.Form):
    """Company and shop, once the country is known. `departments` are (id, name); no offer, no tick."""

    country = forms.CharField(widget=forms.HiddenInput)
    company = forms.IntegerField(widget=forms.HiddenInput, required=False)
    local_name = _text(wording.FIELDS["local_name"], _("Exactly as in the papers."), required=False)
    legal_name = _text(wording.FIELDS["legal_name"], _("Exactly as in the papers."), autocomplete="organization")
    registration_number = _text(wording.FIELDS["registration_number"], length=40)
    shop_name = _text(_("Name of the shop"), _("Buyers see it. 2 to 140 characters."), length=rules.SHOP_NAME_MAX)
    main_category = forms.TypedChoiceField(label=_("What you sell most"), coerce=int, empty_value=None, required=False,
                                           widget=forms.Select)
    currency = forms.CharField(label=_("Currency"), widget=forms.Select,
                               help_text=_("You state prices and are paid in it. It cannot be changed later."))
    accepts_offer = forms.BooleanField(label=_("I have read the offer and accept it for the company"), required=False)

    def __init__(self, data: Any = None, *, country: str, cross_border: bool, departments: list[tuple[int, str]],
                 asks_offer: bool, company: tuple[int, str, str, str] | None, now: datetime) -> None:
        super().__init__(data, initial={"country": country, "company": company[0] if company else None})
        self.fields["currency"].widget.choices = [
            (code, currency_label(code)) for code in queries.currencies(country, now)]
        offer(self, "main_category", [("", _("Choose…")), *departments])
        if not departments:
            del self.fields["main_category"]
        if not asks_offer:
            del self.fields["accepts_offer"]
        latin = queries.latin_needed(country, cross_border, now)
        if not (latin and country in OWN_SCRIPT):
            del self.fields["local_name"]
        if latin:
            self.fields["legal_name"].label = _("Name of the company in Latin letters")
            self.fields["legal_name"].help_text = _("As on export papers, for example Shenzhen North Wind Trading "
                                                    "Co., Ltd.")
        known = countries.COUNTRIES.get(country)
        if known and known.example:
            self.fields["registration_number"].widget.attrs["placeholder"] = known.example
        self.fields["registration_number"].help_text = _NUMBER_NAMES.get(country, _VAT if known and known.vat else "")
        if company is not None:
            for name in ("legal_name", "registration_number", "local_name"):
                self.fields.pop(name, None)

    def texts(self) -> Mapping[str, Any]:
        """What registering takes, without the fields that only carried the step before."""
        return {name: value for name, value in self.cleaned_data.items() if name != "company"}


class CompanyForm(forms.Form):
    """Legal data of a company. Used to correct them, and to ask for others with a paper."""

    local_name = _text(wording.FIELDS["local_name"], required=False)
    legal_name = _text(wording.FIELDS["legal_name"], autocomplete="organization")
    registration_number = _text(wording.FIELDS["registration_number"], length=40)
    address = _text(wording.FIELDS["address"], _("Country, postal code, city, street, house, as in the papers."),
                    length=300, required=False)
    director = _text(wording.FIELDS["director"], _("First and last name, as in the passport."), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping[str, Any], own_script: bool) -> None:
        super().__init__(data, files, initial=dict(initial))
        if not own_script:
            del self.fields["local_name"]


class ChangeForm(CompanyForm):
    """Other legal data for an approved company. Its number stays: another number is another company."""

    reason = forms.CharField(label=_("Why the data change"), max_length=500, required=False,
                             widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("Paper that proves it"), help_text=_("PDF, JPG or PNG, up to 10 MB."),
                           widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["registration_number"]


class TelephoneForm(forms.Form):
    new = forms.CharField(label=_("Mobile number"), max_length=30,
                          help_text=_("With “+” and the country, for example +8613812345678."),
                          widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}))


class TelephoneCodeForm(forms.Form):
    code = forms.CharField(label=_("Code of six digits"), max_length=20, widget=forms.TextInput(attrs={
        "autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input", "spellcheck": "false"}))
