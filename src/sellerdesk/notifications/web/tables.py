"""Lists of addresses and of what was sent there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sellerdesk.core.ui import tables as t
from sellerdesk.notifications import rules, texts
from sellerdesk.notifications.types import DeliveryRow, EndpointRow

STATES = {key: t.Badge(label, tone, icon) for key, (label, tone, icon) in texts.STATES.items()}
DELIVERY_STATES = {key: t.Badge(label, tone) for key, (label, tone) in texts.DELIVERY_STATES.items()}


@dataclass(frozen=True, slots=True)
class EndpointLine:
    """An address as the list shows it."""

    row: EndpointRow

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return self.row.url

    @property
    def href(self) -> str:
        return reverse("notifications:endpoint", args=[self.row.id])

    @property
    def state(self) -> str:
        return "failing" if self.row.state == "active" and self.row.failing_since else self.row.state

    @property
    def kinds(self) -> str:
        count = len(self.row.types)
        return ngettext("%(count)s kind of push", "%(count)s kinds of pushes", count) % {"count": count}

    @property
    def last_ok_at(self) -> datetime | None:
        return self.row.last_ok_at

    @property
    def waiting(self) -> int:
        return self.row.waiting


class EndpointTable(t.Table):
    caption = gettext_lazy("Push addresses")
    row_href = "href"
    columns = (
        t.Column("url", gettext_lazy("Address"), kind="link", sub="kinds", primary=True),
        t.Column("state", gettext_lazy("State"), kind="badge", choices=STATES),
        t.Column("waiting", pgettext_lazy("notifications", "Waiting"), kind="number"),
        t.Column("last_ok_at", gettext_lazy("Last delivered"), kind="datetime", hide_on_phone=True),
    )
    empty = t.Empty("webhook", gettext_lazy("No addresses yet"), gettext_lazy(
        "Give the address of your program, and it hears of new orders, changes of state and stock by itself instead "
        "of asking again and again."), action_label=gettext_lazy("Add an address"),
        action_url="notifications:endpoint_new")


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A push as the log lists it."""

    row: DeliveryRow

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("notifications:delivery", args=[self.row.id])

    @property
    def at(self) -> datetime:
        return self.row.created_at

    @property
    def name(self) -> Any:
        return texts.type_text(self.row.type)

    @property
    def about(self) -> str:
        return f"{self.row.key.partition(':')[2] or self.row.key} · v{self.row.version}"

    @property
    def state(self) -> str:
        return "retrying" if self.row.state == "waiting" and self.row.code else self.row.state

    @property
    def answer(self) -> str:
        return " · ".join(filter(None, (str(self.row.status or ""), self.row.code))) or "—"

    @property
    def tries(self) -> int:
        return self.row.tries

    @property
    def next_at(self) -> datetime | None:
        return self.row.next_at


class LogTable(t.Table):
    caption = gettext_lazy("What was sent in the last 30 days")
    row_href = "url"
    columns = (
        t.Column("name", gettext_lazy("Push"), kind="link", sub="about", primary=True),
        t.Column("state", gettext_lazy("State"), kind="badge", choices=DELIVERY_STATES),
        t.Column("at", gettext_lazy("Time"), kind="datetime"),
        t.Column("answer", gettext_lazy("Last answer"), hide_on_phone=True),
        t.Column("tries", gettext_lazy("Tries"), kind="number"),
        t.Column("next_at", gettext_lazy("Next try"), kind="datetime", hide_on_phone=True),
    )
    tabs = (t.Tab("", gettext_lazy("All")), t.Tab("waiting", pgettext_lazy("notifications", "Waiting")),
            t.Tab("failed", gettext_lazy("Failed")))
    filters = (t.ChoiceFilter("type", gettext_lazy("Push"), choices=tuple(
        (name, texts.type_text(name)) for name in (*rules.TYPES, rules.PING))),)
    empty = t.Empty("send", gettext_lazy("Nothing was sent"), gettext_lazy(
        "Send a test push, or wait until something happens that this address wants to hear of."))
