"""Reading about shops and the companies behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery

from sellerdesk.core import clock, scope
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.types import Page
from sellerdesk.sellers import permissions, rules
from sellerdesk.sellers.models import Approval, Company, CustomRole, Membership, SecurityPolicy, Seller
from sellerdesk.sellers.types import CompanyInfo, SellerRef, SellerRow, Shop

REF = ("id", "name", "currency", "company__country", "time_zone", "state", "twin_of_id")


def seller_ref(seller_id: int) -> SellerRef:
    """A shop by its id. For doors that have proved the right already. Raises NotFound."""
    row = Seller.objects.filter(pk=seller_id).values_list(*REF).first()
    if row is None:
        raise NotFound("seller_not_found")
    return SellerRef(*row)


def shop_language(seller: SellerRef) -> str:
    """The language a shop was registered in: that of papers made without anybody asking. One query."""
    return Seller.objects.filter(pk=seller.id).values_list("language", flat=True).get()


def active_sellers() -> list[SellerRef]:
    """Every shop of the clock in force that may sell, oldest first."""
    rows = Seller.objects.filter(clock.shops("pk"), state=Seller.State.ACTIVE).order_by("pk").values_list(*REF)
    return [SellerRef(*row) for row in rows]


def active_names(ids: Iterable[int] | None = None) -> list[tuple[int, str]]:
    """Ids and names of the shops of the clock in force that may sell, or of those of them that are named; by name. One
    query."""
    rows = Seller.objects.filter(clock.shops("pk"), state=Seller.State.ACTIVE)
    if ids is not None:
        rows = rows.filter(pk__in=set(ids))
    return list(rows.order_by("name", "pk").values_list("id", "name"))


_POLICY = SecurityPolicy.objects.filter(pk=OuterRef("seller_id"))
_TWIN = Seller.objects.filter(twin_of_id=OuterRef("seller_id"))
OWN_ROLE = CustomRole.objects.filter(seller_id=OuterRef("seller_id"), key=OuterRef("role"))


def in_force(at: datetime) -> Q:
    """Memberships that have not ended."""
    return Q(until=None) | Q(until__gt=at)


@scope.across_shops()  # before the person's shop is known
def shops_of_user(user_id: int) -> list[Shop]:
    """The shops somebody works in, oldest first, closed ones left out, with what they may do there. One query.

    Each is followed by its test twin, where it has one: whoever works in all of a shop may work in its twin. Somebody
    of single warehouses may not, since the twin's warehouses are others.
    """
    now = clock.real_now()
    waiting = Approval.objects.filter(seller_id=OuterRef("seller_id"), state="waiting", expires_at__gt=now).exclude(
        asked_by_id=user_id).order_by().values("seller_id").annotate(count=Count("pk")).values("count")
    rows = (Membership.objects.filter(in_force(now), user_id=user_id)
            .exclude(seller__state=Seller.State.CLOSED)
            .annotate(policy=_POLICY.values("second_factor")[:1], policy_from=_POLICY.values("from_at")[:1],
                      sessions=_POLICY.values("sessions")[:1],
                      own_name=OWN_ROLE.values("name")[:1], own_rights=OWN_ROLE.values("rights")[:1],
                      waiting=Subquery(waiting), twin_id=_TWIN.values("pk")[:1], twin_name=_TWIN.values("name")[:1],
                      twin_state=_TWIN.values("state")[:1])
            .order_by("seller_id").values_list(
                *(f"seller__{name}" for name in REF), "role", "policy", "policy_from", "own_name", "own_rights",
                "warehouses", "until", "limits", "read_only", "waiting", "sessions", "twin_id",
                "twin_name", "twin_state"))
    found = []
    for row in rows:
        shop = _shop(SellerRef(*row[:len(REF)]), *row[len(REF):-3])
        found.append(shop)
        if row[-3] is not None and not shop.warehouse_ids:
            found.append(_twin(shop, *row[-3:]))
    return found


def _twin(shop: Shop, twin_id: int, name: str, state: str) -> Shop:
    """The test twin of somebody's shop, on the same terms."""
    return replace(shop, ref=replace(shop.ref, id=twin_id, name=name, state=state, twin_of=shop.id), approvals=0,
                   rights=shop.rights - permissions.TWIN_NEVER)


