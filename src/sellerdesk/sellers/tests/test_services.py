"""Registering shops and making keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Forbidden, Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries, services
from sellerdesk.sellers.errors import (
    CompanyTaken,
    KeyDeactivated,
    KeyExpired,
    KeyUnknown,
    ShopNameTaken,
    TooManyKeys,
)
from sellerdesk.sellers.models import ApiKey, Company, Membership, Seller

GOOD = {"legal_name": "Anna LLC", "country": "RU", "registration_number": "7707083893", "shop_name": "Second shop",
        "currency": "RUB", "time_zone": "", "language": "ru"}


def test_registering_makes_company_shop_and_owner_and_sells_at_once_in_the_demo(shop, anna):
    assert shop.state == "active"
    assert shop.may_sell
    assert queries.shops_of_user(anna.pk)[0].role == "owner"
    assert queries.company(shop).registration_number == "7707083893"
    anna.refresh_from_db()
    assert anna.last_seller_id == shop.id
    entry = activity.latest(shop.id)[0]
    assert (entry.event, entry.sentence) == ("sellers.shop.registered", "Anna registered the shop “Anna's Shop”")


def test_registering_outside_the_demo_waits_for_an_operator(anna, actor, reviewed, now):
    waiting = services.register_shop(user_id=anna.pk, actor=actor, now=now, **GOOD)
    approved = services.approve_shop(seller_id=waiting.id, actor=Actor.operator(1, "Olga"), now=now)
    services.approve_shop(seller_id=waiting.id, actor=Actor.operator(1, "Olga"), now=now)

    assert (waiting.state, waiting.time_zone) == ("in_review", "Europe/Moscow")
    assert approved.may_sell
    assert [(mail.to, mail.subject) for mail in Message.objects.all()] == [
        ("anna@example.com", "Your shop “Second shop” is open")]
    assert [entry.event for entry in activity.latest(waiting.id)] == [
        "sellers.shop.activated", "sellers.shop.approved", "sellers.shop.submitted", "sellers.shop.registered"]


def test_registering_names_every_wrong_field_and_writes_nothing(anna, actor, dated_rules, now):
    with pytest.raises(Invalid) as refused:
        services.register_shop(user_id=anna.pk, legal_name="", country="RU", registration_number="7707083894",
                               shop_name="x", currency="CNY", language="ru", actor=actor, now=now)

    assert {(one.field, one.code) for one in refused.value.fields} == {
        ("registration_number", "check_digit"), ("currency", "currency_not_offered"), ("legal_name", "length"),
        ("shop_name", "length")}
    assert Company.objects.count() == Seller.objects.count() == Membership.objects.count() == 0


def test_second_shop_of_the_own_company_is_welcome_but_not_under_the_same_name(shop, anna, actor, now):
    second = services.register_shop(user_id=anna.pk, actor=actor, now=now, **GOOD)

    with pytest.raises(ShopNameTaken):
        services.register_shop(user_id=anna.pk, actor=actor, now=now, **{**GOOD, "shop_name": "SECOND SHOP"})

    assert queries.company(second).shops == 2
    assert [one.name for one in queries.shops_of_user(anna.pk)] == ["Anna's Shop", "Second shop"]


def test_a_rival_cannot_register_somebody_elses_company(shop, clara, now):
    with pytest.raises(CompanyTaken):
        services.register_shop(user_id=clara.pk, actor=Actor.user(clara.pk, "Clara"), now=now, **GOOD)

    assert Seller.objects.count() == 1


def test_switching_to_a_rivals_shop_finds_nothing(shop, rival_shop, anna):
    with pytest.raises(NotFound):
        services.switch_shop(user_id=anna.pk, seller_id=rival_shop.id)


# -- keys --------------------------------------------------------------------------------------------------------------


def _key(shop, actor, now, **changes):
    return services.create_key(**{"seller": shop, "name": "Stock sync", "roles": ["Posting FBS", "Admin"],
                                  "life_days": 30, "actor": actor, "user_id": None, "real_now": now, **changes})


def _ask(shop, key, now):
    return queries.authenticate_key(client_id=shop.id, api_key=key, address="127.0.0.1", real_now=now)


def test_key_is_known_once_and_proves_its_shop(shop, actor, anna, now, django_assert_num_queries):
    made = _key(shop, actor, now, user_id=anna.pk)

    with django_assert_num_queries(1):
        caller = _ask(shop, made.secret, now)

    assert (caller.seller, caller.key_id, caller.roles) == (shop, made.id, {"Admin", "Posting FBS"})
    assert caller.expires_at == now + timedelta(days=30)
    stored = ApiKey.objects.get()
    assert made.secret not in str(vars(stored))
    row = queries.keys(shop)[0]
    assert (row.prefix, row.created_by, row.roles) == (made.secret[:12], "Anna", ("Admin", "Posting FBS"))


def test_key_with_a_bad_checksum_is_refused_without_a_query(shop, actor, now, django_assert_num_queries):
    made = _key(shop, actor, now)

    with django_assert_num_queries(0), pytest.raises(KeyUnknown):
        _ask(shop, made.secret[:-1] + ("a" if made.secret[-1] != "a" else "b"), now)


def test_key_of_a_rival_is_unknown_in_this_shop(shop, rival_shop, actor, now):
    made = _key(rival_shop, Actor.system("test"), now)

    with pytest.raises(KeyUnknown):
        _ask(shop, made.secret, now)
    with pytest.raises(KeyUnknown):
        services.deactivate_key(seller=shop, key_id=made.id, actor=actor, real_now=now)
    assert queries.keys(shop) == []
    assert _ask(rival_shop, made.secret, now).key_id == made.id


def test_deactivated_key_stops_at_once_and_an_expired_one_on_time(shop, actor, now):
    stopped, short = _key(shop, actor, now), _key(shop, actor, now, life_days=1)

    services.deactivate_key(seller=shop, key_id=stopped.id, actor=actor, real_now=now)
    services.deactivate_key(seller=shop, key_id=stopped.id, actor=actor, real_now=now)

    with pytest.raises(KeyDeactivated) as refused:
        _ask(shop, stopped.secret, now)
    assert isinstance(refused.value, Forbidden)
    assert _ask(shop, short.secret, now + timedelta(hours=23)).key_id == short.id
    with pytest.raises(KeyExpired):
        _ask(shop, short.secret, now + timedelta(days=1))
    events = [entry.event for entry in activity.history(shop.id, "key", stopped.id)]
    assert events == ["sellers.key.deactivated", "sellers.key.created"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": " "}, "name"), ({"roles": []}, "roles"), ({"roles": ["King"]}, "roles"),
     ({"life_days": 181}, "life_days"), ({"life_days": 0}, "life_days")],
)
def test_key_with_a_wrong_wish_is_refused_by_field(shop, actor, now, changes, field):
    with pytest.raises(Invalid) as refused:
        _key(shop, actor, now, **changes)

    assert [one.field for one in refused.value.fields] == [field]
    assert ApiKey.objects.count() == 0


def test_shop_has_a_bounded_number_of_working_keys(shop, actor, now):
    keys = [_key(shop, actor, now) for _ in range(50)]
    with pytest.raises(TooManyKeys):
        _key(shop, actor, now)

    services.deactivate_key(seller=shop, key_id=keys[0].id, actor=actor, real_now=now)

    assert _key(shop, actor, now).id


def test_use_of_a_key_is_noted_at_most_once_a_minute(shop, actor, now, django_assert_num_queries):
    made = _key(shop, actor, now)
    services.touch_key(caller=_ask(shop, made.secret, now), address="10.0.0.1", method="/v1/roles", real_now=now)

    soon, later = now + timedelta(seconds=59), now + timedelta(seconds=60)
    caller = _ask(shop, made.secret, soon)
    with django_assert_num_queries(0):
        services.touch_key(caller=caller, address="10.0.0.2", method="/v3/product/list", real_now=soon)
    services.touch_key(caller=caller, address="10.0.0.3", method="/v3/product/list", real_now=later)

    row = queries.keys(shop)[0]
    assert (row.last_used_at, row.last_used_address, row.last_used_method) == (later, "10.0.0.3", "/v3/product/list")


# -- for operators -----------------------------------------------------------------------------------------------------


def test_operators_page_through_all_shops_both_ways(shop, rival_shop):
    first = queries.sellers_page(cursor=None, limit=1)
    second = queries.sellers_page(cursor=first.next_cursor, limit=1)
    back = queries.sellers_page(cursor=second.prev_cursor, limit=1)

    assert [row.name for row in first.rows] == ["Clara Trade"]
    assert first.prev_cursor == ""
    assert [(row.name, row.owner_email) for row in second.rows] == [("Anna's Shop", "anna@example.com")]
    assert second.next_cursor == ""
    assert back == first


def test_operators_find_a_shop_by_any_of_its_names(shop, rival_shop):
    for text in ("Anna LLC", "anna's", "anna@EXAMPLE", "7707083893"):
        assert [row.id for row in queries.sellers_page(cursor=None, limit=9, search=text).rows] == [shop.id]
    assert shop.id in [row.id for row in queries.sellers_page(cursor=None, limit=9, search=str(shop.id)).rows]


def test_operators_find_russian_names_whatever_the_case(shop, anna, actor, now):
    services.register_shop(user_id=anna.pk, actor=actor, now=now, **{**GOOD, "shop_name": "Лавка Анны"})

    for text in ("лавка", "ЛАВКА", "Лавка"):
        assert [row.name for row in queries.sellers_page(cursor=None, limit=9, search=text).rows] == ["Лавка Анны"]
