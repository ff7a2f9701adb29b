"""Forgetting the people of a closed shop.

Erased: papers with their bytes, the director's name unless another shop of the company goes on, staff and their roles,
invitations, requests to join and for a second person, what keys were used for and from where, requests and remarks of
the review, and names of people in the shop's history. Higher domains erase what they hold when they hear
`sellers.shop.closed`. Kept for the legal term: the company's name, number and address, the shop's name, the offer it
accepted, bookings and what they refer to; and the owners' link to the shop, without which they could not fetch its
certificate. Accounts are their people's, not the shop's, and stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sellerdesk.core import activity, storage
from sellerdesk.sellers.models import (
    ApiCall,
    ApiKey,
    Approval,
    Company,
    Confirmation,
    CustomRole,
    Document,
    FieldRemark,
    Invitation,
    JoinRequest,
    LegalChange,
    Membership,
    NameChange,
    Seller,
)
from sellerdesk.sellers.types import SellerRef

_PEOPLE = ("sellers.company.", "sellers.legal_change.", "sellers.document.", "sellers.member.", "sellers.invitation.",
           "sellers.join.", "sellers.approval.")


def erase(*, seller: SellerRef, real_now: datetime) -> list[str]:
    """In the caller's transaction. Returns the storage keys of the papers, to be shredded once it has ended."""
    of_shop = {"seller_id": seller.id}
    company = Seller.objects.filter(pk=seller.id).values_list("company_id", flat=True).get()
    if not Seller.objects.filter(company_id=company, twin_of=None).exclude(state="closed").exists():
        Company.objects.filter(pk=company).update(director="")
    papers = list(Document.objects.filter(**of_shop).values_list("storage_key", flat=True))
    LegalChange.objects.filter(**of_shop).delete()
    Document.objects.filter(**of_shop).delete()
    FieldRemark.objects.filter(**of_shop).delete()
    NameChange.objects.filter(**of_shop).update(asked_by=None)
    Confirmation.objects.filter(**of_shop).update(user=None)
    Membership.objects.filter(**of_shop).exclude(role="owner").delete()
    Invitation.objects.filter(**of_shop).delete()
    JoinRequest.objects.filter(**of_shop).delete()
    Approval.objects.filter(**of_shop).delete()
    CustomRole.objects.filter(**of_shop).delete()
    ApiCall.objects.filter(**of_shop).delete()
    ApiKey.objects.filter(**of_shop, deactivated_at=None).update(deactivated_at=real_now)
    ApiKey.objects.filter(**of_shop).update(networks=[], last_used_address="", created_by=None)
    activity.forget_people(seller.id, _PEOPLE)
    return papers


def shred(storage_keys: Iterable[str]) -> None:
    """Delete the bytes. A second time finds nothing and is no fault."""
    for key in storage_keys:
        storage.delete(key)
