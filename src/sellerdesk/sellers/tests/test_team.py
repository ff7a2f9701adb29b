"""Who may do what in a shop, who may let others, and what happens on the next request (rows D01, D05, D06)."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.accounts.queries.history import HistoryFilter, history_page
from sellerdesk.accounts.services import create_user
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Forbidden, Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.sellers import permissions as p
from sellerdesk.sellers import queries
from sellerdesk.sellers.errors_team import (
    AlreadyInvited,
    AlreadyMember,
    CannotGrant,
    CannotGrantPlaces,
    InvitationOver,
    LastOwner,
    OtherAddress,
    RoleInUse,
)
from sellerdesk.sellers.models import Invitation, Membership
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.services import add_member, invitations, roles, team
from sellerdesk.sellers.team_types import Bounds, Terms
from tests import cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def as_user(user):
    return Actor.user(user.pk, str(user), session="session1")


def rights(user):
    return queries.shops_of_user(user.pk)[0].rights


def kinds(user):
    return [row.kind for row in history_page(user.pk, wanted=HistoryFilter(), cursor=None, limit=30).rows]


@pytest.fixture
def join(shop, actor, now):
    """Puts somebody into Anna's shop."""

    def make(user, role, **columns):
        add_member(seller=shop, user_id=user.pk, role="analyst", label=str(user), actor=actor, now=now)
        Membership.objects.filter(user=user, seller_id=shop.id).update(role=role, **columns)
        return user

    return make


@pytest.fixture
def dana(db):
    return User.objects.get(pk=create_user(email="dana@example.com", password="x" * 20, name="Dana"))


@pytest.fixture
def invite(shop, anna, now):
    """Anna invites; the token from the mail."""

    def make(email="dana@example.com", role="product", by=None, **rest):
        Message.objects.all().delete()
        invitations.invite(seller=shop, email=email, terms=Terms(role, **rest), language="en",
                           actor=as_user(by or anna), real_now=now)
        letter = Message.objects.get(to=email, subject__contains="invites")
        return re.search(r"/invitation/([\w-]+)/", letter.text)[1]

    return make


def accept(token, user, now):
    return invitations.accept(token=token, user_id=user.pk, label=str(user), actor=as_user(user), real_now=now)


def signed_in(user):
    client = Client()
    client.force_login(user)
    cookies.prove_now(client, user)
    return client


# -- invitations -------------------------------------------------------------------------------------------------------


def test_somebody_with_an_account_joins_by_the_link_and_without_a_new_password(shop, invite, dana, now, anna):
    token = invite()

    assert accept(token, dana, now).id == shop.id

    assert rights(dana) == p.ROLES["product"]
    assert [row.state for row in reading.invitations(shop)] == ["accepted"]
    assert {"invite.received", "invite.accepted", "role.granted"} <= set(kinds(dana))
    assert {"invite.sent", "role.given"} <= set(kinds(anna))
    with pytest.raises(InvitationOver):
        accept(token, dana, now)


def test_an_invitation_is_for_the_one_whose_proved_address_it_names(invite, dana, boris, now):
    token = invite("dana@example.com")

    with pytest.raises(OtherAddress):
        accept(token, boris, now)
    EmailAddress.objects.filter(user=dana).update(verified=False)
    with pytest.raises(OtherAddress):
        accept(token, dana, now)
    with pytest.raises(OtherAddress):
        invitations.decline(token=token, user_id=boris.pk, label="Boris", actor=as_user(boris), real_now=now)
    assert Membership.objects.count() == 1


def test_an_invitation_lives_for_a_day_and_only_its_newest_link_works(shop, invite, dana, now, anna):
    old = invite()
    Message.objects.all().delete()
    invitations.resend(seller=shop, invitation_id=Invitation.objects.get().pk, language="en", actor=as_user(anna),
                       real_now=now)
    new = re.search(r"/invitation/([\w-]+)/", Message.objects.get(to="dana@example.com").text)[1]

    with pytest.raises(NotFound):
        accept(old, dana, now)
    with pytest.raises(InvitationOver):
        accept(new, dana, now + timedelta(hours=24))
    assert accept(new, dana, now + timedelta(hours=23, minutes=59)).id == shop.id


