"""Closing a shop: what keeps it, sleeping over it, stopping it, and what is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import activity, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Order
from sellerdesk.orders.subscribers import on_closed
from sellerdesk.orders.types import Refusal
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import queries, services
from sellerdesk.sellers.errors import KeyDeactivated, StateForbids
from sellerdesk.sellers.models import (
    ApiKey,
    Approval,
    Closing,
    Company,
    Document,
    Invitation,
    JoinRequest,
    Membership,
    Seller,
)
from sellerdesk.sellers.services import closing, erasing, invitations, review
from sellerdesk.sellers.services.certificate import certificate_pdf
from sellerdesk.sellers.team_types import Terms
from tests import cookies

pytestmark = pytest.mark.django_db
OLGA = Actor.operator(1, "Olga")
LATER = timedelta(days=14)


def begin(shop, anna, actor, now):
    return closing.start_closing(seller=queries.seller_ref(shop.id), typed_name=" Anna's  Shop ", reason="moving on",
                                 user_id=anna.pk, actor=actor, now=now)


@pytest.mark.parametrize("before", ["draft", "in_review", "needs_changes"])
def test_a_shop_that_was_never_approved_closes_at_once_and_leaves_its_history_only(shop, anna_client, anna, now, before):
    Seller.objects.filter(pk=shop.id).update(state=before)
    storage.put_bytes("papers/one", b"sealed")
    Document.objects.create(seller_id=shop.id, item_key="charter", file_name="a.pdf", content_type="application/pdf",
                            size_bytes=1, sha256="0", storage_key="papers/one", uploaded_by=anna, created_at=now)
    cookies.prove_now(anna_client, anna)

    wrong = anna_client.post(reverse("sellers:closing_start"), {"typed_name": "Another"})
    assert (wrong.status_code, state(shop), Document.objects.count()) == (422, before, 1)
    done = anna_client.post(reverse("sellers:closing_start"), {"typed_name": shop.name})

    assert done["Location"] == reverse("sellers:shops")
    assert (state(shop), Document.objects.count(), Closing.objects.count()) == ("closed", 0, 0)
    assert activity.history(shop.id, "shop", shop.id)[0].event == "sellers.shop.closed"
    assert Message.objects.filter(to=anna.email, subject="The shop “Anna's Shop” is closed").count() == 1


def test_an_approved_shop_is_not_given_up(shop, actor, now):
    with pytest.raises(StateForbids):
        closing.give_up(seller=shop, typed_name=shop.name, actor=actor, now=now, real_now=now)
    assert state(shop) == "active"


def test_closing_erases_requests_for_a_second_person_and_requests_to_join(shop, anna, boris, actor, now):
    Approval.objects.create(seller_id=shop.id, kind="key_write", label="Sync", asked_by=anna, asked_at=now, expires_at=now)
    JoinRequest.objects.create(seller_id=shop.id, user=boris, text="Boris here", created_at=now, expires_at=now)

    erasing.erase(seller=shop, real_now=now)

    assert (Approval.objects.count(), JoinRequest.objects.count()) == (0, 0)


def finish(at):
    return closing.finish_due(now=at, real_now=at)


def state(shop):
    return queries.seller_ref(shop.id).state


def mails(to="anna@example.com"):
    return list(Message.objects.filter(to=to).order_by("pk").values_list("subject", flat=True))


def test_closing_stops_selling_at_once_and_tells_every_owner_until_when(stall, shop, anna, actor, now, boris):
    services.add_member(seller=shop, user_id=boris.pk, role="owner", label="Boris", actor=actor, now=now)

    due = begin(shop, anna, actor, now)

    assert due == now + LATER
    assert state(shop) == "closing"
    assert orders.place_orders(seller=shop, orders=[stall.request()], actor=actor) == [Refusal("shop_closed")]
    assert "The shop “Anna's Shop” is closing" in mails()
    assert "Магазин «Anna's Shop» закрывается" in mails("boris@example.com")
    assert queries.closing(shop).started_by == "Anna"
    assert activity.latest(shop.id, 1)[0].sentence == "Anna began to close the shop “Anna's Shop”"


def test_closing_refuses_another_name_and_changes_nothing(shop, anna, actor, now):
    with pytest.raises(Invalid) as refused:
        closing.start_closing(seller=shop, typed_name="Anna", user_id=anna.pk, actor=actor, now=now)

    assert (refused.value.code, refused.value.field) == ("name_differs", "typed_name")
    assert state(shop) == "active"
    assert not Closing.objects.exists()


def test_closing_twice_is_refused(shop, anna, actor, now):
    begin(shop, anna, actor, now)

    with pytest.raises(StateForbids):
        begin(shop, anna, actor, now)

    assert Closing.objects.count() == 1


def test_stopped_closing_leaves_the_shop_selling(shop, anna, actor, now):
    begin(shop, anna, actor, now)

    closing.stop_closing(seller=shop, actor=actor, now=now + timedelta(days=13))

    assert state(shop) == "active"
    assert finish(now + timedelta(days=20)) == 0
    assert queries.closing(shop) is None
    assert "The shop “Anna's Shop” is not being closed any more" in mails()
    with pytest.raises(StateForbids):
        closing.stop_closing(seller=shop, actor=actor, now=now)


def test_nobody_gets_out_of_a_suspension_by_closing(shop, anna, actor, now):
    until = now + timedelta(days=40)
    review.suspend_shop(seller_id=shop.id, reason="complaints", note="", until=until, actor=OLGA, now=now)
    begin(shop, anna, actor, now)

    closing.stop_closing(seller=shop, actor=actor, now=now)

    row = Seller.objects.get(pk=shop.id)
    assert (row.state, row.state_reason, row.state_until) == ("suspended", "@complaints", until)


def test_open_orders_returns_and_balance_keep_the_shop_and_its_owners_are_told_weekly(stall, shop, anna, actor, now):
    delivered, _waiting = stall.handed_over()[0], stall.place()[0]
    stall.scan(delivered, "accepted", "at_pickup_point", "delivered")
    returns.request_returns(seller=shop, actor=Actor.buyer("D"), requests=[
        ReturnRequest(delivered, stall.sku(stall.mug), 1, "defective", now)])
    begin(shop, anna, actor, now)

    ends = {end.key: end for end in queries.open_ends(shop)}
    assert (ends["orders"].count, ends["returns"].count) == (1, 1)
    assert ends["balance"].amount.amount_minor != 0
    assert (ends["stock"].count, ends["stock"].blocks) == (39, False)
    assert finish(now + LATER) == 0
    assert finish(now + LATER + timedelta(days=6)) == 0
    assert mails().count("The shop “Anna's Shop” cannot close yet") == 1
    assert finish(now + LATER + timedelta(days=7)) == 0
    assert mails().count("The shop “Anna's Shop” cannot close yet") == 2
    assert state(shop) == "closing"


def test_a_closed_shop_forgets_people_stops_keys_and_keeps_what_the_law_asks(stall, shop, anna, boris, actor, now):
    number = stall.place()[0]
    orders.cancel_posting(seller=shop, number=number, reason_id=352, message="", by="seller", actor=actor, now=now)
    Company.objects.update(director="Anna Ivanova", address="Moscow, Lenina 1")
    services.add_member(seller=shop, user_id=boris.pk, role="warehouse", label="Boris", actor=actor, now=now)
    invitations.invite(seller=shop, email="new@example.com", terms=Terms("analyst"), language="en", actor=actor,
                       real_now=now)
    key = services.create_key(seller=shop, name="till", roles=["Admin"], actor=actor, user_id=anna.pk, real_now=now)
    stored = storage.save_bytes("papers", b"secret", "bin")
    Document.objects.create(seller_id=shop.id, item_key="charter", file_name="Anna.pdf", size_bytes=6, sha256="0",
                            content_type="application/pdf", storage_key=stored, created_at=now)
    begin(shop, anna, actor, now)

    assert finish(now + LATER - timedelta(seconds=1)) == 0
    assert finish(now + LATER) == 1
    on_closed([entry for entry in activity.latest(shop.id, 5) if entry.event == "sellers.shop.closed"])

    assert state(shop) == "closed"
    company = Company.objects.get()
    assert (company.legal_name, company.address, company.director) == ("Anna LLC", "Moscow, Lenina 1", "")
    assert list(Membership.objects.values_list("user__email", "role")) == [("anna@example.com", "owner")]
    assert not Document.objects.exists()
    assert not Invitation.objects.exists()
    with pytest.raises(NotFound):
        storage.open_bytes(stored)
    assert ApiKey.objects.get().deactivated_at == now + LATER
    with pytest.raises(KeyDeactivated):
        queries.authenticate_key(client_id=shop.id, api_key=key.secret, address="127.0.0.1", real_now=now + LATER)
    assert list(Order.objects.values_list("buyer_name", "buyer_phone", "address", "city")) == [("", "", "", "Казань")]
    labels = {entry.actor.label for entry in activity.latest(shop.id, 200) if entry.actor.kind == "user"}
    assert labels == {"—"}
    assert queries.shops_of_user(anna.pk) == []
    paper = queries.certificate(anna.pk, shop.id)
    assert (paper.shop_name, paper.legal_name, paper.registration_number) == ("Anna's Shop", "Anna LLC", "7707083893")
    assert paper.closed_at == now + LATER
    assert paper.kept_until == datetime(2031, 12, 31, 11, tzinfo=UTC)
    with pytest.raises(NotFound):
        queries.certificate(boris.pk, shop.id)
    assert "The shop “Anna's Shop” is closed" in mails()


def test_the_director_stays_while_another_shop_of_the_company_goes_on(shop, anna, actor, now):
    Company.objects.update(director="Anna Ivanova")
    services.register_shop(user_id=anna.pk, legal_name="Anna LLC", country="RU", registration_number="7707083893",
                           shop_name="Second", currency="RUB", language="en", actor=actor, now=now)
    begin(shop, anna, actor, now)

    assert finish(now + LATER) == 1

    assert Company.objects.get().director == "Anna Ivanova"


def test_a_stop_in_the_last_moment_wins_over_the_calendar(shop, anna, actor, now, monkeypatch):
    begin(shop, anna, actor, now)

    def stopped_meanwhile(seller):
        closing.stop_closing(seller=seller, actor=actor, now=now)
        return []

    monkeypatch.setattr(queries, "open_ends", stopped_meanwhile)

    assert finish(now + LATER) == 0

    assert state(shop) == "active"
    erasing.shred(["papers/was-never-there.bin"])


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_certificate_is_one_page_in_each_language_and_always_the_same_bytes(language, shop, anna, actor, now):
    begin(shop, anna, actor, now)
    finish(now + LATER)
    paper = queries.certificate(anna.pk, shop.id)

    data = certificate_pdf(paper, language)

    assert data.startswith(b"%PDF-1.")
    assert data.count(b"/Type /Page\n") == 1
    assert data == certificate_pdf(paper, language)


def test_pages_of_closing(anna_client, clara_client, operator_client, shop, anna, now):
    page = anna_client.get("/shop/closing/").content.decode()
    assert "Nothing keeps the shop open" in page
    wrong = anna_client.post("/shop/closing/start/", {"typed_name": "Other", "reason": ""})
    assert wrong.status_code == 422
    assert "This is not the name of the shop" in wrong.content.decode()

    assert anna_client.post("/shop/closing/start/", {"typed_name": "Anna's Shop", "reason": "tired"}).status_code == 302

    assert "Keep the shop" in anna_client.get("/shop/closing/").content.decode()
    assert "The shop is closing" in anna_client.get("/").content.decode()
    console = operator_client.get(f"/console/reviews/{shop.id}/").content.decode()
    assert "closes at the earliest" in console
    assert "tired" in console
    assert "Anna&#x27;s Shop" in operator_client.get("/console/reviews/?tab=closing").content.decode()
    finish(now + LATER)
    assert f"/shops/closed/{shop.id}/certificate/" in anna_client.get("/shops/").content.decode()
    paper = anna_client.get(f"/shops/closed/{shop.id}/certificate/?language=ru")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert clara_client.get(f"/shops/closed/{shop.id}/certificate/").status_code == 404


def test_only_owners_close_and_only_after_a_proof(anna_client, client, shop, boris, anna, actor, now, fresh_limits):
    services.add_member(seller=shop, user_id=boris.pk, role="administrator", label="Boris", actor=actor, now=now)
    client.force_login(boris)
    assert client.get("/shop/closing/").status_code == 403
    assert "/shop/closing/" not in client.get("/shop/company/").content.decode()
    assert "/shop/closing/" in anna_client.get("/shop/company/").content.decode()

    client.force_login(anna)
    answer = client.post("/shop/closing/start/", {"typed_name": "Anna's Shop", "reason": ""})

    assert answer.status_code == 302
    assert state(shop) == "active"
