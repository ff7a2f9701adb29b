"""Names of shops: asked for, decided, never twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Conflict, Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries, rules, services
from sellerdesk.sellers.errors import ShopNameTaken
from sellerdesk.sellers.models import NameChange
from sellerdesk.sellers.services import names

pytestmark = pytest.mark.django_db
OLGA = Actor.operator(1, "Olga")


def ask(shop, anna, actor, now, name="Сосновый бор"):
    return names.ask_name(seller=queries.seller_ref(shop.id), name=name, user_id=anna.pk, actor=actor, now=now)


def decide(shop, change, now, **answer):
    return names.decide_name(seller_id=shop.id, change_id=change, actor=OLGA, now=now, **answer)


def called(shop):
    return queries.seller_ref(shop.id).name


def test_present_name_stays_until_the_new_one_is_confirmed(shop, anna, actor, now):
    change = ask(shop, anna, actor, now, "  Сосновый   бор ")
    assert called(shop) == "Anna's Shop"

    assert decide(shop, change, now, decision="confirm") == "Сосновый бор"

    assert called(shop) == "Сосновый бор"
    assert queries.name_changes(shop)[0].state == "confirmed"
    assert queries.name_queue().rows == []
    assert Message.objects.filter(to="anna@example.com", subject="The name “Сосновый бор” is confirmed").exists()
    with pytest.raises(Conflict):
        decide(shop, change, now, decision="confirm")


def test_refused_change_leaves_the_name_and_cannot_be_asked_for_again(shop, anna, actor, now):
    change = ask(shop, anna, actor, now, "Adidas Outlet")
    with pytest.raises(Invalid) as refused:
        decide(shop, change, now, decision="refuse")
    assert refused.value.code == "reason_missing"

    assert decide(shop, change, now, decision="refuse", reason="trademark") == "Anna's Shop"

    with pytest.raises(Invalid) as again:
        ask(shop, anna, actor, now, "ADIDAS outlet")
    assert again.value.code == "name_refused"
    assert NameChange.objects.count() == 1


def test_refused_name_of_registration_gives_way_to_the_legal_name(reviewed, anna, actor, now):
    shop = services.register_shop(user_id=anna.pk, legal_name="Anna LLC", country="RU", registration_number="7707083893",
                                  shop_name="Adidas Outlet", currency="RUB", language="en", actor=actor, now=now)
    first = queries.name_queue().rows[0]
    assert (first.before, first.wanted, first.due_at) == ("", "Adidas Outlet", datetime(2026, 11, 25, 9, tzinfo=UTC))
    with pytest.raises(Conflict):
        names.withdraw_name(seller=shop, actor=actor, now=now)

    assert decide(shop, first.id, now, decision="refuse", reason="trademark", note="ask them") == "Anna LLC"

    assert called(shop) == "Anna LLC"
    assert queries.name_changes(shop)[0].state == "legal_name"


def test_support_gives_another_name_by_the_same_rules(shop, anna, actor, now):
    change = ask(shop, anna, actor, now)
    with pytest.raises(Invalid) as refused:
        decide(shop, change, now, decision="correct", name="best shop")
    assert refused.value.code == "boast"
    assert called(shop) == "Anna's Shop"

    assert decide(shop, change, now, decision="correct", name="Бор") == "Бор"

    assert queries.name_changes(shop)[0].given == "Бор"


@pytest.mark.parametrize(("name", "code"), [
    ("A", "length"), ("x" * 141, "length"), ("Anna's Shop", "name_same"), ("call +7 903 123 45 67", "contact"),
    ("shop.com", "contact"), ("Cats 🐱", "emoji"), ("Sellerdesk plus", "platform"), ("The first shop", "boast"),
    ("Most loved", "boast"), ("Первый магазин", "boast"), ("首选小店", "boast")])
def test_names_that_break_a_rule_are_refused(name, code, shop, anna, actor, now):
    with pytest.raises(Invalid) as refused:
        ask(shop, anna, actor, now, name)

    assert (refused.value.code, refused.value.field) == (code, "name")
    assert not NameChange.objects.exists()


def test_one_name_at_a_time_and_none_of_ones_other_shops(shop, anna, actor, now):
    services.register_shop(user_id=anna.pk, legal_name="Anna LLC", country="RU", registration_number="7707083893",
                           shop_name="Second", currency="RUB", language="en", actor=actor, now=now)
    with pytest.raises(ShopNameTaken):
        ask(shop, anna, actor, now, "second")
    ask(shop, anna, actor, now)

    with pytest.raises(Conflict):
        ask(shop, anna, actor, now, "Third")

    names.withdraw_name(seller=shop, actor=actor, now=now)
    assert ask(shop, anna, actor, now, "Third")


def test_a_name_of_another_shop_is_not_decided(shop, rival_shop, anna, actor, now):
    change = ask(shop, anna, actor, now)

    with pytest.raises(NotFound):
        decide(rival_shop, change, now, decision="confirm")

    assert called(shop) == "Anna's Shop"


@pytest.mark.parametrize(("start", "end"), [("2026-10-26", "2026-10-28"), ("2026-10-22", "2026-10-26"),
                                          ("2026-10-23", "2026-10-27"), ("2026-10-24", "2026-10-27")])
def test_two_working_days_leave_out_the_weekend(start, end):
    assert rules.working_days_later(datetime.fromisoformat(start), 2) == datetime.fromisoformat(end)


def test_pages_of_names(anna_client, operator_client, shop):
    wrong = anna_client.post("/shop/name/", {"name": "best"})
    assert (wrong.status_code, "advertising law" in wrong.content.decode()) == (422, True)
    assert anna_client.post("/shop/name/", {"name": "Бор"}).status_code == 302
    page = anna_client.get("/shop/company/").content.decode()
    assert "In review" in page
    assert "Ask for another name" not in page
    queue = operator_client.get("/console/reviews/?tab=names").content.decode()
    assert "Бор" in queue
    change = queries.name_queue().rows[0]

    operator_client.post(f"/console/reviews/{shop.id}/names/{change.id}/", {"decision": "confirm"})

    assert "Confirmed" in anna_client.get("/shop/company/").content.decode()
    anna_client.post("/shop/name/", {"name": "Роща"})
    anna_client.post("/shop/name/withdraw/")
    assert called(shop) == "Бор"
    assert queries.name_queue().rows == []