def test_withdrawn_declined_and_expired_invitations_open_nothing(shop, invite, dana, anna, now):
    token = invite()
    with pytest.raises(AlreadyInvited):
        invite()
    invitations.revoke(seller=shop, invitation_id=Invitation.objects.get().pk, actor=as_user(anna), real_now=now)
    with pytest.raises(InvitationOver):
        accept(token, dana, now)

    token = invite()
    invitations.decline(token=token, user_id=dana.pk, label="Dana", actor=as_user(dana), real_now=now)
    with pytest.raises(InvitationOver):
        accept(token, dana, now)

    invite()
    assert invitations.close_old(real_now=now + timedelta(days=1)) == 1
    assert [row.state for row in reading.invitations(shop)] == ["expired", "declined", "revoked"]
    assert "invite.expired" in kinds(anna)
    assert Membership.objects.count() == 1


def test_an_invitation_dies_with_the_rights_of_whoever_sent_it(shop, invite, dana, boris, join, now):
    join(boris, "administrator")
    token = invite(role="administrator", by=boris)

    join(boris, "warehouse")

    with pytest.raises(InvitationOver):
        accept(token, dana, now)
    assert Membership.objects.filter(user=dana).count() == 0


def test_nobody_is_invited_twice_or_by_a_wrong_address(invite, join, dana):
    join(dana, "analyst")

    with pytest.raises(AlreadyMember):
        invite("Dana@Example.com")
    with pytest.raises(Invalid):
        invite("not an address")


# -- escalation --------------------------------------------------------------------------------------------------------


def test_D01_nobody_gives_a_role_with_rights_they_lack(shop, invite, boris, join, dana, now):
    join(boris, "administrator")
    with pytest.raises(CannotGrant) as refused:
        invite(role="owner", by=boris)
    assert "Make and remove owners" in refused.value.text

    own = roles.create_role(seller=shop, name="Doorman", rights=[p.TEAM_VIEW, p.TEAM_INVITE, p.TEAM_EDIT],
                            actor=as_user(User.objects.get(email="anna@example.com")), real_now=now)
    join(boris, reading.own_role(shop, own).key)
    for role in ("finance", "administrator", "analyst"):
        with pytest.raises(CannotGrant):
            invite(role=role, by=boris)
    assert Invitation.objects.count() == 0


def test_D01_nobody_raises_themself_or_touches_somebody_above(shop, anna, boris, dana, join, now):
    join(boris, "administrator")
    join(dana, "analyst")

    change = {"seller": shop, "actor": as_user(boris), "real_now": now}
    with pytest.raises(CannotGrant):
        team.change_member(user_id=boris.pk, terms=Terms("owner"), **change)
    with pytest.raises(CannotGrant):
        team.change_member(user_id=anna.pk, terms=Terms("analyst"), **change)
    with pytest.raises(CannotGrant):
        team.remove_member(user_id=anna.pk, **change)
    team.change_member(user_id=dana.pk, terms=Terms("warehouse"), **change)
    assert rights(dana) == p.ROLES["warehouse"]
    assert "role.changed" in kinds(dana)


def test_D01_own_roles_hold_no_more_than_their_maker_and_never_the_right_over_owners(shop, anna, boris, join, now):
    join(boris, "administrator")
    make = {"seller": shop, "name": "Mine", "real_now": now}

    with pytest.raises(Invalid):
        roles.create_role(rights=[p.TEAM_OWNER], actor=as_user(anna), **make)
    with pytest.raises(Invalid):
        roles.create_role(rights=["console:seller:edit"], actor=as_user(anna), **make)
    id_ = roles.create_role(rights=[p.ROLE_EDIT, p.TEAM_VIEW], actor=as_user(anna), **make)
    join(boris, reading.own_role(shop, id_).key)
    with pytest.raises(CannotGrant):
        roles.change_role(role_id=id_, rights=[p.ROLE_EDIT, p.KEY_CREATE], actor=as_user(boris), **make)
    assert rights(boris) == {p.ROLE_EDIT, p.TEAM_VIEW}


