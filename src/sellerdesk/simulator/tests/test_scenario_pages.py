from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import clock
from sellerdesk.orders.models import Order, Posting
from sellerdesk.simulator import queries, services
from sellerdesk.simulator.models import Market, Run
from sellerdesk.simulator.scenarios import library, reading

TINY = "name: tiny\nlasts: 2 h\nbuyers: {orders: 3}\n"
TOKEN = {"Authorization": "Bearer market-token-of-the-tests"}


@pytest.fixture
def open_market(stocked_shop, now, settings):
    settings.MARKET_TOKEN = TOKEN["Authorization"].partition(" ")[2]
    services.open_market(seed=5, since=now)
    Market.objects.update(orders_per_day=0)
    clock.start_at(now, 60)
    return stocked_shop


def ask(client, act, body=None, **query):
    address = reverse("simulator:api", args=[act])
    if body is None:
        return client.get(address, query, headers=TOKEN)
    return client.post(address, body, content_type="application/json", headers=TOKEN)


# -- pages -----------------------------------------------------------------------------------------------------------


def test_the_gallery_shows_every_shipped_story(anna_client, open_market):
    page = anna_client.get(reverse("simulator:scenarios"))

    assert page.status_code == 200
    for name in library.names():
        assert library.scenario(name).title["en"] in page.content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_every_story_reads_in_every_language(anna_client, open_market, language):
    page = anna_client.get(reverse("simulator:scenarios"), headers={"Accept-Language": language})

    assert library.scenario("strike").title[language] in page.content.decode()


def test_a_shipped_story_starts_and_stops(anna_client, open_market):
    anna_client.post(reverse("simulator:start"), {"name": "strike"})
    page = anna_client.get(reverse("simulator:scenarios")).content.decode()
    live = anna_client.get(reverse("simulator:scenarios-live")).content.decode()
    anna_client.post(reverse("simulator:stop"))

    assert "Orders taken" in page
    assert "0 / 120" in live
    assert Run.objects.get().state == "stopped"


def test_mistakes_of_an_own_story_come_back_with_its_text(anna_client, open_market):
    page = anna_client.post(reverse("simulator:start"), {"text": "name: x\nlasts: 1 h\nbuyers: {ordres: 3}\n"})

    assert page.status_code == 422
    assert "Line 3: there is no “buyers.ordres”" in page.content.decode()
    assert "{ordres: 3}" in page.content.decode()
    assert not Run.objects.exists()


def test_a_run_that_ended_is_saved_as_a_test_of_the_next(anna_client, open_market, now):
    anna_client.post(reverse("simulator:start"), {"text": TINY})
    anna_client.post(reverse("simulator:stop"))
    run = Run.objects.get()

    page = anna_client.get(reverse("simulator:run", args=[run.pk]))
    file = anna_client.get(reverse("simulator:recording", args=[run.pk]))

    assert page.status_code == 200
    assert file["Content-Disposition"] == f'attachment; filename="tiny-{run.pk}.yaml"'
    assert reading.read(file.content.decode()).expect["orders"] == 0


def test_nobody_sees_the_run_of_another_shop(anna_client, clara_client, open_market):
    anna_client.post(reverse("simulator:start"), {"text": TINY})
    run = Run.objects.get()

    assert clara_client.get(reverse("simulator:run", args=[run.pk])).status_code == 404
    assert clara_client.get(reverse("simulator:recording", args=[run.pk])).status_code == 404
    clara_client.post(reverse("simulator:stop"))
    assert Run.objects.get().state == "running"


def test_this_very_order_is_placed_by_form(anna_client, open_market):
    offer = queries_offer(open_market)

    anna_client.post(reverse("simulator:order"), {"offer_id": offer, "quantity": "2", "city": "Казань", "fate": "lost"})
    wrong = anna_client.post(reverse("simulator:order"), {"offer_id": "NO-SUCH", "quantity": "2"})

    assert (Order.objects.get().city, Posting.objects.get().units) == ("Казань", 2)
    assert wrong.status_code == 422
    assert "This shop has no offer “NO-SUCH”." in wrong.content.decode()


def queries_offer(seller):
    from sellerdesk.catalog import queries as catalog

    return catalog.sellable(seller)[0].offer_id


# -- programs --------------------------------------------------------------------------------------------------------


def test_programs_need_the_token(client, open_market, settings):
    address = reverse("simulator:api", args=["status"])

    assert client.get(address).status_code == 401
    assert client.get(address, headers={"Authorization": "Bearer wrong"}).status_code == 401
    settings.MARKET_TOKEN = ""
    assert client.get(address, headers=TOKEN).status_code == 404


def test_programs_move_the_clock(client, open_market, now):
    assert ask(client, "advance", {"hours": 36}).json()["now"] == "2026-11-24T21:00:00Z"
    assert ask(client, "speed", {"speed": 600}).json()["speed"] == 600
    assert ask(client, "pause", {}).json()["paused"] is True
    assert ask(client, "resume", {}).json()["paused"] is False
    far = ask(client, "advance", {"hours": 10_000})

    assert (far.status_code, far.json()["error"]["code"]) == (400, "leap_too_far")
    assert clock.now() == now + timedelta(hours=36)
    assert ask(client, "status").json()["behind_seconds"] == 36 * 3600


# News is given out when its transaction has ended, which that of an ordinary test never does on PostgreSQL.
@pytest.mark.django_db(transaction=True)
def test_programs_place_orders_and_run_scenarios(client, open_market, now):
    shop = open_market.id
    placed = ask(client, "order", {"client_id": shop, "lines": [{"offer_id": queries_offer(open_market)}],
                                   "city": "Самара", "fate": "buyer_cancels"}).json()
    started = ask(client, "start", {"client_id": shop, "text": TINY})
    again = ask(client, "start", {"client_id": shop, "scenario": "strike"})
    services.tick(now + timedelta(hours=2))
    status = ask(client, "status", client_id=shop).json()
    stopped = ask(client, "stop", {"client_id": shop})

    posting = Posting.objects.get(number=placed["posting_number"])
    assert (posting.city, posting.state, posting.cancelled_by) == ("Самара", "cancelled", "client")
    assert (started.status_code, again.status_code, stopped.status_code) == (200, 409, 200)
    assert (status["run"]["name"], status["run"]["placed"]) == ("tiny", 3)
    assert queries.last_run(open_market).result["orders"] == 3


def test_programs_are_told_what_is_wrong(client, open_market):
    wrong = ask(client, "start", {"text": "name: x\nlasts: 1 h\nbuyers: {ordres: 3}\n"})

    assert wrong.status_code == 400
    assert [(one["line"], one["field"], one["code"]) for one in wrong.json()["error"]["fields"]] == [
        (3, "buyers.ordres", "unknown_key")]
    assert ask(client, "order", {"lines": [{"offer_id": "NO-SUCH"}]}).status_code == 404
    assert ask(client, "order", {"nonsense": 1}).json()["error"]["code"] == "body_invalid"
    assert ask(client, "fly", {}).status_code == 404
    assert ask(client, "advance").status_code == 404
