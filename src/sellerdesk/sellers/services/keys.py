"""Writing about the keys of programs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts_queries
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, mail
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers import events, permissions, queries, rules
from sellerdesk.sellers.errors import KeyReplaced, KeyUnknown, TooManyKeys
from sellerdesk.sellers.errors_team import ApprovalOver, ApprovalRequired
from sellerdesk.sellers.models import ApiKey
from sellerdesk.sellers.queries.approvals import approval
from sellerdesk.sellers.services import approvals, granting
from sellerdesk.sellers.services.telling import NOWHERE, tell, tell_owners
from sellerdesk.sellers.types import KeyCaller, NewKey, SellerRef

#: Roles an API key can have, in the order they are offered; a test compares them with what the Seller API knows.
KEY_ROLES = tuple(permissions.KEY_ROLES)
KEY_NAME_MAX = 80
_TOUCH_SECONDS = 60
_WARN_AT_ONCE = 500


def create_key(*, seller: SellerRef, name: str, roles: Sequence[str], life_days: int | None = None,
               networks: Sequence[str] = (), warehouse_ids: Sequence[int] = (), actor: Actor, user_id: int | None,
               real_now: datetime, info: RequestInfo = NOWHERE, approval_id: int = 0) -> NewKey:
    """Make an API key. The answer holds the key itself, which is kept nowhere.

    `life_days` is at most the dated rule `sellers.key_life_days` (the default); `networks` are CIDR texts, none for
    everywhere; `warehouse_ids` the only warehouses whose orders, stock and returns the key reaches, none for all.
    Raises Invalid with every wrong field, CannotGrant for roles that do what the actor cannot, CannotGrantPlaces for
    warehouses the actor does not work in, TooManyKeys, or, where the shop wants a second person for keys that change
    things, ApprovalRequired and ApprovalOver.
    """
    name = rules.clean_name(name)
    longest = dated.get("sellers.key_life_days", "", real_now).value
    life_days = longest if life_days is None else life_days
    wrong = []
    if not 1 <= len(name) <= KEY_NAME_MAX:
        wrong.append(FieldError("name", "length", _("Give the key a name of 1 to 80 characters."), name[:60]))
    unknown = [role for role in roles if role not in KEY_ROLES]
    if unknown or not roles:
        wrong.append(FieldError("roles", "role_unknown", _("Choose at least one of the roles offered."),
                                ", ".join(unknown)))
    if not 1 <= life_days <= longest:
        wrong.append(FieldError("life_days", "out_of_range", _("A key lives 1 to %(limit)s days."), str(life_days),
                                {"limit": longest}))
    kept, fault = _networks(networks)
    wrong += fault
    if wrong:
        raise Invalid.many(wrong)
    places = sorted(set(warehouse_ids))
    granting.must_work_in(seller, actor, places)
    granting.must_hold(seller, actor, permissions.key_needs(roles, scoped=bool(places)))
    limit = dated.get("sellers.keys_per_shop", "", real_now).value
    with atomic():
        # Keys that live on beside a successor are on their way out, so a shop at its limit can still roll its keys.
        if ApiKey.objects.filter(seller_id=seller.id, deactivated_at=None, expires_at__gt=real_now,
                                 successor=None).count() >= limit:
            raise TooManyKeys(data={"limit": limit})
        if any(permissions.KEY_ROLES[role] for role in roles):
            approvals.require(seller=seller, kind=rules.KEY_WRITE, approval_id=approval_id, actor=actor,
                              wish=_wish(name, roles, life_days, kept, places), real_now=real_now)
        key, secret = _insert(seller, name, [role for role in KEY_ROLES if role in roles], kept, places, life_days,
                              user_id, real_now)
        activity.record(events.KEY_CREATED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                        target_id=key.pk, target_label=name,
                        after={"prefix": key.prefix, "roles": key.roles, "networks": kept, "warehouses": places,
                               "expires_at": key.expires_at.isoformat()})
        tell_owners("key.created", seller=seller, actor=actor, info=info, others=[user_id], name=name,
                    prefix=key.prefix)
    return NewKey(key.pk, secret, key.prefix, key.expires_at)


def _wish(name: str, roles: Sequence[str], life_days: int, networks: list[str], places: list[int]) -> dict[str, Any]:
    """What a second person approves."""
    return {"name": name, "roles": [role for role in KEY_ROLES if role in roles], "life_days": life_days,
            "networks": networks, "warehouse_ids": places}


def create_or_ask(*, seller: SellerRef, name: str, roles: Sequence[str], life_days: int, networks: Sequence[str] = (),
                  warehouse_ids: Sequence[int] = (), actor: Actor, user_id: int, real_now: datetime,
                  info: RequestInfo = NOWHERE) -> NewKey | None:
    """Make a key, or wait for a second person where the shop wants one: None then. Raises what create_key raises."""
    try:
        return create_key(seller=seller, name=name, roles=roles, life_days=life_days, networks=networks,
                          warehouse_ids=warehouse_ids, actor=actor, user_id=user_id, real_now=real_now, info=info)
    except ApprovalRequired:
        name = rules.clean_name(name)
        approvals.ask(seller=seller, kind=rules.KEY_WRITE, label=name, actor=actor, real_now=real_now,
                      wish=_wish(name, roles, life_days, rules.clean_networks(networks)[0],
                                 sorted(set(warehouse_ids))))
        return None


def create_approved(*, seller: SellerRef, approval_id: int, actor: Actor, user_id: int, real_now: datetime,
                    info: RequestInfo = NOWHERE) -> tuple[str, NewKey]:
    """Make the key that a second person approved; only whoever asked sees it. Returns its name and the key.

    Raises NotFound, ApprovalOver, and what create_key raises.
    """
    row = approval(seller, approval_id, real_now)
    if row.kind != rules.KEY_WRITE or row.state != "approved" or row.asked_by_id != user_id:
        raise ApprovalOver()
    return row.label, create_key(seller=seller, **row.wish, actor=actor, user_id=user_id, real_now=real_now, info=info,
                                 approval_id=approval_id)


def _networks(texts: Sequence[str]) -> tuple[list[str], list[FieldError]]:
    kept, bad = rules.clean_networks(texts)
    wrong = []
    if bad:
        wrong.append(FieldError("networks", "network_invalid", _(
            "Not an address or network: %(texts)s. Write for example 203.0.113.7 or 203.0.113.0/24."), bad[0][:60],
            {"texts": ", ".join(text[:60] for text in bad[:3])}))
    if len(kept) > rules.NETWORKS_PER_KEY:
        wrong.append(FieldError("networks", "too_many", _("A key can have at most %(limit)s networks."),
                                str(len(kept)), {"limit": rules.NETWORKS_PER_KEY}))
    return kept, wrong


def _insert(seller: SellerRef, name: str, roles: list[str], networks: list[str], places: list[int], life_days: int,
            user_id: int | None, real_now: datetime) -> tuple[ApiKey, str]:
    secret = rules.make_key(secrets.token_bytes(32), test=seller.twin_of is not None)
    key = ApiKey.objects.create(
        seller_id=seller.id, name=name, prefix=rules.key_prefix(secret), secret_hash=rules.key_hash(secret),
        roles=roles, networks=networks, warehouses=places, created_by_id=user_id, created_at=real_now,
        expires_at=real_now + timedelta(days=life_days), warned_days=rules.warning_due(life_days * 86400))
    return key, secret


def _row(seller: SellerRef, key_id: int) -> ApiKey:
    row = ApiKey.objects.select_for_update().filter(pk=key_id, seller_id=seller.id).first()
    if row is None:
        raise KeyUnknown()
    return row


def set_networks(*, seller: SellerRef, key_id: int, networks: Sequence[str], actor: Actor, real_now: datetime,
                 info: RequestInfo = NOWHERE) -> str:
    """Say where a key may be used from; it counts from the next request on. Returns the key's name.

    Raises KeyUnknown, KeyReplaced for a key that does not work any more, or Invalid for `networks`.
    """
    kept, wrong = _networks(networks)
    if wrong:
        raise Invalid.many(wrong)
    with atomic():
        row = _row(seller, key_id)
        if row.deactivated_at or row.expires_at <= real_now:
            raise KeyReplaced()
        if row.networks != kept:
            before, row.networks = row.networks, kept
            row.save(update_fields=["networks"])
            activity.record(events.KEY_CHANGED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                            target_id=key_id, target_label=row.name, before={"networks": before},
                            after={"networks": kept})
            tell_owners("key.changed", seller=seller, actor=actor, info=info, others=[row.created_by_id],
                        name=row.name)
    return row.name


def rotate_key(*, seller: SellerRef, key_id: int, overlap_hours: int, actor: Actor, user_id: int | None,
               real_now: datetime, info: RequestInfo = NOWHERE) -> NewKey:
    """Replace a key by a new one with the same name, roles, networks, warehouses and length of life.

    The old one lives on for `overlap_hours` (0 to 72), so that programs can be changed over one by one. Raises
    KeyUnknown, KeyReplaced (it does not work any more, or has a successor), CannotGrant or CannotGrantPlaces for a
    key that may do more, or reaches further, than its new holder, or Invalid for `overlap_hours`.
    """
    if not 0 <= overlap_hours <= rules.OVERLAP_HOURS_MAX:
        raise Invalid("out_of_range", _("The old key can live on for 0 to %(limit)s hours."), field="overlap_hours",
                      data={"value": str(overlap_hours), "limit": rules.OVERLAP_HOURS_MAX})
    longest = dated.get("sellers.key_life_days", "", real_now).value
    with atomic():
        old = _row(seller, key_id)
        if old.deactivated_at or old.successor_id or old.expires_at <= real_now:
            raise KeyReplaced()
        granting.must_work_in(seller, actor, old.warehouses)
        granting.must_hold(seller, actor, permissions.key_needs(old.roles, scoped=bool(old.warehouses)))
        life_days = min(longest, max(1, round((old.expires_at - old.created_at) / timedelta(days=1))))
        new, secret = _insert(seller, old.name, old.roles, old.networks, old.warehouses, life_days, user_id,
                              real_now)
        old.successor = new
        if overlap_hours == 0:
            old.deactivated_at = real_now
        else:
            old.expires_at = min(old.expires_at, real_now + timedelta(hours=overlap_hours))
        old.save(update_fields=["successor", "deactivated_at", "expires_at"])
        activity.record(events.KEY_ROTATED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                        target_id=key_id, target_label=old.name, before={"prefix": old.prefix},
                        after={"prefix": new.prefix, "overlap_hours": overlap_hours})
        tell_owners("key.rotated", seller=seller, actor=actor, info=info, others=[user_id, old.created_by_id],
                    name=old.name)
    return NewKey(new.pk, secret, new.prefix, new.expires_at)


def deactivate_key(*, seller: SellerRef, key_id: int, actor: Actor, real_now: datetime,
                   info: RequestInfo = NOWHERE) -> str:
    """Stop a key for good, at once. Doing it again changes nothing. Returns its name. Raises KeyUnknown."""
    with atomic():
        row = _row(seller, key_id)
        if row.deactivated_at is None:
            row.deactivated_at = real_now
            row.save(update_fields=["deactivated_at"])
            activity.record(events.KEY_DEACTIVATED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                            target_id=key_id, target_label=row.name, data={"prefix": row.prefix})
            tell_owners("key.deactivated", seller=seller, actor=actor, info=info, others=[row.created_by_id],
                        name=row.name)
    return row.name


def touch_key(*, caller: KeyCaller, address: str, method: str, real_now: datetime) -> None:
    """Note when, from where and for what a key was used; at most once a minute per key, so reading stays reading."""
    if caller.last_used_at and (real_now - caller.last_used_at).total_seconds() < _TOUCH_SECONDS:
        return
    ApiKey.objects.filter(pk=caller.key_id).update(last_used_at=real_now, last_used_address=address[:45],
                                                   last_used_method=method[:120])


def warn_of_ends(*, real_now: datetime) -> int:
    """Write to the owners of keys that end within 30, 14, 7 and 1 days, once for each. Returns how many keys.

    Keys that live on beside a successor are meant to end, so nobody is warned of them.
    """
    rows = ApiKey.objects.filter(deactivated_at=None, successor=None, expires_at__gt=real_now,
                                 expires_at__lte=real_now + timedelta(days=max(rules.WARNING_DAYS)))
    told = 0
    for row in rows.order_by("expires_at", "pk").values("pk", "seller_id", "name", "prefix", "expires_at",
                                                        "warned_days", "created_by_id")[:_WARN_AT_ONCE]:
        due = rules.warning_due((row["expires_at"] - real_now).total_seconds())
        if due is None or (row["warned_days"] is not None and row["warned_days"] <= due):
            continue
        with atomic():
            # Whoever moves the mark writes; two workers do not both.
            if ApiKey.objects.filter(pk=row["pk"], warned_days=row["warned_days"]).update(warned_days=due):
                _warn(row, due, real_now)
                told += 1
    return told


def _warn(row: Any, days: int, real_now: datetime) -> None:
    seller = queries.seller_ref(row["seller_id"])
    actor = Actor.system("timetable")
    people = {*queries.owners(seller), *([row["created_by_id"]] if row["created_by_id"] else [])}
    for email, language in accounts_queries.contacts(people):
        mail.send(email, "sellers/mail/key_expiring",
                  {"name": row["name"], "prefix": row["prefix"], "shop": seller.name, "days": days,
                   "expires_at": row["expires_at"], "key_id": row["pk"]}, language)
    activity.record(events.KEY_EXPIRING, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                    target_id=row["pk"], target_label=row["name"],
                    data={"days": days, "expires_at": row["expires_at"].isoformat()})
    tell(people, "key.expiring", seller=seller, actor=actor, name=row["name"], day=row["expires_at"].date().isoformat())
