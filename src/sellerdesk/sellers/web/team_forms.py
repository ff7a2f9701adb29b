"""Forms about people and roles. They ask; the services judge."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui.forms import offer
from sellerdesk.sellers import permissions, rights
from sellerdesk.sellers.team_types import Bounds, OwnRole, Terms
from sellerdesk.sellers.types import SellerRef


def role_choices(own: Sequence[OwnRole], may: frozenset[str]) -> list[tuple[str, Any]]:
    """Roles that somebody with these rights can give, ready ones first."""
    ready = [(key, f"{name} — {text}") for key, (name, text) in rights.ROLE_NAMES.items()
             if permissions.ROLES[key] <= may]
    return [*ready, *((one.key, one.name) for one in own if one.rights <= may)]


class TermsForm(forms.Form):
    """Role, places, end and limits of somebody's work."""

    role = forms.ChoiceField(label=_("Role"), choices=[], widget=forms.RadioSelect)
    warehouses = forms.MultipleChoiceField(
        label=_("Only these warehouses"), choices=[], required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: all warehouses. Otherwise orders and stock of others are not shown."))
    read_only = forms.BooleanField(
        label=_("Sees, but changes nothing"), required=False,
        help_text=_("For auditors and newcomers: every right of the role that changes something is left out."))
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_(
            "For agencies and helpers. The access ends by itself after this day; people with an end or limits never "
            "handle keys, team or shop data, whatever their role."))
    price_percent = forms.IntegerField(
        label=_("Prices by at most, percent a day"), required=False, min_value=1, max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    skus_per_day = forms.IntegerField(
        label=_("Prices of at most, products a day"), required=False, min_value=1, max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, data: Any = None, *, seller: SellerRef, roles: list[tuple[str, Any]],
                 warehouses: list[tuple[int, str]], terms: Terms | None = None, **rest: Any) -> None:
        initial = {}
        self.zone = zoneinfo.ZoneInfo(seller.time_zone)
        if terms is not None:
            last = (terms.until - timedelta(seconds=1)).astimezone(self.zone).date() if terms.until else None
            initial = {"role": terms.role, "warehouses": [str(one) for one in terms.warehouse_ids],
                       "until": last.isoformat() if last else "", "price_percent": terms.bounds.price_percent or None,
                       "skus_per_day": terms.bounds.skus_per_day or None, "read_only": terms.read_only}
        super().__init__(data, initial={**initial, **rest.pop("initial", {})}, **rest)
        offer(self, "role", roles)
        offer(self, "warehouses", [(str(id_), name) for id_, name in warehouses])
        if len(warehouses) < 2 and not (terms and terms.warehouse_ids):
            del self.fields["warehouses"]

    @property
    def terms(self) -> Terms:
        """Only after the form was found valid. The last day ends at midnight of the shop's own time."""
        data = self.cleaned_data
        until = None
        if data["until"]:
            until = datetime.combine(data["until"] + timedelta(days=1), time(), self.zone)
        return Terms(data["role"], tuple(int(one) for one in data.get("warehouses", ())), until,
                     Bounds(data["price_percent"] or 0, data["skus_per_day"] or 0), data["read_only"])


class InviteForm(TermsForm):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    field_order = ["email", "role", "warehouses", "read_only", "until", "price_percent", "skus_per_day"]


class RoleForm(forms.Form):
    """A shop's own role: its name and a set of rights."""

    name = forms.CharField(label=_("Name of the role"), max_length=80,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))
    rights = forms.MultipleChoiceField(label=_("What people with this role may do"), choices=[], required=False,
                                       widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, may: frozenset[str], **rest: Any) -> None:
        super().__init__(data, **rest)
        offer(self, "rights", [(right.key, right.name) for group in rights.GROUPS for right in group.rights
                                         if right.key in may and right.key != permissions.TEAM_OWNER])
