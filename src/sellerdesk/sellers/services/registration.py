"""Registering companies and shops."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import services as accounts
from sellerdesk.accounts.queries.factors import phone_of
from sellerdesk.core import activity, scope, zones
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers import checklist, countries, events, queries, rules, states
from sellerdesk.sellers.errors import CompanyTaken, CountryBlocked, PhoneMissing, ShopNameTaken, TooManyShops
from sellerdesk.sellers.models import Company, Membership, OfferAcceptance, Seller
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import names
from sellerdesk.sellers.services.moving import move
from sellerdesk.sellers.services.onboarding import clean_company, company_faults
from sellerdesk.sellers.types import OfferText, SellerRef


@scope.across_shops()  # whether the company is taken, and a shop that has no number yet
def register_shop(*, user_id: int, legal_name: str, country: str, registration_number: str, shop_name: str,
                  currency: str, time_zone: str = "", language: str, actor: Actor, now: datetime,
                  local_name: str = "", address: str = "", director: str = "", main_category: int | None = None,
                  accepts_offer: bool = False) -> SellerRef:
    """Register a company (or one's own again) with a new shop, and make the person its owner.

    Where the dated rule `sellers.auto_approve` says so the shop may sell at once; otherwise it is a draft until its
    checklist is done, and an operator approves it. Country and currency cannot change later, because taxes, payouts
    and logistics hang on them. The caller creates the first warehouse afterwards.

    Raises CountryBlocked, PhoneMissing, Invalid with every wrong field, CompanyTaken, ShopNameTaken or TooManyShops;
    then nothing is written.
    """
    check_country(country, now)
    if queries.phone_policy(now) == "required" and not phone_of(user_id):
        raise PhoneMissing()
    shop_name = rules.clean_name(shop_name)
    company = clean_company(country, {"legal_name": legal_name, "local_name": local_name, "address": address,
                                      "director": director, "registration_number": registration_number})
    known = countries.COUNTRIES.get(country)
    time_zone = time_zone or (known.time_zone if known else "")
    cross_border = country != settings.MARKETPLACE_COUNTRY
    own_before = {one[2:] for one in queries.own_companies(user_id)}
    again = (country, company["registration_number"]) in own_before
    offer = queries.current_offer(now, language)
    wrong = _faults(country, company, shop_name, currency, time_zone, again=again, cross_border=cross_border, now=now)
    if offer is not None and not accepts_offer:
        wrong.append(FieldError("accepts_offer", "offer_not_accepted", _("Without the offer there is no shop. Read it "
                                                                         "and accept it.")))
    if wrong:
        raise Invalid.many(wrong)
    with atomic():
        own = list(Membership.objects.filter(user_id=user_id, role="owner").values_list(
            "seller__name", "seller__company_id"))
        limit = dated.get("sellers.shops_per_person", "", now).value
        if len(own) >= limit:
            raise TooManyShops(data={"limit": limit})
        if any(name.casefold() == shop_name.casefold() for name, _company_id in own):
            raise ShopNameTaken(field="shop_name", data={"value": shop_name})
        company_id = _company(country, company, {company_id for _name, company_id in own}, now)
        auto = bool(dated.get("sellers.auto_approve", "", now).value["enabled"])
        state = states.ACTIVE if auto else states.DRAFT
        seller = Seller.objects.create(
            company_id=company_id, name=shop_name, currency=currency, language=language, time_zone=time_zone,
            state=state, state_at=now, cross_border=cross_border, main_category=main_category, created_at=now)
        Membership.objects.create(user_id=user_id, seller=seller, role="owner", created_at=now)
        accounts.remember_shop(user_id=user_id, seller_id=seller.pk)
        activity.record(events.SHOP_REGISTERED, now=now, actor=actor, seller_id=seller.pk, target_type="shop",
                        target_id=seller.pk, target_label=shop_name,
                        after={"country": country, "currency": currency, "state": str(state)})
        if not auto:
            names.review_first(seller_id=seller.pk, name=shop_name, user_id=user_id, now=now)
        if offer is not None:
            _accept(seller.pk, offer, user_id, now)
        made = SellerRef(seller.pk, shop_name, currency, country, time_zone, str(state))
        if not auto and not _own_steps(made, now):
            # Nothing is asked of the seller, so the shop goes straight to the reviewer.
            return move("submit", seller_id=made.id, actor=actor, now=now, quiet=True)
    return made


def check_country(country: str, now: datetime) -> None:
    """Raises CountryBlocked with the reason where companies of a country are refused."""
    reason = queries.blocked_countries(now).get(country)
    if reason:
        raise CountryBlocked(message=wording.COUNTRY_REASONS.get(reason, CountryBlocked.message), field="country",
                             data={"value": country})


def _own_steps(seller: SellerRef, now: datetime) -> bool:
    return bool(checklist.open_before_review(queries.progress(seller, now).items))


def _accept(seller_id: int, offer: OfferText, user_id: int, now: datetime) -> None:
    # Recorded as part of the registration, which has an event of its own.
    OfferAcceptance.objects.create(seller_id=seller_id, offer_id=offer.id, user_id=user_id, at=now)


def _faults(country: str, company: dict[str, str], shop_name: str, currency: str, time_zone: str, *, again: bool,
            cross_border: bool, now: datetime) -> list[FieldError]:
    wrong = []
    if not queries.known_country(country):
        wrong.append(FieldError("country", "country_unknown", _("Companies of this country cannot register here yet."),
                                country))
        company = {**company}
        del company["registration_number"]
    else:
        offered = queries.currencies(country, now)
        if currency not in offered:
            wrong.append(FieldError("currency", "currency_not_offered",
                                    _("Companies of this country are paid in: %(currencies)s."), currency,
                                    {"currencies": ", ".join(offered)}))
        if time_zone not in zones.known():
            wrong.append(FieldError("time_zone", "unknown", _("Choose a time zone from the list."), time_zone))
    if not again:
        wrong += company_faults(country, company, cross_border=cross_border, now=now)
    fault = rules.shop_name_fault(shop_name)
    if fault:
        wrong.append(FieldError("shop_name", fault, names.FAULTS[fault], shop_name[:60]))
    return wrong


def _company(country: str, values: dict[str, str], own: set[int], now: datetime) -> int:
    """The company's row: new, or the person's own one. Somebody else's is refused."""
    try:
        with atomic():
            return Company.objects.create(country=country, created_at=now, **values).pk
    except IntegrityError:
        number = values["registration_number"]
        found = Company.objects.filter(country=country, registration_number=number).values_list("pk", flat=True).get()
        if found not in own:
            raise CompanyTaken(field="registration_number", data={"value": number}) from None
        return found
