"""What a seller does on the way to selling: correct data, confirm, send for review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from sellerdesk.sellers import checklist, countries, queries, rules, states
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers.errors import CompanyTaken, StateForbids
from sellerdesk.sellers.models import Company, Confirmation, FieldRemark, Seller
from sellerdesk.sellers.services.moving import move, settle
from sellerdesk.sellers.types import SellerRef

NUMBER_FAULTS = {
    "pattern": _("This does not look like a registration number of the chosen country. Copy it from the papers."),
    "check_digit": _("The check digit is wrong, so there is a typing error somewhere. Compare with the papers."),
}
_TEXT_FIELDS = {"legal_name": (2, 200), "local_name": (0, 200), "address": (0, 300), "director": (0, 200)}


def company_faults(country: str, values: Mapping[str, str], *, cross_border: bool, now: datetime) -> list[FieldError]:
    """What is wrong with data of a company; only the fields given are looked at."""
    wrong = []
    for field, (shortest, longest) in _TEXT_FIELDS.items():
        text = values.get(field)
        if text is not None and not shortest <= len(text) <= longest:
            wrong.append(FieldError(field, "length", _("Write it as in the company's papers, %(shortest)s to "
                                                       "%(longest)s characters."), text[:60],
                                    {"shortest": shortest, "longest": longest}))
    name = values.get("legal_name")
    if name and queries.latin_needed(country, cross_border, now) and not countries.latin_only(name):
        wrong.append(FieldError("legal_name", "not_latin", _(
            "Write the name in Latin letters, as on export papers. The name in your own script has a field of its "
            "own."), name[:60]))
    number = values.get("registration_number")
    if number is not None:
        fault = countries.number_fault(country, number)
        if fault:
            wrong.append(FieldError("registration_number", fault, NUMBER_FAULTS[fault], number[:60]))
    return wrong


def clean_company(country: str, values: Mapping[str, str]) -> dict[str, str]:
    return {field: countries.clean_number(text, country) if field == "registration_number" else rules.clean_name(text)
            for field, text in values.items()}


@scope.across_shops()  # the company's other shops count
def free_to_edit(seller: SellerRef) -> bool:
    """Whether the company's data may still be corrected without a review of the change."""
    if seller.state not in states.FREE_TO_EDIT:
        return False
    company = Seller.objects.filter(pk=seller.id).values("company_id")
    others = Seller.objects.filter(company_id__in=company, twin_of=None).exclude(pk=seller.id)
    return not others.exclude(state__in=[*states.FREE_TO_EDIT, states.REJECTED]).exists()


@scope.across_shops()  # the company's other shops count
def approved_once(seller: SellerRef) -> bool:
    """Whether the data of the company were approved, in this shop or another one: they change by request then."""
    company = Seller.objects.filter(pk=seller.id).values("company_id")
    return Seller.objects.filter(company_id__in=company, twin_of=None, state__in=states.PASSED).exists()


def correct_company(*, seller: SellerRef, values: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Give or correct data of the company before they are approved. A remark is answered when its field changes.

    Raises StateForbids afterwards (ask for a change then), Invalid by field, CompanyTaken.
    """
    if not free_to_edit(seller):
        raise StateForbids("company_fixed", _("These data are being reviewed or approved. Ask for a change instead."))
    profile = queries.profile(seller)
    values = clean_company(profile.country, {key: text for key, text in values.items()
                                             if key in (*_TEXT_FIELDS, "registration_number")})
    wrong = company_faults(profile.country, values, cross_border=profile.cross_border, now=now)
    if wrong:
        raise Invalid.many(wrong)
    before = {field: getattr(profile, field) for field in values}
    changed = {field: text for field, text in values.items() if before[field] != text}
    if not changed:
        return
    try:
        with atomic():
            Company.objects.filter(pk=profile.id).update(**changed)
            FieldRemark.objects.filter(seller_id=seller.id, field__in=list(changed), resolved_at=None).update(
                resolved_at=now)
            activity.record(events.PROFILE_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                            target_id=seller.id, target_label=seller.name,
                            before={field: before[field] for field in changed}, after=changed)
    except IntegrityError:
        raise CompanyTaken(field="registration_number", data={"value": values["registration_number"]}) from None


def confirm(*, seller: SellerRef, item_key: str, user_id: int, actor: Actor, now: datetime) -> None:
    """Confirm an attestation of the checklist. Twice changes nothing. Raises NotFound."""
    item = next((one.item for one in queries.progress(seller, now).items
                 if one.item.key == item_key and one.item.kind == "attestation"), None)
    if item is None:
        raise NotFound("item_unknown")
    with atomic():
        _row, fresh = Confirmation.objects.get_or_create(seller_id=seller.id, item_key=item_key,
                                                         defaults={"user_id": user_id, "at": now})
        if fresh:
            activity.record(events.CONFIRMED, now=now, actor=actor, seller_id=seller.id, target_type="item",
                            target_id=item.key, target_label=item.key)
            settle(seller_id=seller.id, actor=Actor.system("checklist"), now=now)


def submit(*, seller: SellerRef, actor: Actor, now: datetime) -> SellerRef:
    """Send a shop for review, for the first time or after corrections.

    Raises StateForbids, and Conflict `items_open` while something required is missing or refused.
    """
    left = checklist.open_before_review(queries.progress(seller, now).items)
    if left:
        raise Conflict("items_open", _("%(count)s required steps are still open. They are marked in the list."),
                       data={"count": len(left)})
    with atomic():
        return move("submit", seller_id=seller.id, actor=actor, now=now)
