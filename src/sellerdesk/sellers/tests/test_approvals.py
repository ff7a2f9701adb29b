"""Acts that need a second person: keys that can change something, closing the shop, and the rule itself."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries, services
from sellerdesk.sellers.errors_team import (
    ApprovalOver,
    ApprovalRequired,
    CannotGrant,
    NobodyToApprove,
    OwnRequest,
)
from sellerdesk.sellers.models import ApiKey, Approval, Closing, Membership, SecurityPolicy
from sellerdesk.sellers.queries import approvals as reading
from sellerdesk.sellers.rules import KEY_WRITE, SHOP_CLOSE, WAREHOUSE_ARCHIVE
from sellerdesk.sellers.services import approvals, closing
from tests import cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def as_user(user):
    return Actor.user(user.pk, str(user))


@pytest.fixture
def pair(shop, anna, staff_boris, now):
    """Anna's shop wants two people for keys; Boris is an administrator."""
    Membership.objects.filter(user=staff_boris).update(role="administrator")
    approvals.set_two_people(seller=shop, kinds=[KEY_WRITE], actor=as_user(anna), real_now=now)
    return staff_boris


@pytest.fixture
def wish(shop, anna, now):
    def make(user=anna, **changed):
        return services.create_or_ask(**{"seller": shop, "name": "Sync", "roles": ["Product"], "life_days": 30,
                                         "actor": as_user(user), "user_id": user.pk, "real_now": now, **changed})

    return make


def decide(shop, user, now, approve=True):
    return approvals.decide(seller=shop, approval_id=Approval.objects.get().pk, approve=approve, actor=as_user(user),
                            real_now=now)


def use(shop, user, now):
    return services.create_approved(seller=shop, approval_id=Approval.objects.get().pk, actor=as_user(user),
                                    user_id=user.pk, real_now=now)


def test_without_the_rule_one_person_is_enough_and_keys_that_read_never_wait(shop, pair, anna, wish, now):
    assert wish(roles=["Product read only", "Posting FBS read only"]).secret
    Membership.objects.filter(user=pair).update(role="analyst")
    approvals.set_two_people(seller=shop, kinds=[], actor=as_user(anna), real_now=now)
    assert wish().secret
    assert Approval.objects.count() == 0


def test_a_writing_key_waits_is_approved_by_another_and_made_once_by_whoever_asked(shop, pair, anna, wish, now):
    assert wish(warehouse_ids=(7,)) is None
    assert (ApiKey.objects.count(), Approval.objects.get().state) == (0, "waiting")
    assert [one.approvals for one in queries.shops_of_user(pair.pk)] == [1]
    assert [one.approvals for one in queries.shops_of_user(anna.pk)] == [0]

    assert decide(shop, pair, now) == "Sync"
    with pytest.raises(ApprovalOver):
        use(shop, pair, now)
    name, made = use(shop, anna, now)

    row = ApiKey.objects.get()
    assert (name, row.name, row.roles, row.warehouses) == ("Sync", "Sync", ["Product"], [7])
    assert (row.expires_at - row.created_at).days == 30
    assert queries.authenticate_key(client_id=shop.id, api_key=made.secret, address="127.0.0.1", real_now=now)
    with pytest.raises(ApprovalOver):
        use(shop, anna, now)
    assert ApiKey.objects.count() == 1
    assert [act.event for act in activity.history(shop.id, "approval", Approval.objects.get().pk)] == [
        "sellers.approval.given", "sellers.approval.asked"]


def test_nobody_approves_their_own_wish_nor_what_they_could_not_do(shop, pair, anna, boris, clara, wish, now):
    wish()

    with pytest.raises(OwnRequest):
        decide(shop, anna, now)
    Membership.objects.filter(user=pair).update(role="analyst")
    with pytest.raises(CannotGrant):
        decide(shop, pair, now)
    assert Approval.objects.get().state == "waiting"


def test_a_refused_or_late_wish_makes_no_key(shop, pair, anna, wish, now):
    wish()
    decide(shop, pair, now, approve=False)
    with pytest.raises(ApprovalOver):
        use(shop, anna, now)
    with pytest.raises(ApprovalOver):
        decide(shop, pair, now)
    Approval.objects.all().delete()

    wish()
    late = now + timedelta(days=3)
    with pytest.raises(ApprovalOver):
        decide(shop, pair, late)
    decide(shop, pair, late - timedelta(seconds=1))
    with pytest.raises(ApprovalOver):
        use(shop, anna, late)
    assert reading.approvals(shop, late).rows[0].state == "expired"
    assert ApiKey.objects.count() == 0


def test_an_approval_covers_exactly_what_was_approved(shop, pair, anna, wish, now):
    wish()
    decide(shop, pair, now)
    make = {"seller": shop, "name": "Sync", "life_days": 30, "actor": as_user(anna), "user_id": anna.pk,
            "real_now": now}

    with pytest.raises(ApprovalOver):
        services.create_key(**make, roles=["Admin"], approval_id=Approval.objects.get().pk)
    with pytest.raises(ApprovalRequired):
        services.create_key(**make, roles=["Product"])
    assert (ApiKey.objects.count(), Approval.objects.get().state) == (0, "approved")


def test_a_wrong_wish_is_refused_before_anybody_is_asked(shop, pair, wish):
    with pytest.raises(Invalid):
        wish(roles=["Emperor"])
    assert Approval.objects.count() == 0


