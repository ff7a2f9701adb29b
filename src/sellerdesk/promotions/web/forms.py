"""Forms of own actions, strategies and of the console's actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.promotions import texts
from sellerdesk.promotions.queries import strategies
from sellerdesk.promotions.services.strategies import MAX_COMPETITORS, MOST_STOP_LOSS_BP
from sellerdesk.promotions.types import Kind, Level, Terms
from sellerdesk.sellers.types import SellerRef

_LEVELS = 5
#: Rows for competitors that a new strategy begins with, and that "more" adds.
_ROWS = 3
#: Shops that a row offers before anybody types.
_OFFERED = 10
_ID_DIGITS = 19
_WHEN = {"type": "datetime-local"}


def moment(label: Any, **more: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput(attrs=_WHEN, format="%Y-%m-%dT%H:%M"), **more)


class OwnForm(forms.Form):
    """Terms of an own action; which fields there are depends on its kind."""

    title = forms.CharField(label=pgettext_lazy("promotion", "Name"), max_length=256)
    starts_at = moment(pgettext_lazy("promotion", "Begins"))
    ends_at = moment(pgettext_lazy("promotion", "Ends"))
    min_action_percent = forms.DecimalField(
        label=_("Discount of each product, at least"), min_value=1, max_value=90, decimal_places=2, initial=10,
        help_text=_("Products are added next, each with a price of its own."))
    discount_type = forms.ChoiceField(label=_("What is taken off"), widget=forms.RadioSelect, initial="PERCENT",
                                      choices=[
        ("PERCENT", _("A percentage")), ("CURRENCY", _("An amount"))])
    voucher_type = forms.ChoiceField(label=_("Codes"), widget=forms.RadioSelect, initial="MULTIPLE",
                                     choices=list(texts.VOUCHERS.items()))
    count_codes = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=10_000, initial=100,
                                     required=False, help_text=_("For many codes only."))
    budget = forms.CharField(label=_("Spend at most"), required=False, max_length=40,
                             help_text=_("When discounts reach this sum, codes stop. Empty: no bound."))

    def __init__(self, *args: Any, kind: Kind, currency: str, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.currency = kind, currency
        for number in range(1, (_LEVELS if kind == "multi_level" else 1) + 1):
            self.fields[f"sum_{number}"] = forms.CharField(
                label=_("From a sum of"), required=number == 1 and kind != "voucher", max_length=40)
            self.fields[f"value_{number}"] = forms.CharField(
                label=pgettext_lazy("promotion", "Take off"), required=number == 1, max_length=40)
        drop = {"discount": ("discount_type", "sum_1", "value_1", "voucher_type", "count_codes", "budget"),
                "order_sum": ("min_action_percent", "voucher_type", "count_codes", "budget"),
                "multi_level": ("min_action_percent", "voucher_type", "count_codes", "budget"),
                "voucher": ("min_action_percent", "sum_1"),
                "instalment": ("min_action_percent", "discount_type", "sum_1", "value_1", "voucher_type", "count_codes",
                               "budget")}[kind]
        if changing:
            drop += ("discount_type", "voucher_type", "count_codes")
        for name in drop:
            self.fields.pop(name, None)

    @property
    def levels(self) -> list[tuple[Any, Any]]:
        """The pairs of fields of each level, for the page."""
        return [(self[f"sum_{n}"] if f"sum_{n}" in self.fields else None, self[f"value_{n}"])
                for n in range(1, _LEVELS + 1) if f"value_{n}" in self.fields]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        levels = []
        for number in range(1, _LEVELS + 1):
            value = (given.get(f"value_{number}") or "").strip()
            if not value:
                continue
            percent = given.get("discount_type", self.initial.get("discount_type", "PERCENT")) == "PERCENT"
            try:
                amount = int(Money.parse(value.rstrip("%"), "RUB").amount_minor) if percent else Money.parse(
                    value, self.currency).amount_minor
                start = Money.parse((given.get(f"sum_{number}") or "0").strip(), self.currency).amount_minor
            except Invalid as error:
                self.add_error(f"value_{number}", error.fields[0].text)
                continue
            levels.append(Level(start, amount))
        given["levels"] = tuple(levels)
        if (text := (given.get("budget") or "").strip()):
            try:
                given["budget_minor"] = Money.parse(text, self.currency).amount_minor
            except Invalid as error:
                self.add_error("budget", error.fields[0].text)
        return given

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            self.kind, given["title"], given["starts_at"], given["ends_at"],
            discount_bp=int((given.get("min_action_percent") or 0) * 100),
            discount_type=given.get("discount_type", self.initial.get("discount_type", "PERCENT")),
            levels=given["levels"], budget_minor=given.get("budget_minor", 0),
            voucher_type=given.get("voucher_type", "MULTIPLE"), codes=given.get("count_codes") or 0)


def initial_of(terms: Terms, currency: str) -> dict[str, Any]:
    """An action as the form shows it."""
    made: dict[str, Any] = {"title": terms.title, "starts_at": terms.starts_at, "ends_at": terms.ends_at,
                            "min_action_percent": terms.discount_bp / 100, "discount_type": terms.discount_type,
                            "budget": Money(terms.budget_minor, currency).decimal_text() if terms.budget_minor else ""}
    for number, level in enumerate(terms.levels, 1):
        made[f"sum_{number}"] = Money(level.from_minor, currency).decimal_text() if level.from_minor else ""
        made[f"value_{number}"] = f"{level.value / 100:g}" if terms.discount_type == "PERCENT" else Money(
            level.value, currency).decimal_text()
    return made


class StrategyForm(forms.Form):
    """A strategy: its name, its loss limit, and rows of a shop that it follows with a coefficient.

    A row offers the shop it has and the first few others; the rest is found by typing. Whatever is chosen is looked up.
    """

    name = forms.CharField(label=pgettext_lazy("strategy", "Name"), max_length=128)
    stop_loss = forms.DecimalField(
        label=_("Stop when a price would fall by more than, %"), min_value=1, max_value=MOST_STOP_LOSS_BP // 100,
        decimal_places=2, initial=30, help_text=_("Counted from the price a product had when it joined."))

    def __init__(self, data: QueryDict | None = None, *, seller: SellerRef, followed: Sequence[tuple[int, int]] = (),
                 initial: dict[str, Any] | None = None, typed: QueryDict | None = None) -> None:
        """`typed` is shown again with more rows, and nothing of it is judged."""
        super().__init__(data, initial=typed.dict() if typed else initial)
        sent = data or typed
        asked = sent.get("rows", "") if sent else ""
        count = int(asked) if asked and asked.isdecimal() and len(asked) < 4 else max(len(followed) + 1, _ROWS)
        self.count = min(count + (_ROWS if typed else 0), MAX_COMPETITORS)
        if sent:
            own = [_number(sent.get(f"shop_{at}") or "") for at in range(self.count)]
        else:
            own = [id_ for id_, _bp in followed] + [0] * (self.count - len(followed))
        known = dict(strategies.competitors(seller, set(own)))
        offered = strategies.competitors_like(seller, "", limit=_OFFERED)
        self.any = bool(offered)
        for at, id_ in enumerate(own):
            # A row that has its shop offers no others before anybody types.
            rows = [(id_, known[id_])] if id_ in known else offered
            self.fields[f"shop_{at}"] = forms.ChoiceField(
                label=_("Shop"), required=False, choices=[("", "—"), *rows], initial=id_ or "",
                widget=forms.Select(attrs={
                    "data-select": "", "data-select-url": reverse("promotions:strategy_competitors")}),
                error_messages={"invalid_choice": _("No other shop that sells here now.")})
            self.fields[f"coefficient_{at}"] = forms.DecimalField(
                label=_("Coefficient"), min_value=0, max_value=2, decimal_places=3, required=False,
                initial=followed[at][1] / 10_000 if at < len(followed) else None)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"shop_{at}"], self[f"coefficient_{at}"]) for at in range(self.count)]

    @property
    def may_have_more(self) -> bool:
        return self.count < MAX_COMPETITORS

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for at in range(self.count):
            shop, value = found.get(f"shop_{at}"), found.get(f"coefficient_{at}")
            if value and not shop and f"shop_{at}" not in self.errors:
                self.add_error(f"shop_{at}", _("Choose the shop that this coefficient is for."))
        return found

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """A row without a coefficient follows nobody."""
        return [(int(shop), int(value * 10_000)) for at in range(self.count)
                if (shop := self.cleaned_data.get(f"shop_{at}"))
                and (value := self.cleaned_data.get(f"coefficient_{at}"))]


def _number(text: str) -> int:
    """An id as a form sends it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _ID_DIGITS else 0
