"""Inviting people to work in a shop."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts_queries
from sellerdesk.accounts import services as accounts
from sellerdesk.accounts.queries.presence import owns_address
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, crypto, limits, mail, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Forbidden, Invalid, NotFound
from sellerdesk.sellers import events, events_team
from sellerdesk.sellers import rights as registry
from sellerdesk.sellers.errors_team import (
    AlreadyInvited,
    AlreadyMember,
    InvitationOver,
    OtherAddress,
    TooManyInvitations,
)
from sellerdesk.sellers.models import Invitation, Membership
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.queries.shops import in_force, seller_ref
from sellerdesk.sellers.services import granting, joining
from sellerdesk.sellers.services.team import columns, plain
from sellerdesk.sellers.services.telling import NOWHERE, tell
from sellerdesk.sellers.team_types import Letter, Terms
from sellerdesk.sellers.types import SellerRef

LIFE = timedelta(hours=24)
#: Invitations of one shop a day, so that nobody sends mail through us.
MAILS_PER_DAY = 50
_CLOSED_AT_ONCE = 500


def invite(*, seller: SellerRef, email: str, terms: Terms, language: str, actor: Actor, real_now: datetime,
           info: RequestInfo = NOWHERE) -> int:
    """Write to somebody with a link that lets them join within a day. Returns the invitation's id.

    `language` is used for people we do not know. Raises Invalid with every wrong field, AlreadyMember, AlreadyInvited,
    CannotGrant, CannotGrantPlaces or TooManyInvitations.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid("email_invalid", _("Write an e-mail address, for example name@example.com."), field="email",
                      data={"value": email[:60]}) from None
    with atomic():
        granting.one_at_a_time(seller)
        granting.check(seller, granting.granter(seller, int(actor.id)), terms, real_now)
        user_id = accounts_queries.id_of(email)
        if user_id and Membership.objects.filter(in_force(real_now), seller_id=seller.id, user_id=user_id).exists():
            raise AlreadyMember(field="email", data={"email": email})
        open_ = Invitation.objects.filter(seller_id=seller.id, email=email, state="pending", expires_at__gt=real_now)
        if open_.exists():
            raise AlreadyInvited(field="email", data={"email": email})
        _count(seller)
        token = crypto.token()
        kept = columns(terms)
        row = Invitation.objects.create(
            seller_id=seller.id, email=email, role=kept["role"], warehouses=kept["warehouses"],
            member_until=kept["until"], limits=kept["limits"], read_only=kept["read_only"],
            token_hash=crypto.digest(token), invited_by_id=int(actor.id), created_at=real_now,
            expires_at=real_now + LIFE)
        joining.invited(seller=seller, email=email, actor=actor, real_now=real_now)
        _write(seller, email, terms, token, actor, language)
        activity.record(events_team.INVITED, now=real_now, actor=actor, seller_id=seller.id, target_type="invitation",
                        target_id=row.pk, target_label=email, after=plain(terms))
        tell([int(actor.id)], "invite.sent", seller=seller, actor=actor, info=info, email=email)
        if user_id:
            tell([user_id], "invite.received", seller=seller, actor=actor, info=NOWHERE)
    return row.pk


def _count(seller: SellerRef) -> None:
    verdict = limits.hit("invitation", str(seller.id), limit=MAILS_PER_DAY, seconds=86_400)
    if not verdict.allowed:
        raise TooManyInvitations(retry_after_seconds=verdict.retry_after_seconds)


def _write(seller: SellerRef, email: str, terms: Terms, token: str, actor: Actor, language: str) -> None:
    language = accounts_queries.language_of(email) or language
    own = next((one.name for one in reading.own_roles(seller) if one.key == terms.role), "")
    with translation.override(language):
        role = registry.role_name(terms.role, own)
    mail.send(email, "sellers/mail/invitation", {
        "shop": seller.name, "by": actor.label, "role": role, "until": terms.until,
        "link": settings.SITE_URL + reverse("sellers:invitation", args=[token])}, language)


def resend(*, seller: SellerRef, invitation_id: int, language: str, actor: Actor, real_now: datetime,
           info: RequestInfo = NOWHERE) -> str:
    """A new link for another day; the old one dies. Returns the address.

    Raises NotFound, InvitationOver for one that was accepted, declined or withdrawn, CannotGrant, TooManyInvitations.
    """
    with atomic():
        granting.one_at_a_time(seller)
        row, terms = _row(seller, invitation_id)
        if row.state != "pending":
            raise InvitationOver()
        # Whoever sends it again answers for it from now on.
        granting.check(seller, granting.granter(seller, int(actor.id)), terms, real_now)
        _count(seller)
        token = crypto.token()
        Invitation.objects.filter(pk=row.pk).update(
            token_hash=crypto.digest(token), expires_at=real_now + LIFE, invited_by_id=int(actor.id))
        _write(seller, row.email, terms, token, actor, language)
        activity.record(events_team.INVITATION_RESENT, now=real_now, actor=actor, seller_id=seller.id,
                        target_type="invitation", target_id=row.pk, target_label=row.email)
        tell([int(actor.id)], "invite.sent", seller=seller, actor=actor, info=info, email=row.email)
    return row.email


