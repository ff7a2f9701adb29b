"""How errands read on the market page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.simulator.types import Coming

_KINDS: dict[str, tuple[Any, str, str]] = {
    "scripted": (_("The scenario will do something"), "calendar-event", "info"),
    "buyer_cancels": (_("A buyer will change their mind"), "circle-x", "danger"),
    "platform_cancels": (_("The marketplace will cancel"), "ban", "danger"),
    "pack": (_("The autopilot will pack"), "robot", "info"),
    "fulfil": (_("The marketplace’s warehouse will pack"), "building-warehouse", "info"),
    "supply": (_("A supply will move on"), "package-import", ""),
    "pick_up": (_("A courier will come for it"), "truck", "info"),
    "scan": (_("A courier will scan it"), "scan", ""),
    "give_back": (_("A buyer will want to give it back"), "truck-return", "warning"),
    "return_moves": (_("A return will move on"), "truck-return", "warning"),
    "take_back": (_("The warehouse will take a return in"), "package-import", ""),
    "own_step": (_("The shop’s own courier will move on"), "truck-delivery", ""),
    "claim_step": (_("A claim will move on"), "truck-return", "warning"),
    "asks": (_("Somebody will look at the goods and may ask"), "help-circle", "info"),
    "reviews": (_("The buyer will write a review"), "star", "info"),
    "says": (_("The buyer will write a message"), "message", "info"),
    "reads": (_("The buyer will read your message"), "checks", ""),
    "answers": (_("The autopilot will answer"), "robot", "info"),
}
_SCANS = {
    "accepted": _("The carrier will accept it"),
    "sorted": _("It will be sorted"),
    "in_transit": _("It will travel on"),
    "arrived_in_city": _("It will reach the buyer’s city"),
    "with_courier": _("A courier will take it to the door"),
    "to_pickup_point": _("It will go to the pickup point"),
    "at_pickup_point": _("It will wait at the pickup point"),
    "delivered": _("The buyer will have it"),
    "returning": _("Nobody will collect it"),
    "returned": _("It will be back at the warehouse"),
    "lost": _("The carrier will lose it"),
}
# Steps of supplies to the marketplace's warehouses, by what stands in the errand.
_SUPPLY = {
    "send": _("The shop will send goods to the marketplace"),
    "hand_in": _("A supply will come to the gate"),
    "depart": _("A supply will leave the receiving point"),
    "unload": _("A supply will reach its warehouse"),
    "report": _("The warehouse will have counted a supply"),
    "settle": _("The warehouse will count a supply again"),
}
_SCRIPTED = {"price": _("The scenario will change prices"), "stock": _("The scenario will change what is on the shelf"),
             "order": _("The scenario will place an order")}
_SCAN_TONES = {"delivered": "success", "returning": "danger", "lost": "danger"}
_TILES = (("scan", _("Scans to come")), ("pack", _("To be packed by the autopilot")),
          ("pick_up", _("Waiting for a courier")), ("buyer_cancels", _("Doubting buyers")),
          ("give_back", _("Unhappy buyers")), ("return_moves", _("Returns on their way")))


@dataclass(frozen=True, slots=True)
class Line:
    """An errand as the page shows it."""

    title: Any
    icon: str
    tone: str
    about: str
    place: str
    href: str
    at: datetime


def read(one: Coming, *, linked: bool) -> Line:
    """An errand in words; `linked` to the page of what it is about, for those in whose shop that is."""
    title, icon, tone = _KINDS[one.kind]
    if one.kind == "scan":
        code = one.data.get("code", "")
        title, tone = _SCANS.get(code, title), _SCAN_TONES.get(code, "")
    if one.kind == "scripted":
        return Line(_SCRIPTED[one.data["do"]], icon, tone, one.data.get("offer", ""), one.data.get("city", ""), "",
                    one.at)
    if one.kind == "supply":
        supply_id = one.reference.removeprefix("supply ")
        known = one.data["step"] != "send"
        return Line(_SUPPLY[one.data["step"]], icon, tone, f"№ {supply_id}" if known else "", "",
                    reverse("supply:supply", args=[int(supply_id)]) if linked and known else "", one.at)
    if one.kind in ("return_moves", "take_back"):
        return Line(title, icon, tone, f"№ {one.reference}", "", reverse("returns:returns") if linked else "", one.at)
    if one.kind in ("claim_step", "answers"):
        return Line(title, icon, tone, "", "", "", one.at)
    return Line(title, icon, tone, one.reference, one.data.get("place", ""),
                reverse("orders:posting", args=[one.reference]) if linked else "", one.at)


def counted(counts: dict[str, int]) -> list[tuple[Any, int]]:
    """The tiles: label and figure."""
    return [(label, counts.get(kind, 0)) for kind, label in _TILES]