def test_D01_people_of_one_warehouse_let_others_into_that_one_only(shop, boris, join, invite):
    join(boris, "administrator", warehouses=[7])

    with pytest.raises(CannotGrantPlaces):
        invite(role="assembler", by=boris)
    with pytest.raises(CannotGrantPlaces):
        invite(role="assembler", by=boris, warehouse_ids=(7, 8))
    assert invite(role="assembler", by=boris, warehouse_ids=(7,))


def test_a_rival_reaches_no_member_role_or_invitation(shop, clara, rival_shop, invite, staff_boris, anna, now):
    invite()
    own = roles.create_role(seller=shop, name="Mine", rights=[p.TEAM_VIEW], actor=as_user(anna), real_now=now)
    act = {"seller": rival_shop, "actor": as_user(clara), "real_now": now}

    for call in (lambda: team.remove_member(user_id=staff_boris.pk, **act),
                 lambda: team.change_member(user_id=staff_boris.pk, terms=Terms("analyst"), **act),
                 lambda: invitations.revoke(invitation_id=Invitation.objects.get().pk, **act),
                 lambda: invitations.resend(invitation_id=Invitation.objects.get().pk, language="en", **act),
                 lambda: roles.remove_role(role_id=own, **act),
                 lambda: roles.change_role(role_id=own, name="Theirs", rights=[p.TEAM_VIEW], **act)):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(Forbidden):
        roles.create_role(seller=shop, name="Trojan", rights=[p.TEAM_VIEW], actor=as_user(clara), real_now=now)
    with pytest.raises(Invalid):
        team.change_member(seller=rival_shop, user_id=clara.pk, actor=as_user(clara), real_now=now,
                           terms=Terms(reading.own_role(shop, own).key))


# -- owners ------------------------------------------------------------------------------------------------------------


def test_a_shop_always_keeps_an_owner(shop, anna, boris, join, now):
    act = {"seller": shop, "user_id": anna.pk, "actor": as_user(anna), "real_now": now}
    with pytest.raises(LastOwner):
        team.remove_member(**act)
    with pytest.raises(LastOwner):
        team.change_member(terms=Terms("analyst"), **act)

    join(boris, "owner", until=now - timedelta(days=1))
    with pytest.raises(LastOwner):
        team.remove_member(**act)
    Membership.objects.filter(user=boris).update(until=None)
    team.remove_member(**act)
    assert queries.owners(shop) == [boris.pk]


@pytest.mark.parametrize("terms", [Terms("owner", (1,)), Terms("owner", bounds=Bounds(10)), Terms("king"),
                                   Terms("product", bounds=Bounds(101)), Terms("product", bounds=Bounds(0, -1))])
def test_terms_that_make_no_sense_are_refused(shop, anna, staff_boris, now, terms):
    with pytest.raises(Invalid):
        team.change_member(seller=shop, user_id=staff_boris.pk, terms=terms, actor=as_user(anna), real_now=now)


# -- delegation --------------------------------------------------------------------------------------------------------


def test_a_delegation_ends_by_itself_at_its_moment(shop, anna, dana, invite, now, rf):
    end = now + timedelta(days=3)
    accept(invite(role="product", until=end), dana, now)
    assert [shop_.id for shop_ in queries.shops_of_user(dana.pk)] == [shop.id]

    with time_machine.travel(end, tick=False):
        assert queries.shops_of_user(dana.pk) == []
        assert team.end_delegations(real_now=end) == 1
    assert Membership.objects.filter(user=dana).count() == 0
    assert "role.expired" in kinds(dana)


def test_delegates_never_hold_keys_team_or_shop_whatever_their_role(dana, invite, now):
    accept(invite(role="administrator", until=now + timedelta(days=3)), dana, now)

    assert rights(dana) == p.ROLES["administrator"] - p.DELEGATE_NEVER
    assert not rights(dana) & {p.KEY_CREATE, p.TEAM_INVITE, p.TEAM_EDIT, p.ROLE_EDIT, p.SHOP_EDIT, p.SECURITY_EDIT}


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_team_page_shows_people_with_role_bounds_and_second_step(anna_client, staff_boris, boris_client):
    page = unescape(anna_client.get(reverse("sellers:team")).content.decode())

    assert all(text in page for text in ("Anna", "anna@example.com", "Owner", "Boris", "Warehouse", "Password only"))
    assert boris_client.get(reverse("sellers:team")).status_code == 403


