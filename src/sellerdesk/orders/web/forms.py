"""Forms of the posting page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.i18n import localized
from sellerdesk.core.ui.forms import offer
from sellerdesk.orders.types import CancelReason, LineRow, PostingCard

STOCK = (("shelf", _("Put them back on sale")), ("write_off", _("Write them off: broken, or not to be found")))


class _Moment(forms.DateTimeInput):
    """A day and a time in the reader's zone, as browsers ask for them."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class TrackingForm(forms.Form):
    """The number under which the shop's own carrier is followed."""

    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60)


class CodeForm(forms.Form):
    """What the courier of an express order says."""

    code = forms.CharField(label=_("The courier’s code"), max_length=12)


class CutoffForm(forms.Form):
    """A promise to hand over before the deadline."""

    cutoff = forms.DateTimeField(label=_("Hand over by"), widget=_Moment())


class TimeslotForm(forms.Form):
    """Between which moments the parcel comes to the buyer."""

    begin = forms.DateTimeField(label=pgettext_lazy("orders", "From"), widget=_Moment())
    end = forms.DateTimeField(label=_("Until"), widget=_Moment())


class CancelForm(forms.Form):
    """Which units the seller cannot send, why, and what becomes of them.

    `reasons` are those that may be used here; units can be chosen where `partial`, goods where they are in the shop.
    """

    reason_id = forms.TypedChoiceField(label=_("Reason"), coerce=int, widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("Explanation"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for “another reason” and for single units; the marketplace reads it."))
    stock = forms.ChoiceField(label=_("The goods"), choices=STOCK, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, card: PostingCard, reasons: list[CancelReason], language: str, partial: bool,
                 in_shop: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card, self.reasons = card, reasons
        offer(self, "reason_id", [
            (reason.id, localized(reason.names, language)) for reason in reasons])
        self.partial = partial
        if partial:
            for line in card.lines:
                self.fields[f"units-{line.sku}"] = forms.IntegerField(
                    label=line.name, min_value=0, max_value=line.quantity, initial=line.quantity, required=False,
                    widget=forms.NumberInput(attrs={"class": "num"}))
        if not in_shop:
            del self.fields["stock"]

    def rows(self) -> list[tuple[LineRow, Any]]:
        """Lines with the field of their units."""
        return [(line, self[f"units-{line.sku}"]) for line in self.card.lines] if self.partial else []

    def items(self) -> list[tuple[int, int]]:
        """(SKU, units) to cancel; everything where units cannot be chosen, or none were spoken of."""
        chosen = [(line.sku, self.cleaned_data.get(f"units-{line.sku}")) for line in self.card.lines]
        if all(units is None for _, units in chosen) and not self.errors:
            return [(line.sku, line.quantity) for line in self.card.lines]
        return [(sku, units) for sku, units in chosen if units]

    def chosen_stock(self) -> Any:
        return self.cleaned_data.get("stock") or "shelf"