def _shop(ref: SellerRef, role: str, policy: str | None, policy_from: datetime | None, own_name: str | None,
          own_rights: list[str] | None, warehouses: list[int], until: datetime | None, limits: dict[str, int],
          read_only: bool, waiting: int | None, sessions: dict[str, list[int]] | None) -> Shop:
    rights = permissions.effective(role, own_rights or (), scoped=bool(warehouses), delegated=bool(until or limits),
                                   read_only=read_only)
    asked = rules.needs_second_factor(policy, permissions.kind_of(role, rights))
    return Shop(ref, role, policy_from if asked else None, rights, own_name or "", tuple(warehouses), until,
                waiting or 0, limits_of((sessions or {}).get(role)))


def limits_of(kept: list[int] | None) -> tuple[int, int] | None:
    return (kept[0], kept[1]) if kept else None


@scope.across_shops()  # seen from the one and from the other
def twin(seller: SellerRef) -> SellerRef | None:
    """The test twin of a live shop; None where it has none, or is one itself. One query."""
    row = Seller.objects.filter(twin_of_id=seller.id).values_list(*REF).first()
    return SellerRef(*row) if row else None


@scope.across_shops()  # every shop of one person
def shop_names(user_id: int) -> list[str]:
    """Names of somebody's shops and companies: words that make weak passwords."""
    rows = Membership.objects.filter(user_id=user_id).values_list("seller__name", "seller__company__legal_name")
    return [name for row in rows for name in row]


@scope.across_shops()  # its other shops are counted
def company(seller: SellerRef) -> CompanyInfo:
    """The legal person behind a shop. Raises NotFound."""
    row = Company.objects.filter(pk__in=Seller.objects.filter(pk=seller.id).values("company_id")).values_list(
        "id", "legal_name", "country", "registration_number", "created_at").first()
    if row is None:
        raise NotFound("seller_not_found")
    return CompanyInfo(*row, shops=Seller.objects.filter(company_id=row[0], twin_of=None).count())


# -- for operators -----------------------------------------------------------------------------------------------------

_OWNER = Membership.objects.filter(seller=OuterRef("pk"), role="owner").order_by("pk").values("user__email")[:1]


def sellers_page(*, cursor: str | None, limit: int, search: str = "", state: str = "") -> Page[SellerRow]:
    """All shops for operators, newest first. `search` looks at names, numbers, owners' addresses and ids.

    Raises Invalid `cursor_invalid`.
    """
    rows = Seller.objects.filter(twin_of=None).annotate(owner_email=Subquery(_OWNER))
    if state:
        rows = rows.filter(state=state)
    if search:
        found = Q(company__registration_number__icontains=search) | Q(owner_email__icontains=search)
        # SQLite folds the case of Latin letters only, so the usual spellings of other scripts are asked for by name.
        for spelling in {search, search.lower(), search.upper(), search.capitalize()}:
            found |= Q(name__icontains=spelling) | Q(company__legal_name__icontains=spelling)
        if search.isascii() and search.isdigit() and len(search) < 19:
            found |= Q(pk=int(search))
        rows = rows.filter(found)
    back = False
    if cursor:
        way, last = cursor_decode(cursor, 2)
        if not isinstance(last, int):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
        back = way == "p"
        rows = rows.filter(pk__gt=last) if back else rows.filter(pk__lt=last)
    picked = [SellerRow(*row) for row in rows.order_by("pk" if back else "-pk").values_list(
        "id", "name", "company__legal_name", "company__country", "company__registration_number", "currency", "state",
        "owner_email", "created_at")[:limit + 1]]
    more = len(picked) > limit
    picked = picked[:limit]
    if back:
        picked.reverse()
    has_next, has_prev = (True, more) if back else (more, bool(cursor))
    return Page(picked,
                next_cursor=cursor_encode("n", picked[-1].id) if picked and has_next else "",
                prev_cursor=cursor_encode("p", picked[0].id) if picked and has_prev else "")


def state_counts() -> dict[str, int]:
    """How many shops are in each state."""
    counts = Seller.objects.filter(twin_of=None).order_by().values_list("state").annotate(count=Count("pk"))
    return {**dict.fromkeys(Seller.State.values, 0), **dict(counts)}


def names(seller_ids: Iterable[int]) -> dict[int, str]:
    """Shops by id, for lists that run over all of them. One query."""
    return dict(Seller.objects.filter(pk__in=set(seller_ids)).values_list("pk", "name"))