def test_somebody_new_is_invited_signs_in_and_accepts(anna_client, dana, shop, now):
    answer = anna_client.post(reverse("sellers:invite"), {"email": "dana@example.com", "role": "product"})
    assert answer["Location"] == reverse("sellers:team")
    token = re.search(r"/invitation/([\w-]+)/", Message.objects.get(to="dana@example.com",
                                                                   subject__contains="invites").text)[1]
    address = reverse("sellers:invitation", args=[token])

    assert "Sign in" in Client().get(address).content.decode()
    assert Client().post(address + "accept/").status_code == 302
    assert Membership.objects.filter(user=dana).count() == 0
    theirs = signed_in(dana)
    page = theirs.get(address)
    assert page["Referrer-Policy"] == "strict-origin"
    assert theirs.get(address + "accept/").status_code == 405
    assert theirs.post(address + "accept/").status_code == 302
    assert theirs.get("/products/").status_code == 200
    assert signed_in(User.objects.get(email="anna@example.com")).post(address + "accept/").status_code == 409


def test_an_own_role_is_made_given_tried_on_and_deleted(anna_client, anna, shop, staff_boris, now):
    made = anna_client.post(reverse("sellers:role_new"), {"name": "Night shift", "rights": [p.POSTING_VIEW]})
    assert made["Location"] == reverse("sellers:roles")
    own = reading.own_roles(shop)[0]
    assert anna_client.post(reverse("sellers:member_change", args=[staff_boris.pk]), {"role": own.key}
                            ).status_code == 302
    assert rights(staff_boris) == {p.POSTING_VIEW}
    assert anna_client.post(reverse("sellers:role_remove", args=[own.id])).status_code == 409
    with pytest.raises(RoleInUse):
        roles.remove_role(seller=shop, role_id=own.id, actor=as_user(anna), real_now=now)

    anna_client.post(reverse("sellers:preview", args=[own.key]))
    page = anna_client.get("/orders/")
    assert "Night shift" in page.content.decode()
    assert reverse("sellers:keys") not in page.content.decode()
    assert anna_client.get(reverse("sellers:keys")).status_code == 403
    refused = anna_client.post("/orders/bulk", {"action": "pack", "ids": ["1-1"]})
    assert (refused.status_code, "Nothing can be changed" in refused.content.decode()) == (403, True)
    anna_client.post(reverse("sellers:preview_end"), {"next": "/orders/"})
    assert anna_client.get(reverse("sellers:keys")).status_code == 200


def test_trying_on_a_role_shows_no_more_than_ones_own(boris, join, shop, anna, now):
    id_ = roles.create_role(seller=shop, name="Looker", rights=[p.TEAM_VIEW], actor=as_user(anna), real_now=now)
    join(boris, reading.own_role(shop, id_).key)
    client = signed_in(boris)

    client.post(reverse("sellers:preview", args=["owner"]))

    assert client.get(reverse("sellers:keys")).status_code == 403
    assert client.get(reverse("sellers:team")).status_code == 200


@pytest.mark.parametrize(("language", "role", "right"), [
    ("en", "Warehouse", "See API keys"), ("ru", "Склад", "ключи API"), ("zh-hans", "仓库", "API 密钥")])
def test_a_refused_page_says_which_right_is_missing_and_who_can_grant_it(boris_client, staff_boris, language, role,
                                                                         right):
    User.objects.filter(pk=staff_boris.pk).update(language=language)

    page = unescape(boris_client.get(reverse("sellers:keys")).content.decode())

    assert role in page
    assert right in page
    assert p.KEY_VIEW in page
    assert "Anna" in page


