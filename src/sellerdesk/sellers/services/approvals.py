"""Acts that need a second person: asking, deciding, and using what was approved. The act itself stays where it is.

A domain that wants a second person calls `second_person` in the transaction of the act, with exactly what it is about
to do. Its page catches ApprovalRequired and asks by `ask_for`; once somebody else has approved, whoever asked does the
same again. Keys, whose making shows a secret once, name the approval instead (`require`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers import events_team, permissions, rules
from sellerdesk.sellers.errors_team import ApprovalOver, ApprovalRequired, NobodyToApprove, OwnRequest
from sellerdesk.sellers.models import Approval, SecurityPolicy
from sellerdesk.sellers.queries import approvals as reading
from sellerdesk.sellers.queries import team
from sellerdesk.sellers.services import granting
from sellerdesk.sellers.services.moving import send_letter
from sellerdesk.sellers.services.telling import NOWHERE, tell_owners
from sellerdesk.sellers.team_types import Member
from sellerdesk.sellers.types import SellerRef

#: For the domains above, which see services and not rules.
WAREHOUSE_ARCHIVE, PRICE_DROP = rules.WAREHOUSE_ARCHIVE, rules.PRICE_DROP
#: The right that doing an act of a kind asks for; whoever approves it holds it too.
RIGHT_OF = {rules.KEY_WRITE: permissions.KEY_CREATE, rules.WAREHOUSE_ARCHIVE: permissions.WAREHOUSE_ARCHIVE,
            rules.PRICE_DROP: permissions.QUARANTINE_RELEASE, rules.SHOP_CLOSE: permissions.SHOP_CLOSE,
            rules.RULE_OFF: permissions.TWO_PEOPLE_EDIT}


def set_two_people(*, seller: SellerRef, kinds: Collection[str], actor: Actor, real_now: datetime,
                   info: RequestInfo = NOWHERE) -> None:
    """Say which acts need a second person; every owner is written to.

    Asking for fewer needs a second person itself, as long as there is one: otherwise the rule would bind nobody.
    Raises Invalid for a kind we do not know, NobodyToApprove where nobody but the actor could approve, and
    ApprovalRequired.
    """
    if unknown := set(kinds) - set(rules.TWO_PEOPLE):
        raise Invalid("unknown", _("Choose from the acts offered."), field="kinds",
                      data={"value": ", ".join(sorted(unknown))[:60]})
    after = sorted(kinds)
    with atomic():
        granting.one_at_a_time(seller)
        before = sorted(reading.two_people(seller))
        if before == after:
            return
        people = team.team(seller)
        if not all(_deciders(people, kind, actor) for kind in set(after) - set(before)):
            raise NobodyToApprove()
        if set(before) - set(after) and _deciders(people, rules.RULE_OFF, actor):
            second_person(seller=seller, kind=rules.RULE_OFF, wish={"two_people": after}, label=seller.name,
                          actor=actor, real_now=real_now, always=True)
        SecurityPolicy.objects.update_or_create(pk=seller.id, defaults={"two_people": after, "updated_at": real_now})
        activity.record(events_team.TWO_PEOPLE_CHANGED, now=real_now, actor=actor, seller_id=seller.id,
                        target_type="seller", target_id=seller.id, target_label=seller.name,
                        before={"two_people": before}, after={"two_people": after})
        tell_owners("role.policy_changed", seller=seller, actor=actor, info=info)


def _deciders(people: Sequence[Member], kind: str, actor: Actor) -> list[int]:
    """Who could decide about an act of this kind that the actor asks for."""
    needed = {permissions.APPROVAL_DECIDE, RIGHT_OF[kind]}
    return [one.user_id for one in people if needed <= one.rights and str(one.user_id) != actor.id]


def ask(*, seller: SellerRef, kind: str, label: str, wish: Mapping[str, Any], actor: Actor, real_now: datetime) -> int:
    """Wait for a second person with an act that was checked already; those who can decide are written to.

    Returns the request's id.
    """
    days = dated.get("sellers.approval_days", "", real_now).value
    with atomic():
        row = Approval.objects.create(
            seller_id=seller.id, kind=kind, wish=dict(wish), label=label[:200], asked_by_id=int(actor.id),
            asked_at=real_now, expires_at=real_now + timedelta(days=days))
        activity.record(events_team.APPROVAL_ASKED, now=real_now, actor=actor, seller_id=seller.id,
                        target_type="approval", target_id=row.pk, target_label=label, after=dict(wish))
        send_letter(_deciders(team.team(seller), kind, actor), _("Somebody in “%(name)s” waits for your approval"), _(
            "The shop does not leave this to one person alone. Look at what is asked for, then approve or refuse it. "
            "If it surprises you, refuse it and ask the person named below."), seller=seller, path="/shop/approvals/",
            remarks=[(_("Asked by"), actor.label), (_("What"), label)])
    return row.pk


def ask_for(refused: ApprovalRequired, *, seller: SellerRef, actor: Actor, real_now: datetime) -> int:
    """Ask for what `second_person` has just refused; asking again while it waits changes nothing. Returns its id."""
    kind, wish, label = (refused.data[name] for name in ("kind", "wish", "label"))
    with atomic():
        granting.one_at_a_time(seller)
        for pk, kept in _own(seller, kind, actor, "waiting", real_now):
            if kept == wish:
                return pk
        return ask(seller=seller, kind=kind, label=label, wish=wish, actor=actor, real_now=real_now)


def second_person(*, seller: SellerRef, kind: str, wish: Mapping[str, Any], label: str, actor: Actor,
                  real_now: datetime, always: bool = False) -> None:
    """In the transaction of an act: nothing where the shop wants no second person (`always`: it does), else use up the
    approval that somebody else gave the actor for exactly this.

    The marketplace's own doings wait for nobody. Raises ApprovalRequired, which `ask_for` understands.
    """
    if actor.kind == "system" or not (always or kind in reading.two_people(seller)):
        return
    for pk, kept in _own(seller, kind, actor, "approved", real_now):
        if kept == wish and Approval.objects.filter(pk=pk, seller_id=seller.id, state="approved").update(state="done"):
            return
    raise ApprovalRequired(data={"kind": kind, "wish": dict(wish), "label": label})


def _own(seller: SellerRef, kind: str, actor: Actor, state: str, real_now: datetime
         ) -> list[tuple[int, dict[str, Any]]]:
    if actor.kind != "user":
        return []
    rows = Approval.objects.filter(seller_id=seller.id, kind=kind, asked_by_id=int(actor.id), state=state,
                                   expires_at__gt=real_now)
    return list(rows.order_by("pk").values_list("pk", "wish"))


def decide(*, seller: SellerRef, approval_id: int, approve: bool, actor: Actor, real_now: datetime) -> str:
    """Approve or refuse what somebody else asks for. Returns what it was.

    Raises NotFound, OwnRequest, CannotGrant for somebody who could not do it themself, or ApprovalOver.
    """
    with atomic():
        row = reading.approval(seller, approval_id, real_now)
        if str(row.asked_by_id) == actor.id:
            raise OwnRequest()
        granting.granter(seller, int(actor.id)).must_hold(
            frozenset({permissions.APPROVAL_DECIDE, RIGHT_OF[row.kind]}))
        moved = Approval.objects.filter(pk=row.id, seller_id=seller.id, state="waiting",
                                        expires_at__gt=real_now).update(
            state="approved" if approve else "refused", decided_by_id=int(actor.id), decided_at=real_now)
        if not moved:
            raise ApprovalOver()
        activity.record(events_team.APPROVAL_GIVEN if approve else events_team.APPROVAL_REFUSED, now=real_now,
                        actor=actor, seller_id=seller.id, target_type="approval", target_id=row.id,
                        target_label=row.label)
    return row.label


def require(*, seller: SellerRef, kind: str, wish: Mapping[str, Any], approval_id: int, actor: Actor,
            real_now: datetime) -> None:
    """In the transaction of an act: nothing where the shop wants no second person, else use the approval up.

    Raises ApprovalRequired without one, ApprovalOver for one that is not this person's, not of this act, or used.
    """
    if kind not in reading.two_people(seller):
        return
    if not approval_id:
        raise ApprovalRequired()
    row = reading.approval(seller, approval_id, real_now)
    if (row.kind, dict(row.wish), str(row.asked_by_id)) != (kind, dict(wish), actor.id) or not Approval.objects.filter(
            pk=row.id, seller_id=seller.id, state="approved", expires_at__gt=real_now).update(state="done"):
        raise ApprovalOver()
