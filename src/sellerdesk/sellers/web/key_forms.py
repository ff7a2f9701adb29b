"""Forms about API keys. They ask; the services judge."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sellerdesk.core.ui.forms import offer
from sellerdesk.sellers import permissions, services

_ROLE_TEXTS = {
    "Admin": _("everything"), "Admin read only": _("reads everything, changes nothing"),
    "Product": _("reads and changes products"), "Product read only": _("reads products"),
    "Price": _("reads products, changes prices"), "Warehouse": _("reads products, changes stock"),
    "Posting FBS": _("reads orders, packs and ships"), "Posting FBS read only": _("reads orders"),
    "Notification": _("sets the addresses that pushes go to"),
    "Finance read only": _("reads balance, accruals and documents, changes nothing"),
    "Analytics": _("reads figures, makes reports"), "Messages": _("reads and answers chats, reviews and questions"),
}


class NetworksField(forms.CharField):
    """Addresses and networks, separated by anything that is not one."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Allowed networks"), required=False, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": "203.0.113.0/24"}),
            help_text=_("One address or network a line. Empty: the key works from everywhere."))

    def clean(self, value: Any) -> list[str]:
        return [part for part in re.split(r"[\s,;]+", super().clean(value)) if part]


class KeyForm(forms.Form):
    """A new API key."""

    name = forms.CharField(label=_("Name of the key"), max_length=services.KEY_NAME_MAX, help_text=_(
        "What will use the key, for example “Stock sync”. It appears in histories."))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=[], widget=forms.CheckboxSelectMultiple)
    life_days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, choices=[])
    networks = NetworksField()
    warehouse_ids = forms.TypedMultipleChoiceField(
        label=_("Only these warehouses"), choices=[], coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: all warehouses. Otherwise the key reaches orders, stock and returns of these "
                    "only."))

    def __init__(self, data: Any = None, *, longest: int, warehouses: list[tuple[int, str]],
                 must_choose: bool = False, may: frozenset[str]) -> None:
        super().__init__(data, initial={"life_days": longest})
        offered = [role for role in services.KEY_ROLES if permissions.KEY_NEEDS[role] <= may]
        offer(self, "roles", [(role, f"{role} — {_ROLE_TEXTS[role]}") for role in offered])
        if len(offered) < len(services.KEY_ROLES):
            self.fields["roles"].help_text = _("Roles that can do what you cannot are left out.")
        days = sorted({*(day for day in (7, 30, 90) if day < longest), longest}, reverse=True)
        offer(self, "life_days", [
            (day, ngettext("%(days)s day", "%(days)s days", day) % {"days": day}) for day in days])
        offer(self, "warehouse_ids", warehouses)
        self.fields["warehouse_ids"].required = must_choose
        if must_choose:
            self.fields["warehouse_ids"].help_text = _("You work in these, so your keys reach these only.")
        elif len(warehouses) < 2:
            del self.fields["warehouse_ids"]


class NetworksForm(forms.Form):
    networks = NetworksField()


def _overlap(hours: int) -> str:
    if not hours:
        return str(_("stops at once"))
    return ngettext("lives on for %(hours)s hour", "lives on for %(hours)s hours", hours) % {"hours": hours}


class RotateForm(forms.Form):
    overlap_hours = forms.TypedChoiceField(label=_("The old key"), coerce=int, choices=[])

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"overlap_hours": 24})
        offer(self, "overlap_hours", [(hours, _overlap(hours)) for hours in (0, 1, 24, 72)])
