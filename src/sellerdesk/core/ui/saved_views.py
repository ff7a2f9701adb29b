"""Saved views: a list's filters, tab, sort and columns under a name, for oneself or shared with the shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid, LimitReached, NotFound
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.models import SavedView

MAX_VIEWS = 30
MAX_QUERY = 2000


@dataclass(frozen=True, slots=True)
class View:
    id: int
    name: str
    query: str
    shared: bool
    is_default: bool
    mine: bool


def seller_id_of(request: WebRequest) -> int | None:
    """The shop a person is working in, or None in the console."""
    return getattr(getattr(request, "seller", None), "id", None)


def for_page(*, user_id: int, seller_id: int | None, page: str) -> list[View]:
    """A person's own views of a page and those shared in the shop, by name. One query."""
    rows = SavedView.objects.filter(Q(user_id=user_id) | Q(shared=True), seller_id=seller_id, page=page)
    return [
        View(id_, name, query, shared, is_default and owner == user_id, owner == user_id)
        for id_, owner, name, query, shared, is_default in rows.order_by("name", "id").values_list(
            "id", "user_id", "name", "query", "shared", "is_default"
        )
    ]


def save(
    *, user_id: int, seller_id: int | None, page: str, name: str, query: str, shared: bool, is_default: bool,
    now: datetime,
) -> View:
    """Remember a list's state under a name; the same name again replaces it.

    Raises Invalid (`view_name_empty`, `view_name_long`, `view_query_long`) or LimitReached (`too_many_views`).
    """
    name = " ".join(name.split())
    if not name:
        raise Invalid("view_name_empty", _("Give the view a name."), field="name")
    if len(name) > 80:
        raise Invalid("view_name_long", _("A name of a view has at most 80 characters."), field="name")
    if len(query) > MAX_QUERY:
        raise Invalid("view_query_long", _("These filters are too long to be saved."), field="query")
    with atomic():
        own = SavedView.objects.filter(user_id=user_id, seller_id=seller_id, page=page)
        if not own.filter(name=name).exists() and own.count() >= MAX_VIEWS:
            raise LimitReached("too_many_views", _("You have 30 views here already. Delete one first."))
        if is_default:
            own.update(is_default=False)
        row, _created = own.update_or_create(
            user_id=user_id, seller_id=seller_id, page=page, name=name,
            defaults={"query": query, "shared": shared, "is_default": is_default},
            create_defaults={"query": query, "shared": shared, "is_default": is_default, "created_at": now},
        )
    return View(row.pk, name, query, shared, is_default, True)


def delete(*, user_id: int, seller_id: int | None, view_id: int) -> str:
    """Forget one of a person's own views and return its name. Raises NotFound for anybody else's."""
    row = SavedView.objects.filter(pk=view_id, user_id=user_id, seller_id=seller_id).first()
    if row is None:
        raise NotFound("view_not_found")
    row.delete()
    return row.name


def set_default(*, user_id: int, seller_id: int | None, view_id: int, on: bool) -> str:
    """Open the page with this view from now on (or no longer). Raises NotFound for anybody else's."""
    with atomic():
        row = SavedView.objects.filter(pk=view_id, user_id=user_id, seller_id=seller_id).first()
        if row is None:
            raise NotFound("view_not_found")
        SavedView.objects.filter(user_id=user_id, seller_id=seller_id, page=row.page).update(is_default=False)
        SavedView.objects.filter(pk=row.pk).update(is_default=on)
    return row.name
