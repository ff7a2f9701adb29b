"""No key can do what whoever made it cannot."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.sellers import permissions, services
from sellerdesk.sellers.errors_team import CannotGrant
from sellerdesk.sellers.models import ApiKey, CustomRole, Membership
from tests import cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
KEYS = frozenset({permissions.KEY_VIEW, permissions.KEY_CREATE, permissions.KEY_EDIT, permissions.APPROVAL_VIEW})


@pytest.fixture
def boris_with(shop, staff_boris, now):
    """Boris with a role of the shop's own that holds just these rights besides keys."""
    role = CustomRole.objects.create(seller_id=shop.id, key="r1", name="Sync", rights=[], created_at=now)
    Membership.objects.filter(user=staff_boris).update(role="r1")

    def give(rights):
        role.rights = sorted(KEYS | rights)
        role.save()
        return Actor.user(staff_boris.pk, "Boris")

    return give


def create(shop, actor, now, roles):
    return services.create_key(seller=shop, name="Sync", roles=roles, actor=actor, user_id=None, real_now=now)


@pytest.mark.parametrize("role", permissions.KEY_NEEDS)
def test_each_role_of_a_key_asks_for_each_of_its_rights(shop, boris_with, now, role):
    needed = permissions.KEY_NEEDS[role]
    for lacking in sorted(needed):
        actor = boris_with(needed - {lacking})
        with pytest.raises(CannotGrant):
            create(shop, actor, now, [role])
        assert ApiKey.objects.count() == 0

    create(shop, boris_with(needed), now, [role])
    assert ApiKey.objects.get().roles == [role]


def test_replacing_a_key_that_can_more_would_be_a_way_around(shop, actor, boris_with, now):
    made = create(shop, actor, now, ["Admin"])
    boris = boris_with(permissions.KEY_NEEDS["Admin read only"])

    with pytest.raises(CannotGrant):
        services.rotate_key(seller=shop, key_id=made.id, overlap_hours=0, actor=boris, user_id=int(boris.id),
                            real_now=now)

    assert list(ApiKey.objects.values_list("pk", "deactivated_at")) == [(made.id, None)]


def test_the_form_offers_what_the_person_can_give_and_refuses_the_rest(shop, staff_boris, boris_with):
    boris_with(permissions.KEY_NEEDS["Posting FBS read only"])
    boris = Client()
    boris.force_login(staff_boris)
    cookies.prove_now(boris, staff_boris)
    page = reverse("sellers:key_new")

    form = boris.get(page).context["form"]
    refused = boris.post(page, {"name": "Sync", "roles": ["Admin"], "life_days": "30", "networks": ""})

    assert [role for role, _text in form.fields["roles"].choices] == ["Posting FBS read only"]
    assert refused.status_code == 422
    assert ApiKey.objects.count() == 0


def test_a_technology_partner_makes_no_key_that_reads_money_or_answers_buyers():
    held = permissions.ROLES["technology"]
    assert [role for role, needed in permissions.KEY_NEEDS.items() if needed <= held] == [
        "Product", "Product read only", "Posting FBS read only", "Notification"]