def _row(seller: SellerRef, invitation_id: int) -> tuple[Invitation, Terms]:
    row = Invitation.objects.select_for_update().filter(pk=invitation_id, seller_id=seller.id).first()
    if row is None:
        raise NotFound("invitation_not_found")
    return row, reading.terms_of(row.role, row.warehouses, row.member_until, row.limits, row.read_only)


def revoke(*, seller: SellerRef, invitation_id: int, actor: Actor, real_now: datetime,
           info: RequestInfo = NOWHERE) -> str:
    """Withdraw an invitation; its link dies. Twice changes nothing. Returns the address.

    Raises NotFound, or InvitationOver for one that was accepted or declined.
    """
    with atomic():
        row, _terms = _row(seller, invitation_id)
        if row.state in ("accepted", "declined"):
            raise InvitationOver()
        if row.state == "pending":
            _close(row, "revoked", real_now)
            activity.record(events_team.INVITATION_REVOKED, now=real_now, actor=actor, seller_id=seller.id,
                            target_type="invitation", target_id=row.pk, target_label=row.email)
            tell([int(actor.id)], "invite.revoked", seller=seller, actor=actor, info=info, email=row.email)
    return row.email


def _close(row: Invitation, state: str, real_now: datetime) -> None:
    row.state, row.closed_at = state, real_now
    row.save(update_fields=["state", "closed_at"])


def _open(letter: Letter, token: str, user_id: int, real_now: datetime) -> Invitation:
    """The invitation, locked, if this person may answer it. Raises InvitationOver, OtherAddress."""
    granting.one_at_a_time(letter.seller)
    row = Invitation.objects.select_for_update().get(pk=letter.id)
    if row.token_hash != crypto.digest(token) or row.state != "pending" or row.expires_at <= real_now:
        raise InvitationOver()
    if not owns_address(user_id, row.email):
        raise OtherAddress()
    return row


def accept(*, token: str, user_id: int, label: str, actor: Actor, real_now: datetime,
           info: RequestInfo = NOWHERE) -> SellerRef:
    """Join the shop; the next page opens there.

    Only somebody who proved that the invited address is theirs can. Raises NotFound, OtherAddress, AlreadyMember, or
    InvitationOver, also when whoever invited may no longer give these rights.
    """
    letter = reading.letter(token)
    seller, terms = letter.seller, letter.terms
    # Whoever answers stands in another shop, or in none.
    with scope.one_shop(seller.id), atomic():
        row = _open(letter, token, user_id, real_now)
        if Membership.objects.filter(in_force(real_now), seller_id=seller.id, user_id=user_id).exists():
            raise AlreadyMember(data={"email": row.email})
        try:
            granting.check(seller, granting.granter(seller, row.invited_by_id or 0), terms, real_now)
        except (Forbidden, Invalid):
            raise InvitationOver() from None
        Membership.objects.update_or_create(user_id=user_id, seller_id=seller.id,
                                            defaults={**columns(terms), "created_at": real_now})
        _close(row, "accepted", real_now)
        accounts.remember_shop(user_id=user_id, seller_id=seller.id)
        activity.record(events.MEMBER_ADDED, now=real_now, actor=actor, seller_id=seller.id, target_type="user",
                        target_id=user_id, target_label=label, after=plain(terms))
        activity.record(events_team.INVITATION_ACCEPTED, now=real_now, actor=actor, seller_id=seller.id,
                        target_type="invitation", target_id=row.pk, target_label=label)
        tell([user_id], "invite.accepted", seller=seller, actor=actor, info=info)
        tell([user_id], "role.granted", seller=seller, actor=actor, info=info,
             role=granting.role_name_for(user_id, seller, terms.role))
        if row.invited_by_id:
            tell([row.invited_by_id], "role.given", seller=seller, actor=actor, person=label,
                 role=granting.role_name_for(row.invited_by_id, seller, terms.role))
    return seller


def decline(*, token: str, user_id: int, label: str, actor: Actor, real_now: datetime,
            info: RequestInfo = NOWHERE) -> str:
    """Say no. Returns the shop's name. Raises NotFound, OtherAddress or InvitationOver."""
    letter = reading.letter(token)
    with scope.one_shop(letter.seller.id), atomic():
        row = _open(letter, token, user_id, real_now)
        _close(row, "declined", real_now)
        activity.record(events_team.INVITATION_DECLINED, now=real_now, actor=actor, seller_id=letter.seller.id,
                        target_type="invitation", target_id=row.pk, target_label=label)
        tell([user_id, row.invited_by_id], "invite.declined", seller=letter.seller, actor=actor, info=info)
    return letter.seller.name


def close_old(*, real_now: datetime) -> int:
    """Mark invitations that nobody answered in time, and tell who sent them. Returns how many."""
    rows = list(Invitation.objects.filter(state="pending", expires_at__lte=real_now).order_by("pk")[:_CLOSED_AT_ONCE])
    for row in rows:
        with atomic():
            if Invitation.objects.filter(pk=row.pk, state="pending", expires_at__lte=real_now).update(
                    state="expired", closed_at=real_now):
                tell([row.invited_by_id], "invite.expired", seller=seller_ref(row.seller_id),
                     actor=Actor.system("timetable"), email=row.email)
    return len(rows)
