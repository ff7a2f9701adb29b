"""Forms about push addresses and about what people want to hear. They ask; the services judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core.ui.forms import offer
from sellerdesk.notifications import rules, services, texts
from sellerdesk.notifications.kinds import APP, CHANNELS, DIGEST, KINDS, MAIL, PUSH
from sellerdesk.notifications.services.endpoints import URL_MAX
from sellerdesk.notifications.types import Wishes


def _types(chosen: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """What this product can send, and what a program has chosen besides."""
    names = [*rules.TYPES, *(name for name in rules.SILENT_TYPES if name in chosen)]
    return [(name, f"{texts.type_text(name)} · {name}") for name in names]


class ChangeForm(forms.Form):
    url = forms.CharField(
        label=_("Address"), max_length=URL_MAX, widget=forms.URLInput(attrs={
            "placeholder": "https://example.com/pushes", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("A test push is sent there when you save. It must be answered within 5 seconds."))
    types = forms.MultipleChoiceField(label=_("What is sent"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, chosen: tuple[str, ...] = (), **rest: Any) -> None:
        super().__init__(data, **rest)
        offer(self, "types", _types(chosen))


class EndpointForm(ChangeForm):
    form = forms.ChoiceField(label=_("Form"), choices=list(texts.FORMS.items()), widget=forms.RadioSelect,
                             initial="contract")
    field_order = ("url", "form", "types")


def _overlap(hours: int) -> str:
    if not hours:
        return str(_("stops signing at once"))
    return ngettext("signs on for %(hours)s hour", "signs on for %(hours)s hours", hours) % {"hours": hours}


class RollForm(forms.Form):
    overlap_hours = forms.TypedChoiceField(label=_("The old secret"), coerce=int, choices=[])

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"overlap_hours": 24})
        offer(self, "overlap_hours", [(hours, _overlap(hours)) for hours in services.ROLL_HOURS])


class AgainForm(forms.Form):
    """Since when given-up pushes are sent again, in real hours back from now."""

    hours = forms.TypedChoiceField(label=_("Given up within the last"), coerce=int, choices=[])

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"hours": 24})
        offer(self, "hours", [
            (1, ngettext("%(hours)s hour", "%(hours)s hours", 1) % {"hours": 1}),
            (24, ngettext("%(hours)s hour", "%(hours)s hours", 24) % {"hours": 24}),
            (7 * 24, ngettext("%(days)s day", "%(days)s days", 7) % {"days": 7}),
            (30 * 24, ngettext("%(days)s day", "%(days)s days", 30) % {"days": 30})])


CHANNEL_NAMES: dict[str, Any] = {APP: _("In the product"), PUSH: pgettext_lazy("channel", "Browser"),
                                 MAIL: _("Mail at once"), DIGEST: _("Digest")}
CHANNEL_ICONS: dict[str, str] = {APP: "bell", PUSH: "device-desktop", MAIL: "mail", DIGEST: "list-details"}


def _time(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}), **more)


class WishForm(forms.Form):
    """The matrix comes as boxes named `kind:channel`; this form has the rest."""

    quiet_from = _time(_("Quiet from"), help_text=_(
        "No mail and nothing in browsers in these hours of your own time zone; it comes after them."))
    quiet_to = _time(_("Quiet until"))
    digest = forms.ChoiceField(label=_("Digest"), choices=[("hourly", _("every hour")), ("daily", _("once a day"))])
    digest_hour = forms.TypedChoiceField(label=_("At"), coerce=int, choices=[(hour, f"{hour:02d}:00")
                                                                             for hour in range(24)])

    def __init__(self, data: Any = None, *, wishes: Wishes) -> None:
        super().__init__(data, initial={"quiet_from": wishes.quiet_from, "quiet_to": wishes.quiet_to,
                                        "digest": wishes.digest, "digest_hour": wishes.digest_hour})
        self.chosen = {key: set(channels) for key, channels in wishes.channels.items()}
        if data is not None:
            boxes = set(data.getlist("channels"))
            for kind in KINDS:
                if not kind.locked and f"shown:{kind.key}" in data:
                    self.chosen[kind.key] = {name for name in CHANNELS if f"{kind.key}:{name}" in boxes}

    def cleaned_wishes(self) -> dict[str, Any]:
        return {"channels": self.chosen, **self.cleaned_data}
