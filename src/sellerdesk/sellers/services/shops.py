"""Registering shops, letting them sell, changing between them."""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts_queries
from sellerdesk.accounts import services as accounts
from sellerdesk.core import activity, mail
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid, NotFound
from sellerdesk.sellers import events, queries, rules
from sellerdesk.sellers.errors import CompanyTaken, ShopNameTaken, TooManyShops
from sellerdesk.sellers.models import Company, Membership, Seller
from sellerdesk.sellers.types import SellerRef

_SHOP_NAME_FAULTS = {
    "length": _("A shop name has 2 to 140 characters."),
    "letters": _("A shop name needs letters."),
    "emoji": _("Leave out emoji and other pictures."),
    "contact": _("Leave out web addresses, telephone numbers and messengers: buyers write to you in the marketplace."),
    "platform": _("A shop name must not look like the marketplace itself."),
    "boast": _("Leave out words such as “best” or “No. 1”: advertising law asks for proof of them."),
}
_NUMBER_FAULTS = {
    "pattern": _("This does not look like a registration number of the chosen country. Copy it from the papers."),
    "check_digit": _("The check digit is wrong, so there is a typing error somewhere. Compare with the papers."),
}


def register_shop(*, user_id: int, legal_name: str, country: str, registration_number: str, shop_name: str,
                  currency: str, time_zone: str = "", language: str, actor: Actor, now: datetime) -> SellerRef:
    """Register a company (or one's own again) with a new shop, and make the person its owner.

    In the demo the shop may sell at once; otherwise an operator approves it. Country and currency cannot change later,
    because taxes, payouts and logistics hang on them. The caller creates the first warehouse afterwards.

    Raises Invalid with every wrong field, CompanyTaken, ShopNameTaken or TooManyShops; then nothing is written.
    """
    legal_name, shop_name = rules.clean_name(legal_name), rules.clean_name(shop_name)
    number = rules.clean_number(registration_number)
    time_zone = time_zone or (rules.COUNTRIES[country].time_zone if country in rules.COUNTRIES else "")
    wrong = _registration_faults(legal_name, country, number, shop_name, currency, time_zone)
    if wrong:
        raise Invalid.many(wrong)
    state = Seller.State.ACTIVE if settings.DEMO else Seller.State.IN_REVIEW
    with atomic():
        own = list(Membership.objects.filter(user_id=user_id, role="owner").values_list(
            "seller__name", "seller__company_id"))
        limit = dated.get("sellers.shops_per_person", "", now).value
        if len(own) >= limit:
            raise TooManyShops(data={"limit": limit})
        if any(name.casefold() == shop_name.casefold() for name, _company in own):
            raise ShopNameTaken(field="shop_name", data={"value": shop_name})
        company_id = _company(country, number, legal_name, {company for _name, company in own}, now)
        seller = Seller.objects.create(company_id=company_id, name=shop_name, currency=currency, language=language,
                                       time_zone=time_zone, state=state, created_at=now)
        Membership.objects.create(user_id=user_id, seller=seller, role="owner", created_at=now)
        accounts.remember_shop(user_id=user_id, seller_id=seller.pk)
        activity.record(events.SHOP_REGISTERED, now=now, actor=actor, seller_id=seller.pk, target_type="shop",
                        target_id=seller.pk, target_label=shop_name,
                        after={"country": country, "currency": currency, "state": str(state)})
    return SellerRef(seller.pk, shop_name, currency, country, time_zone, str(state))


def _registration_faults(legal_name: str, country: str, number: str, shop_name: str, currency: str,
                         time_zone: str) -> list[FieldError]:
    wrong = []
    known = rules.COUNTRIES.get(country)
    if known is None:
        wrong.append(FieldError("country", "country_unknown", _("Companies of this country cannot register here yet."),
                                country))
    else:
        fault = rules.number_fault(country, number)
        if fault:
            wrong.append(FieldError("registration_number", fault, _NUMBER_FAULTS[fault], number))
        if currency not in known.currencies:
            wrong.append(FieldError("currency", "currency_not_offered",
                                    _("Companies of this country are paid in: %(currencies)s."), currency,
                                    {"currencies": ", ".join(known.currencies)}))
    if not 2 <= len(legal_name) <= rules.LEGAL_NAME_MAX:
        wrong.append(FieldError("legal_name", "length", _("Write the name as in the company's papers, "
                                                          "2 to 200 characters."), legal_name[:60]))
    fault = rules.shop_name_fault(shop_name)
    if fault:
        wrong.append(FieldError("shop_name", fault, _SHOP_NAME_FAULTS[fault], shop_name[:60]))
    if known is not None and time_zone not in zoneinfo.available_timezones():
        wrong.append(FieldError("time_zone", "unknown", _("Choose a time zone from the list."), time_zone))
    return wrong


def _company(country: str, number: str, legal_name: str, own: set[int], now: datetime) -> int:
    """The company's row: new, or the person's own one. Somebody else's is refused."""
    try:
        with atomic():
            return Company.objects.create(country=country, registration_number=number, legal_name=legal_name,
                                          created_at=now).pk
    except IntegrityError:
        found = Company.objects.filter(country=country, registration_number=number).values_list("pk", flat=True).get()
        if found not in own:
            raise CompanyTaken(field="registration_number", data={"value": number}) from None
        return found


def approve_shop(*, seller_id: int, actor: Actor, now: datetime) -> SellerRef:
    """An operator lets a shop sell, and its owners get a mail. Twice changes nothing. Raises NotFound."""
    with atomic():
        moved = Seller.objects.filter(pk=seller_id, state=Seller.State.IN_REVIEW).update(state=Seller.State.ACTIVE)
        seller = queries.seller_ref(seller_id)
        if moved:
            for email, language in accounts_queries.contacts(_owners(seller_id)):
                mail.send(email, "sellers/mail/approved", {"name": seller.name}, language)
            activity.record(events.SHOP_APPROVED, now=now, actor=actor, seller_id=seller_id, target_type="shop",
                            target_id=seller_id, target_label=seller.name, before={"state": "in_review"},
                            after={"state": "active"})
    return seller


def _owners(seller_id: int) -> list[int]:
    return list(Membership.objects.filter(seller_id=seller_id, role="owner").values_list("user_id", flat=True))


def switch_shop(*, user_id: int, seller_id: int) -> None:
    """Work in another of one's shops from now on. Raises NotFound for a shop one does not belong to."""
    if not Membership.objects.filter(user_id=user_id, seller_id=seller_id).exists():
        raise NotFound("seller_not_found")
    accounts.remember_shop(user_id=user_id, seller_id=seller_id)
