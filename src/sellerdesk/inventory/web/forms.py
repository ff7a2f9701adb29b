"""The forms of a warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_gmt, get_timezone_location
from django import forms
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import clock, zones
from sellerdesk.core.ui.formats import country, locale
from sellerdesk.core.ui.forms import offer
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.sellers import queries as sellers

KINDS = (
    ("drop_off", _("We bring parcels to a drop-off point")), ("pick_up", _("The carrier picks parcels up here")),
    ("own", _("We deliver to buyers ourselves")), ("partner", _("A partner of ours delivers to buyers")),
    ("express", _("Express: the same day within the city")),
)
_REGIONS = ("Europe/", "Asia/", "America/", "Africa/", "Australia/", "Pacific/")
_zones: dict[str, list[tuple[str, str]]] = {}


def zone_choices() -> list[tuple[str, str]]:
    """Time zones by offset, with their city in the active language; made once per language and process."""
    language = get_language() or "en"
    if language not in _zones:
        now = clock.real_now()
        rows = []
        for name in zones.known():
            if name.startswith(_REGIONS):
                local = now.astimezone(ZoneInfo(name))
                offset = local.utcoffset()
                place = get_timezone_location(local.tzinfo, locale=locale(), return_city=True)
                rows.append((offset, place, name, get_timezone_gmt(local, "long", locale=locale())))
        rows.sort(key=lambda row: (row[0], row[1]))
        _zones[language] = [(name, f"{place} ({gmt})") for _offset, place, name, gmt in rows]
    return _zones[language]


def country_choices(now: datetime) -> list[tuple[str, str]]:
    blocked = sellers.blocked_countries(now)
    return sorted(((code, country(code)) for code in sellers.country_codes() if code not in blocked),
                  key=lambda row: row[1])


class DatesField(forms.Field):
    """Days written one a line or with commas: 2026-12-31, 31.12.2026."""

    widget = forms.Textarea(attrs={"rows": 3, "placeholder": "2026-12-31\n2027-01-01"})

    def to_python(self, value: Any) -> list[date]:
        days = []
        for text in str(value or "").replace(",", " ").replace(";", " ").split():
            day = _day(text)
            if day is None:
                raise forms.ValidationError(_("“%(value)s” is not a day. Write it like 2026-12-31.") % {
                    "value": text[:20]})
            days.append(day)
        return days

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(day.isoformat() for day in value)


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day, of no zone
        except ValueError:
            continue
    return None


class WarehouseForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("warehouse", "Name"), max_length=50,
        help_text=_("City, kind and purpose help, for example “Kazan – main”. Carriers print it on parcels."))
    code = forms.CharField(label=pgettext_lazy("warehouse", "Code"), max_length=20, required=False,
                           help_text=_("As your own systems call it, for example KZN-1. Nobody else sees it."))
    kind = forms.ChoiceField(label=_("How parcels leave"), choices=KINDS, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=pgettext_lazy("address", "Country"),
                                widget=forms.Select(attrs={"data-select": "", "autocomplete": "country"}))
    city = forms.CharField(label=_("City"), max_length=100, widget=forms.TextInput(
        attrs={"autocomplete": "address-level2"}))
    address = forms.CharField(label=_("Address"), max_length=300, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "street-address"}))
    latitude = forms.DecimalField(label=_("Latitude"), required=False, max_digits=9, decimal_places=6,
                                  widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "55.796127"}))
    longitude = forms.DecimalField(label=_("Longitude"), required=False, max_digits=9, decimal_places=6,
                                   widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "49.106405"}))
    phone = forms.CharField(label=_("Telephone for the carrier"), max_length=30, required=False,
                            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    bulky = forms.BooleanField(label=_("Takes bulky goods"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), widget=forms.Select(attrs={"data-select": ""}))
    working_days = forms.TypedMultipleChoiceField(label=_("Days of work"), coerce=int,
                                                  widget=forms.CheckboxSelectMultiple)
    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    cut_off = forms.TimeField(
        label=pgettext_lazy("warehouse", "Cut-off"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Orders taken before this local time are packed the same day."))
    preparation_hours = forms.IntegerField(
        label=_("Preparation, hours"), min_value=1, max_value=240,
        help_text=_("How long you need from the order to the hand-over. Days off do not count."))
    holidays = DatesField(label=_("Single days off"), required=False,
                          help_text=_("One a line. Orders of such a day are due later."))
    postings_limit = forms.IntegerField(label=_("Orders a day, at most"), required=False, min_value=1,
                                        help_text=_("Empty: as many as come."))
    safety_stock = forms.IntegerField(label=_("Safety stock, units"), min_value=0,
                                      help_text=_("So many units of each product are never offered."))
    low_stock = forms.IntegerField(label=_("Warn from, units"), required=False, min_value=0,
                                   help_text=_("Free units at which you are told. Empty: as usual, %(units)s."))
    return_address = forms.CharField(label=_("Address for returns"), max_length=300, required=False,
                                     help_text=_("Empty: the address above."))
    return_note = forms.CharField(label=_("What buyers should know about returns"), max_length=500, required=False,
                                  widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, now: datetime, low: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", zone_choices())
        offer(self, "country", country_choices(now))
        self.fields["name"].widget.attrs |= {
            "hx-get": reverse("inventory:warehouse_printed"), "hx-trigger": "input changed delay:300ms",
            "hx-target": "#printed", "aria-describedby": "printed"}
        names = get_day_names("abbreviated", context="stand-alone", locale=locale())
        offer(self, "working_days", [(day, names[day - 1]) for day in range(1, 8)])
        self.fields["low_stock"].help_text = self.fields["low_stock"].help_text % {"units": low}

    def clean_safety_stock(self) -> int:
        return self.cleaned_data["safety_stock"] or 0


def initial_of(row: WarehouseRow) -> Mapping[str, Any]:
    """A warehouse as its form shows it."""
    return {name: getattr(row, name) for name in WarehouseForm.base_fields} | {"working_days": list(row.working_days)}


class PauseForm(forms.Form):
    """From when to when no new orders are taken; days of the warehouse's own calendar."""

    since = forms.DateField(label=pgettext_lazy("pause", "From"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Empty: at once."))
    until = forms.DateField(label=_("Takes orders again on"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}),
                            help_text=_("Empty: until you open it again."))
    reason = forms.CharField(label=pgettext_lazy("pause", "Why"), max_length=200, required=False,
                             help_text=_("Only your shop sees it."))


class CountForm(forms.Form):
    found = forms.IntegerField(label=_("Units on the shelf"), min_value=0, widget=forms.NumberInput(
        attrs={"inputmode": "numeric", "autofocus": ""}))
    note = forms.CharField(label=pgettext_lazy("stock", "Note"), max_length=60, required=False)