def test_a_rival_reaches_no_request(shop, pair, wish, clara, rival_shop, now):
    wish()

    with pytest.raises(NotFound):
        decide(rival_shop, clara, now)
    with pytest.raises(NotFound):
        use(rival_shop, clara, now)
    assert reading.approvals(rival_shop, now).rows == []


def test_the_rule_needs_somebody_else_who_can_approve(shop, anna, now):
    with pytest.raises(NobodyToApprove):
        approvals.set_two_people(seller=shop, kinds=[KEY_WRITE], actor=as_user(anna), real_now=now)
    assert reading.two_people(shop) == frozenset()


def test_on_the_pages(shop, anna_client, pair, now):
    assert "Creating API keys" in anna_client.get(reverse("sellers:security")).content.decode()
    asked = anna_client.post(reverse("sellers:key_new"), {"name": "Sync", "roles": ["Admin"], "life_days": "30",
                                                          "networks": ""})
    assert asked["Location"] == reverse("sellers:approvals")
    boris = Client()
    boris.force_login(pair)
    cookies.prove_now(boris, pair)
    page = boris.get(reverse("sellers:approvals"))
    assert "Sync" in unescape(page.content.decode())
    id_ = Approval.objects.get().pk

    assert anna_client.post(reverse("sellers:approval_decide", args=[id_, "approve"])).status_code == 403
    assert boris.post(reverse("sellers:approval_decide", args=[id_, "approve"])).status_code == 302
    made = anna_client.post(reverse("sellers:approval_use", args=[id_]))

    assert re.search(r"sd_[0-9A-Za-z]{49}", made.content.decode())
    assert ApiKey.objects.get().roles == ["Admin"]


def test_turning_the_rule_on_is_a_form_of_the_security_page_turning_it_off_needs_two(shop, anna_client, staff_boris, now):
    Membership.objects.filter(user=staff_boris).update(role="administrator")
    page = reverse("sellers:policy_two_people")
    assert anna_client.post(page, {"kinds": [KEY_WRITE]})["Location"] == reverse("sellers:security")
    assert anna_client.post(page, {"kinds": [KEY_WRITE, WAREHOUSE_ARCHIVE]})["Location"] == reverse("sellers:security")
    on = frozenset({KEY_WRITE, WAREHOUSE_ARCHIVE})

    assert anna_client.post(page, {"kinds": []})["Location"] == reverse("sellers:approvals")
    assert anna_client.post(page, {"kinds": []})["Location"] == reverse("sellers:approvals")
    assert (reading.two_people(shop), Approval.objects.get().kind) == (on, "rule_off")
    decide(shop, staff_boris, now)
    assert anna_client.post(page, {"kinds": [KEY_WRITE]})["Location"] == reverse("sellers:approvals")
    assert reading.two_people(shop) == on
    assert anna_client.post(page, {"kinds": []})["Location"] == reverse("sellers:security")
    assert reading.two_people(shop) == frozenset()


def test_the_rule_can_be_turned_off_alone_where_nobody_is_left_to_approve(shop, pair, anna, now):
    Membership.objects.filter(user=pair).update(role="analyst")

    approvals.set_two_people(seller=shop, kinds=[], actor=as_user(anna), real_now=now)

    assert reading.two_people(shop) == frozenset()


def test_a_rule_on_closing_needs_another_owner_and_closing_then_needs_them(shop, pair, anna, now):
    def close():
        return closing.start_closing(seller=queries.seller_ref(shop.id), typed_name=shop.name, user_id=anna.pk,
                                     actor=as_user(anna), now=now)

    with pytest.raises(NobodyToApprove):
        approvals.set_two_people(seller=shop, kinds=[KEY_WRITE, SHOP_CLOSE], actor=as_user(anna), real_now=now)
    Membership.objects.filter(user=pair).update(role="owner")
    approvals.set_two_people(seller=shop, kinds=[KEY_WRITE, SHOP_CLOSE], actor=as_user(anna), real_now=now)

    with pytest.raises(ApprovalRequired) as needed:
        close()
    assert (queries.seller_ref(shop.id).state, Closing.objects.count()) == ("active", 0)
    approvals.ask_for(needed.value, seller=shop, actor=as_user(anna), real_now=now)
    decide(shop, pair, now)
    close()

    assert queries.seller_ref(shop.id).state == "closing"
    assert Approval.objects.get().state == "done"


def test_those_who_can_decide_get_a_mail_in_their_language_and_nobody_else(shop, pair, anna, clara, wish, now):
    services.add_member(seller=shop, user_id=clara.pk, role="administrator", label="Clara", actor=as_user(anna), now=now)
    Membership.objects.filter(user=clara).update(role="analyst")
    User.objects.filter(pk=pair.pk).update(language="en")
    Message.objects.all().delete()

    wish()

    [letter] = Message.objects.all()
    assert letter.to == pair.email
    assert "waits for your approval" in letter.subject
    assert ("Sync" in letter.text, "Anna" in letter.text) == (True, True)


def test_closing_on_its_page_asks_first(shop, pair, anna_client, now):
    Membership.objects.filter(user=pair).update(role="owner")
    SecurityPolicy.objects.filter(pk=shop.id).update(two_people=[SHOP_CLOSE])

    answer = anna_client.post(reverse("sellers:closing_start"), {"typed_name": shop.name, "reason": ""})

    assert answer["Location"] == reverse("sellers:approvals")
    assert queries.seller_ref(shop.id).state == "active"
    assert "Close the shop “Anna's Shop”" in unescape(anna_client.get(reverse("sellers:approvals")).content.decode())
