"""Asking to work in a shop whose company is registered already.

Only somebody who typed a full, valid number of the company learns that it is here, how many shops it has and, masked,
who owns it; how often they may learn that in a day is limited. Owners turn a request into an invitation, or refuse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import activity, limits, mail, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid, NotFound
from sellerdesk.sellers import countries, events_team, queries
from sellerdesk.sellers.errors_team import AlreadyMember, JoinOver, TooManyJoins
from sellerdesk.sellers.models import JoinRequest, Membership, Seller
from sellerdesk.sellers.queries.shops import in_force
from sellerdesk.sellers.services.moving import owners, send_letter
from sellerdesk.sellers.services.onboarding import NUMBER_FAULTS
from sellerdesk.sellers.types import SellerRef

LIFE = timedelta(days=14)
#: How many companies one person may ask about, and ask to join, in a day.
LOOKS_PER_DAY, ASKS_PER_DAY = 5, 3


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody learns of a company whose number they typed: how many shops, and who owns the first, masked."""

    number: str
    shops: int
    owner: str


@scope.across_shops()  # whoever asks does not work there yet
def about(*, user_id: int, country: str, registration_number: str) -> Taken | None:
    """What somebody may learn whose registration was refused because the company is here; None after too many looks.

    Counts the look, so it is called after the refused registration's transaction has ended.
    """
    number = countries.clean_number(registration_number, country)
    if not limits.hit("company-taken", str(user_id), limit=LOOKS_PER_DAY, seconds=86_400).allowed:
        return None
    seller = _shop(country, number)
    if seller is None:
        return None
    emails = [email for email, _language in accounts.contacts(owners(seller.id)[:1])]
    shops = _shops(country, number).count()
    return Taken(number, shops, mail.masked(emails[0]) if emails else "")


def _shops(country: str, number: str) -> QuerySet[Seller]:
    return Seller.objects.filter(
        twin_of=None, company__country=country, company__registration_number=number).exclude(
        state=Seller.State.CLOSED)


def _shop(country: str, number: str) -> SellerRef | None:
    """The company's oldest shop that is not closed: its owners answer for the company."""
    found = _shops(country, number).order_by("pk").values_list("pk", flat=True).first()
    return queries.seller_ref(found) if found else None


@scope.across_shops()  # whoever asks does not work there yet
def ask(*, user_id: int, country: str, registration_number: str, text: str = "", actor: Actor, real_now: datetime
        ) -> None:
    """Ask the owners of a company's shop to be let in; asking again while it waits changes nothing.

    Raises Invalid for a number that is none or that nobody registered, AlreadyMember, or TooManyJoins.
    """
    number = countries.clean_number(registration_number, country)
    fault = countries.number_fault(country, number)
    if fault:
        raise Invalid.many([FieldError("registration_number", fault, NUMBER_FAULTS[fault], number[:60])])
    if not limits.hit("join-request", str(user_id), limit=ASKS_PER_DAY, seconds=86_400).allowed:
        raise TooManyJoins()
    seller = _shop(country, number)
    if seller is None:
        raise Invalid("company_unknown", _("No company with this number has a shop here. You can register it."),
                      field="registration_number", data={"value": number[:60]})
    if Membership.objects.filter(in_force(real_now), seller_id=seller.id, user_id=user_id).exists():
        raise AlreadyMember(data={"email": actor.label})
    [(email, _language)] = accounts.contacts([user_id])
    try:
        with atomic():
            JoinRequest.objects.filter(seller_id=seller.id, user_id=user_id, state="waiting",
                                       expires_at__lte=real_now).update(state="expired")
            row = JoinRequest.objects.create(seller_id=seller.id, user_id=user_id, text=" ".join(text.split())[:300],
                                             created_at=real_now, expires_at=real_now + LIFE)
            activity.record(events_team.JOIN_ASKED, now=real_now, actor=actor, seller_id=seller.id, target_type="join",
                            target_id=row.pk, target_label=email)
            remarks = [(_("Who"), f"{actor.label} ({email})"), *([(_("Message"), row.text)] if row.text else [])]
            send_letter(owners(seller.id), _("Somebody asks to work in “%(name)s”"), _(
                "They typed the registration number of your company. If you know them, invite them from the page of "
                "your team; if not, refuse. Nobody gets in by asking."), seller=seller, path="/shop/team/",
                remarks=remarks)
    except IntegrityError:
        # The same request waits already.
        return


def refuse(*, seller: SellerRef, join_id: int, actor: Actor, real_now: datetime) -> str:
    """Say no; whoever asked is told by mail. Returns their address. Raises NotFound, or JoinOver for one decided."""
    with atomic():
        row = JoinRequest.objects.filter(pk=join_id, seller_id=seller.id).values_list(
            "user_id", "user__email").first()
        if row is None:
            raise NotFound("join_request_not_found")
        if not JoinRequest.objects.filter(pk=join_id, seller_id=seller.id, state="waiting",
                                          expires_at__gt=real_now).update(
                state="refused", decided_by_id=int(actor.id), decided_at=real_now):
            raise JoinOver()
        activity.record(events_team.JOIN_REFUSED, now=real_now, actor=actor, seller_id=seller.id, target_type="join",
                        target_id=join_id, target_label=row[1])
        send_letter([row[0]], _("Your request to work in a shop was refused"), _(
            "The owners of the company you named did not let you in. If you think this is a mistake, talk to them."),
            seller=seller, path="/shops/")
    return row[1]


def invited(*, seller: SellerRef, email: str, actor: Actor, real_now: datetime) -> None:
    """In the transaction of an invitation: whoever asked to be let in has their answer."""
    JoinRequest.objects.filter(seller_id=seller.id, user__email=email, state="waiting").update(
        state="invited", decided_by_id=int(actor.id), decided_at=real_now)