def test_D05_a_changed_role_counts_from_the_next_request_and_a_removed_person_is_out(anna_client, boris_client, shop,
                                                                                    staff_boris):
    assert boris_client.get("/stocks/").status_code == 200
    anna_client.post(reverse("sellers:member_change", args=[staff_boris.pk]), {"role": "assembler"})
    assert boris_client.get("/stocks/").status_code == 403
    assert boris_client.get("/orders/").status_code == 200
    anna_client.post(reverse("sellers:member_remove", args=[staff_boris.pk]))
    assert boris_client.get("/orders/")["Location"] == reverse("sellers:register")
    assert boris_client.post(reverse("sellers:switch"), {"seller": shop.id}).status_code == 404


def test_D06_fields_that_a_form_does_not_have_change_nothing(anna_client, clara, rival_shop, shop, staff_boris, anna):
    extra = {"seller_id": rival_shop.id, "seller": rival_shop.id, "user_id": clara.pk, "id": 1, "is_operator": "1",
             "rights": [p.TEAM_OWNER, "console:seller:edit"], "limits": "{}"}
    anna_client.post(reverse("sellers:member_change", args=[staff_boris.pk]), {"role": "assembler", **extra})
    anna_client.post(reverse("sellers:invite"), {"email": "eve@example.com", "role": "analyst", **extra})
    anna_client.post(reverse("sellers:key_new"), {"name": "K", "roles": ["Price"], "life_days": 7, **extra,
                                                  "secret_hash": "x", "prefix": "x", "networks": ""})

    assert [(one.terms.role, one.rights) for one in reading.team(shop)][1] == ("assembler", p.ROLES["assembler"])
    assert [one.user_id for one in reading.team(rival_shop)] == [clara.pk]
    assert Invitation.objects.get().seller_id == shop.id
    assert [key.roles for key in queries.keys(shop)] == [("Price",)]
    assert queries.keys(rival_shop) == []
    assert not User.objects.filter(is_operator=True).exists()


def test_whoever_may_not_see_the_home_page_starts_with_the_first_page_they_may(boris, join):
    join(boris, "assembler")

    assert signed_in(boris).get("/")["Location"] == "/inbox/"


# -- read only ---------------------------------------------------------------------------------------------------------


def test_who_reads_only_sees_what_the_role_sees_and_changes_nothing(shop, dana, invite, now):
    accept(invite(role="administrator", read_only=True), dana, now)

    assert {p.PRODUCT_VIEW, p.TEAM_VIEW, p.KEY_VIEW, p.BALANCE_VIEW, p.STOCK_HISTORY} <= rights(dana)
    assert all(p.reads_only(right) for right in rights(dana))
    client = signed_in(dana)
    assert client.get("/products/").status_code == 200
    assert client.post(reverse("sellers:key_new"), {"name": "x", "roles": ["Admin"]}).status_code == 403
    assert Membership.objects.get(user=dana).read_only


def test_D05_reading_only_counts_from_the_next_request_and_the_page_says_where_rights_come_from(
        shop, anna, anna_client, staff_boris, now):
    assert p.POSTING_SHIP in rights(staff_boris)

    team.change_member(seller=shop, user_id=staff_boris.pk, terms=Terms("warehouse", read_only=True),
                       actor=as_user(anna), real_now=now)

    assert p.POSTING_SHIP not in rights(staff_boris)
    page = anna_client.get(reverse("sellers:member", args=[staff_boris.pk]))
    assert page.context["member"].withheld[p.POSTING_SHIP] == "read_only"
    text = unescape(page.content.decode())
    assert "from the role “Warehouse”" in text
    assert "changes nothing here" in text


def test_the_page_names_what_single_warehouses_and_an_end_take_away(shop, anna_client, boris, join, now):
    join(boris, "administrator", warehouses=[7], until=now + timedelta(days=3))

    row = reading.member(shop, boris.pk)

    assert row.withheld[p.WAREHOUSE_CREATE] == "scoped"
    assert row.withheld[p.KEY_CREATE] == "delegated"
    assert row.rights == p.ROLES["administrator"] - frozenset(row.withheld)
    assert anna_client.get(reverse("sellers:member", args=[boris.pk])).status_code == 200


def test_an_owner_cannot_be_made_to_read_only(shop, anna, staff_boris, now):
    with pytest.raises(Invalid):
        team.change_member(seller=shop, user_id=staff_boris.pk, terms=Terms("owner", read_only=True),
                           actor=as_user(anna), real_now=now)
