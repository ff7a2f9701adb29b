"""News reach whom they concern, policies are compared, what comes is told, and a new table is counted on real sales."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.announcements import queries, rules, services
from sellerdesk.announcements.types import Audience, Draft, Reader
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.finance.queries import effects
from sellerdesk.sellers.services import offers

pytestmark = pytest.mark.django_db
OLGA = Actor.operator(1, "Olga")


def texts(text):
    return {"en": text, "ru": f"{text} по-русски", "zh": f"{text} 中文"}


def publish(now, title="News", **values):
    return services.publish(draft=Draft(texts(title), texts(f"{title} body"), **values), actor=OLGA, now=now)


@pytest.mark.parametrize(("audience", "reached"), [
    (Audience(), True), (Audience(countries=("RU",)), True), (Audience(countries=("CN",)), False),
    (Audience(roles=("owner",)), True), (Audience(roles=("assembler",)), False),
    (Audience(schemes=("rfbs",)), False), (Audience(schemes=("fbs", "rfbs")), True),
    (Audience(categories=(7,)), True), (Audience(categories=(8,)), False),
    (Audience(countries=("RU",), categories=(8,)), False),
])
def test_each_list_of_an_audience_must_name_the_reader(audience, reached):
    assert rules.concerns(audience, Reader(1, "RU", "owner", frozenset({"fbs"}), frozenset({7}))) is reached


def test_all_three_languages_are_needed(now):
    with pytest.raises(Invalid) as refused:
        services.publish(draft=Draft({"en": "Only"}, texts("b"), {"ru": "x"}), actor=OLGA, now=now)

    assert {one.field for one in refused.value.fields} == {"title_ru", "title_zh", "changes_en", "changes_zh"}


def test_one_reads_what_concerns_one_and_confirms_what_must_be(anna, anna_client, boris_client, shop, now):
    mine = publish(now, "Codes", must_acknowledge=True, severity="critical")
    other = publish(now, "For China", audience=Audience(countries=("CN",)))
    owners = publish(now, "For owners", audience=Audience(roles=("owner",)))

    home = anna_client.get("/").content.decode()
    assert "Codes" in home
    assert reverse("announcements:acknowledge", args=[mine]) not in home  # it must be opened first
    page = anna_client.get(reverse("announcements:index")).content.decode()
    assert "For owners" in page
    assert "For China" not in page
    assert anna_client.get(reverse("announcements:announcement", args=[other])).status_code == 404
    assert boris_client.get(reverse("announcements:announcement", args=[owners])).status_code == 404
    for _twice in range(2):
        anna_client.post(reverse("announcements:acknowledge", args=[mine]))

    assert [entry.event for entry in activity.history(shop.id, "announcement", mine)] == [
        "announcements.announcement.acknowledged"]
    assert "For owners" in anna_client.get("/").content.decode()


def test_the_archive_is_searched_in_all_languages(anna_client, shop, now):
    publish(now - timedelta(days=200), "Holidays")
    publish(now, "Fees")

    found = anna_client.get(reverse("announcements:index"), {"q": "Holidays 中文"}).content.decode()
    assert "Holidays" in found
    assert "Fees" not in found.partition('class="news-list"')[2]


def test_a_withdrawn_one_is_seen_no_longer(anna_client, operator_client, shop, now):
    one = publish(now)

    assert operator_client.get(reverse("console:announcements")).status_code == 200
    operator_client.post(reverse("console:announcement_withdraw", args=[one]))

    assert anna_client.get(reverse("announcements:announcement", args=[one])).status_code == 404


def test_versions_are_compared_sentence_by_sentence(anna_client, shop, now):
    for version, text, days in (("1.0", "Answer soon. No gifts.", 9), ("2.0", "Answer soon. No gifts or discounts.", 1)):
        services.publish_policy(key="messages", version=version, titles=texts("Words"), texts=texts(text), actor=OLGA,
                                valid_from=now - timedelta(days=days), now=now - timedelta(days=days))

    page = anna_client.get(reverse("announcements:policy", args=["messages"]), {"with": "1.0", "version": "2.0"})
    shown = page.content.decode()
    assert "<del>No gifts.</del>" in shown
    assert "<ins>No gifts or discounts" in shown
    assert "<ins>Answer soon" not in shown
    assert [one.sign for one in rules.differences("甲。乙。", "甲。丙。")] == ["same", "gone", "new"]


def test_what_comes_into_force_tells_itself(anna_client, shop, now, client):
    publish(now, "Table; new, and dear", effective_at=now + timedelta(days=3))
    publish(now, "China alone", effective_at=now + timedelta(days=3), audience=Audience(countries=("CN",)))
    dated.put("finance.commission", "17000500", {"fbs": [1, 1, 1]}, valid_from=now + timedelta(days=2), source="t")
    offers.publish_offer(version="9", texts=texts("o"), valid_from=now + timedelta(days=1), actor=OLGA, now=now)

    rows = queries.coming(Reader(1, "RU", "owner"), language="en", now=now)
    assert [one.kind for one in rows] == ["offer", "finance.commission", "announcement"]
    assert "New commission table" in anna_client.get(reverse("announcements:calendar")).content.decode()
    guest = Client()
    ics = guest.get(reverse("announcements:ics")).content.decode()
    assert "SUMMARY:Table\\; new\\, and dear" in ics
    assert "China alone" not in ics
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    atom = guest.get(reverse("announcements:feed"))
    assert atom["Content-Type"].startswith("application/atom+xml")
    assert "Table; new" in atom.content.decode()
    assert "China alone" not in atom.content.decode()


def test_a_new_table_is_counted_on_the_shops_own_sales(stall, anna):
    from tests.tenancy.conftest import sign_in
    number = stall.handed_over()[0]
    stall.scan(number, "accepted", "at_pickup_point", "delivered")
    start, end = stall.now - timedelta(days=30), stall.now + timedelta(days=30)
    [was] = effects.commission_effect(stall.seller, start, end, stall.now)
    assert was.difference_minor == 0
    later = stall.now + timedelta(days=10)
    old = dated.get("finance.commission", was.department, stall.now).value
    dated.put("finance.commission", was.department, {scheme: [bp + 200 for bp in bands] for scheme, bands in old.items()},
              valid_from=later, source="test")

    [would] = effects.commission_effect(stall.seller, start, end, later)

    assert (would.units, would.sold_minor, would.was_minor) == (was.units, was.sold_minor, was.was_minor)
    assert would.difference_minor == would.sold_minor * 200 // 10_000
    assert queries.fee_changes(stall.now) == [later]
    page = sign_in(anna).get(reverse("announcements:fees")).content.decode()
    assert "You would have paid more" in page or "No bookings" in page


def test_a_new_rate_of_payment_processing_is_counted_delivery_by_delivery(stall):
    for number in stall.handed_over(stall.request(), stall.request()):
        stall.scan(number, "accepted", "at_pickup_point", "delivered")
    start, end, later = stall.now - timedelta(days=30), stall.now + timedelta(days=30), stall.now + timedelta(days=10)
    was = effects.acquiring_effect(stall.seller, start, end, stall.now)
    dated.put("finance.acquiring", "", {"bp": 200}, valid_from=later, source="test")

    would = effects.acquiring_effect(stall.seller, start, end, later)

    assert (was.units, was.difference_minor) == (2, 0)
    assert was.was_minor == was.sold_minor * 150 // 10_000 > 0
    assert would.would_be_minor == would.sold_minor * 200 // 10_000
    assert queries.fee_changes(stall.now) == [later]


def require(now, version="1.0", key="returns", days=0):
    return services.publish_policy(key=key, version=version, titles=texts("Returns"), texts=texts("Take them back."),
                                   valid_from=now + timedelta(days=days), actor=OLGA, now=now, must_accept=True)


def test_a_policy_to_accept_closes_acts_after_its_grace_and_leaves_looking_open(anna_client, boris_client, shop, now):
    from sellerdesk.sellers import queries as sellers

    require(now)
    assert sellers.offer_signed(shop, now + timedelta(days=13))
    assert not sellers.offer_signed(shop, now + timedelta(days=14))
    assert sellers.offer_to_sign(shop, now) is None
    home = anna_client.get("/").content.decode()
    assert "The policy “Returns” must be accepted by" in home
    dated.put("sellers.offer_grace_days", "", 0, valid_from=now, source="test")

    assert "Selling waits" in anna_client.get("/").content.decode()
    assert "selling waits for it" in anna_client.get(reverse("announcements:policies")).content.decode()
    assert boris_client.get(reverse("orders:postings")).status_code == 200
    assert boris_client.post(reverse("orders:bulk"), {})["Location"] == reverse("sellers:offer")
    page = anna_client.get(reverse("sellers:offer")).content.decode()
    assert "Take them back." in page
    [asked] = sellers.to_sign(shop, now, "en")
    assert boris_client.post(reverse("sellers:offer"), {"offer": asked.id}).status_code == 403
    anna_client.post(reverse("sellers:offer"), {"offer": asked.id})

    assert boris_client.post(reverse("orders:bulk"), {}).headers.get("Location") != reverse("sellers:offer")
    assert sellers.policy_acceptances() == {("returns", "1.0"): 1}
    assert [entry.event for entry in activity.history(shop.id, "policy", "returns")] == ["sellers.policy.accepted"]
    assert sellers.to_sign(shop, now, "en") == []


def test_accepting_one_policy_accepts_no_other_and_no_later_version(shop, anna, now):
    from sellerdesk.sellers import queries as sellers

    require(now)
    require(now, key="prices")
    require(now, version="2.0", days=3)
    asked = {one.key: one for one in sellers.to_sign(shop, now, "en")}
    offers.accept_offer(seller=shop, offer_id=asked["returns"].id, user_id=anna.pk, actor=Actor.user(anna.pk, "A"), now=now)

    assert [one.key for one in sellers.to_sign(shop, now, "en")] == ["prices"]
    later = now + timedelta(days=4)
    assert [(one.key, one.version) for one in sellers.to_sign(shop, later, "en")] == [("prices", "1.0"), ("returns", "2.0")]
    assert sellers.to_sign(shop, later, "en")[1].until == now + timedelta(days=17)


def test_a_shop_that_opens_later_has_the_grace_from_then_on(shop, now):
    from sellerdesk.sellers import queries as sellers
    from sellerdesk.sellers.models import Seller

    require(now)
    opened = now + timedelta(days=30)
    Seller.objects.filter(pk=shop.id).update(created_at=opened)

    assert sellers.offer_signed(shop, opened + timedelta(days=13))
    assert not sellers.offer_signed(shop, opened + timedelta(days=14))
    assert sellers.to_sign(shop, opened, "en")[0].until == opened + timedelta(days=14)


def test_important_news_stands_above_every_page_until_put_away(anna_client, boris_client, shop, now, django_assert_num_queries):
    page = reverse("announcements:calendar")
    anna_client.get(page)
    with CaptureQueriesContext(connection) as before:
        anna_client.get(page)
    count = len(before)
    publish(now, "Only at home")
    assert "Only at home" not in anna_client.get(page).content.decode()
    with django_assert_num_queries(count):
        anna_client.get(page)
    soft = publish(now, "Fees rise", severity="important")
    hard = publish(now, "Codes", must_acknowledge=True)
    publish(now, "For China", severity="critical", audience=Audience(countries=("CN",)))

    assert "Codes" in anna_client.get(page).content.decode()
    assert reverse("announcements:acknowledge", args=[hard]) not in anna_client.get(page).content.decode()
    anna_client.post(reverse("announcements:acknowledge", args=[hard]))
    shown = anna_client.get(page).content.decode()
    assert "Fees rise" in shown
    assert reverse("announcements:acknowledge", args=[soft]) in shown
    anna_client.post(reverse("announcements:acknowledge", args=[soft]))
    assert 'id="banner-announcement"' not in anna_client.get(page).content.decode()
    assert "Fees rise" not in anna_client.get(page).content.decode()
    assert "Codes" in boris_client.get(reverse("orders:postings")).content.decode()


def test_a_feed_of_ones_own_holds_what_concerns_one_and_can_be_ended(anna_client, shop, now):
    publish(now, "For owners", audience=Audience(roles=("owner",)))
    publish(now, "For packers", audience=Audience(roles=("assembler",)))
    anna_client.post(reverse("announcements:feed_open"))
    address = re.search(r"/announcements/feed/[\w-]+\.atom", anna_client.get(reverse("announcements:index")).content.decode())[0]
    guest = Client()

    answer = guest.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Cache-Control"] == "private, no-store"
    assert "For owners" in answer.content.decode()
    assert "For packers" not in answer.content.decode()
    assert b"<rss" in guest.get(address.replace(".atom", ".rss")).content
    for wrong in (address.replace(".atom", ".exe"), address.replace("feed/", "feed/1"), "/announcements/feed/x.atom"):
        assert guest.get(wrong).status_code == 404
    anna_client.post(reverse("announcements:feed_open"))
    assert guest.get(address).status_code == 404
    anna_client.post(reverse("announcements:feed_close"))
    assert "/announcements/feed/1" not in anna_client.get(reverse("announcements:index")).content.decode()
