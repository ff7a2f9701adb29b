"""The form of a warehouse."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_gmt, get_timezone_location
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import clock
from sellerdesk.core.ui.formats import locale

STATES = (("active", _("Open: takes orders")), ("paused", _("Paused: takes no new orders")),
          ("archived", _("Archived: out of use")))
_REGIONS = ("Europe/", "Asia/", "America/", "Africa/", "Australia/", "Pacific/")
_zones: dict[str, list[tuple[str, str]]] = {}


def zone_choices() -> list[tuple[str, str]]:
    """Time zones by offset, with their city in the active language; made once per language and process."""
    language = get_language() or "en"
    if language not in _zones:
        now = clock.real_now()
        rows = []
        for name in available_timezones():
            if name.startswith(_REGIONS):
                local = now.astimezone(ZoneInfo(name))
                offset = local.utcoffset()
                place = get_timezone_location(local.tzinfo, locale=locale(), return_city=True)
                rows.append((offset, place, name, get_timezone_gmt(local, "long", locale=locale())))
        rows.sort(key=lambda row: (row[0], row[1]))
        _zones[language] = [(name, f"{place} ({gmt})") for _offset, place, name, gmt in rows]
    return _zones[language]


class WarehouseForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("warehouse", "Name"), max_length=50,
        help_text=_("City, kind and purpose help, for example “Kazan – main”. Carriers print it on parcels."))
    city = forms.CharField(label=_("City"), max_length=100, widget=forms.TextInput(
        attrs={"autocomplete": "address-level2"}))
    address = forms.CharField(label=_("Address"), max_length=300, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "street-address"}))
    time_zone = forms.ChoiceField(label=_("Time zone"), widget=forms.Select(attrs={"data-select": ""}))
    cut_off = forms.TimeField(
        label=pgettext_lazy("warehouse", "Cut-off"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Orders taken before this local time are packed the same day."))
    preparation_hours = forms.IntegerField(
        label=_("Preparation, hours"), min_value=1, max_value=240,
        help_text=_("How long you need from the order to the hand-over."))
    state = forms.ChoiceField(label=pgettext_lazy("warehouse", "State"), choices=STATES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, existing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices()
        if not existing:
            del self.fields["state"]
