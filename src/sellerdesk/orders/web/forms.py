"""Forms of the posting page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.i18n import localized
from sellerdesk.orders.types import CancelReason


class CancelForm(forms.Form):
    """Why the seller cannot send the goods. `reasons` are those that may be used here."""

    reason_id = forms.TypedChoiceField(label=_("Reason"), coerce=int, widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("Explanation"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for “another reason”; the marketplace reads it."))

    def __init__(self, *args: Any, reasons: list[CancelReason], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_id"].choices = [
            (reason.id, localized(reason.names, language)) for reason in reasons]
