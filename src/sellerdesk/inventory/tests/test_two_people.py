"""Archiving a warehouse where the shop does not leave that to one person."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.inventory import queries, services
from sellerdesk.sellers.errors import ApprovalRequired
from sellerdesk.sellers.models import Approval, Membership, SecurityPolicy
from sellerdesk.sellers.services import approvals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


@pytest.fixture
def depot(shop, actor, now):
    return services.create_warehouse(seller=shop, name="Moscow – main", city="Moscow", time_zone="Europe/Moscow",
                                     cut_off=time(14), actor=actor, now=now)


@pytest.fixture
def second(shop, staff_boris, now):
    Membership.objects.filter(user=staff_boris).update(role="administrator")
    SecurityPolicy.objects.create(pk=shop.id, two_people=[approvals.WAREHOUSE_ARCHIVE], updated_at=now)
    return Actor.user(staff_boris.pk, "Boris")


def test_a_warehouse_is_archived_by_two_and_the_approval_is_for_this_one_only(shop, actor, depot, second, now):
    def archive(warehouse_id):
        return services.archive_warehouse(seller=shop, warehouse_id=warehouse_id, actor=actor, now=now)

    with pytest.raises(ApprovalRequired) as needed:
        archive(depot.id)
    asked = approvals.ask_for(needed.value, seller=shop, actor=actor, real_now=now)
    assert approvals.ask_for(needed.value, seller=shop, actor=actor, real_now=now) == asked
    with pytest.raises(ApprovalRequired):
        archive(depot.id)
    assert queries.warehouse(shop, depot.id).state == "active"

    approvals.decide(seller=shop, approval_id=asked, approve=True, actor=second, real_now=now)
    with pytest.raises(ApprovalRequired):
        services.archive_warehouse(seller=shop, warehouse_id=depot.id, actor=second, now=now)
    assert archive(depot.id).state == "archived"

    services.resume_warehouse(seller=shop, warehouse_id=depot.id, actor=actor, now=now)
    with pytest.raises(ApprovalRequired):
        archive(depot.id)


def test_the_page_of_the_warehouse_asks_and_says_so(shop, depot, second, anna_client):
    answer = anna_client.post(reverse("inventory:warehouse_archive", args=[depot.id]), follow=True)

    assert answer.redirect_chain == [(reverse("inventory:warehouse", args=[depot.id]), 302)]
    assert "Your request waits for approval." in answer.content.decode()
    assert (Approval.objects.get().label, queries.warehouse(shop, depot.id).state) == ("Moscow – main", "active")


def test_a_program_cannot_archive_where_two_people_are_wanted(shop, depot, second, now):
    with pytest.raises(ApprovalRequired):
        services.archive_warehouse(seller=shop, warehouse_id=depot.id, actor=Actor.key(7, "Feed"), now=now)
    assert queries.warehouse(shop, depot.id).state == "active"
