from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.catalog import defaults, subscribers
from sellerdesk.catalog.errors import NotOnShelf, NotStopped, ProductUnknown
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import ModerationCase
from sellerdesk.catalog.moderation_types import Remark
from sellerdesk.catalog.services import deciding, letters, products, stopping
from sellerdesk.core import activity, outbox, rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity, Job, Message
from sellerdesk.sellers.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "dated_rules")]
FAKE = Remark("fake", "", "The logo is another brand’s.")


@pytest.fixture
def olga() -> User:
    return User.objects.create_user("olga@example.com", "x" * 20, name="Olga", is_operator=True)


@pytest.fixture
def sold(shop, draft, now) -> Product:
    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[draft()])
    return Product.objects.get(offer_id="HP-1")


def place(product: Product) -> tuple[str, str]:
    product.refresh_from_db()
    return product.status, product.hidden_because


def stop(shop, product, now, given=FAKE) -> None:
    stopping.stop(seller=shop, product_id=product.pk, given=given, actor=Actor.operator(9, "Olga"), now=now)


def show(shop, product, now) -> bool:
    return stopping.show(seller=shop, product_id=product.pk, actor=Actor.operator(9, "Olga"), now=now)


def test_an_operator_stops_a_product_with_a_reason_and_shows_it_again(shop, sold, now):
    stop(shop, sold, now)

    assert place(sold) == ("hidden", "stopped")
    entry = Activity.objects.get(event="catalog.product.stopped")
    assert (entry.target_id, entry.actor_label, entry.data["code"], entry.data["note"]) == (
        str(sold.pk), "Olga", "fake", "The logo is another brand’s.")
    with pytest.raises(NotOnShelf):
        stop(shop, sold, now)
    assert show(shop, sold, now) is True
    assert place(sold) == ("price_sent", "")
    with pytest.raises(NotStopped):
        show(shop, sold, now)
    assert Activity.objects.filter(event="catalog.product.shown").count() == 1


@pytest.mark.parametrize("given", [Remark(""), Remark("nonsense"), Remark("other", "", " "),
                                   Remark("fake", "", "x" * 1001)])
def test_a_stop_needs_a_reason_and_changes_nothing_without(shop, sold, now, given):
    with pytest.raises(Invalid):
        stop(shop, sold, now, given)

    assert place(sold) == ("price_sent", "")
    assert not Activity.objects.filter(event="catalog.product.stopped").exists()


def test_the_product_of_another_shop_is_not_there(rival_shop, sold, now):
    with pytest.raises(ProductUnknown):
        stop(rival_shop, sold, now)
    with pytest.raises(ProductUnknown):
        show(rival_shop, sold, now)

    assert place(sold) == ("price_sent", "")


def test_saving_the_card_does_not_end_a_stop(shop, sold, draft, now):
    stop(shop, sold, now)

    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[draft(name="Another name")])

    assert place(sold) == ("hidden", "stopped")


def test_what_lacks_a_paper_stays_hidden_for_that_when_the_stop_ends(shop, sold, now):
    stop(shop, sold, now)
    rules.put(defaults.SCREENING, "goods.x", {"level": "needs_document", "papers": ["declaration"], "types": [
        sold.type_id]}, valid_from=now, source="test")

    assert show(shop, sold, now) is False
    assert place(sold) == ("hidden", "no_paper")


# --- pages ------------------------------------------------------------------------------------------------------


def test_the_page_of_a_product_stops_it_and_its_seller_reads_why(operator_client, anna_client, shop, sold):
    page = reverse("console:product", args=[shop.id, sold.pk])
    assert "Stop the product" in operator_client.get(page).content.decode()

    refused = operator_client.post(reverse("console:product_stop", args=[shop.id, sold.pk]), {"note": "typed"})
    assert (refused.status_code, place(sold)) == (422, ("price_sent", ""))
    assert "typed" in refused.content.decode()
    operator_client.post(reverse("console:product_stop", args=[shop.id, sold.pk]),
                         {"code": "fake", "note": "Another brand’s logo"})

    assert place(sold) == ("hidden", "stopped")
    assert "Copy of a brand" in operator_client.get(page).content.decode()
    seen = anna_client.get(reverse("catalog:product", args=[sold.pk])).content.decode()
    assert "The marketplace stopped this product" in seen
    assert "Another brand’s logo" in seen
    assert reverse("catalog:policy", args=["brands"]) in seen
    operator_client.post(reverse("console:product_show", args=[shop.id, sold.pk]))
    assert place(sold) == ("price_sent", "")


def test_stopping_needs_its_right(operator_client, operator, shop, sold):
    operator.operator_role = "kyc"
    operator.save()

    assert operator_client.post(reverse("console:product_stop", args=[shop.id, sold.pk]),
                                {"code": "fake"}).status_code == 403
    assert place(sold) == ("price_sent", "")


# --- letters ----------------------------------------------------------------------------------------------------


def letters_about(subject: str) -> list[Message]:
    return list(Message.objects.filter(subject__contains=subject).order_by("pk"))


def test_a_stop_is_told_to_owners_and_to_those_who_change_cards_in_their_language(anna, boris, shop, sold, now):
    anna.language = "ru"
    anna.save()
    Membership.objects.create(user=boris, seller_id=shop.id, role="warehouse", created_at=now)
    stop(shop, sold, now)

    subscribers.on_hidden(activity.history(shop.id, "product", sold.pk, limit=1))

    [letter] = Message.objects.filter(text__contains="HP-1")
    assert (letter.to, letter.language) == (anna.email, "ru")
    assert "скрыт" in letter.subject
    assert "The logo is another brand’s." in letter.text
    assert reverse("catalog:policy", args=["brands"]) in letter.text


def test_the_news_reaches_those_who_write_the_letters():
    told = {name: outbox._subscribers[name].events for name in ("catalog.hidden_letters", "catalog.closed_shops")}

    assert told == {"catalog.hidden_letters": {"catalog.product.hidden", "catalog.product.stopped"},
                    "catalog.closed_shops": {"sellers.shop.closed"}}


def test_decisions_of_a_minute_are_told_in_one_letter_and_only_once(anna, boris, olga, shop, draft, now):
    Membership.objects.create(user=boris, seller_id=shop.id, role="product", created_at=now)
    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[
        draft(f"HP-{at}", description="Clinically proven") for at in range(3)])
    for case, verdict in zip(ModerationCase.objects.order_by("pk"), ("declined", "revision", "approved"), strict=True):
        deciding.decide(case_id=case.pk, verdict=verdict, given=[Remark("text_forbidden", "", "“Clinically proven”")],
                        operator_id=olga.pk, actor=Actor.operator(olga.pk, "Olga"), now=now)
    assert Job.objects.filter(unique_key__startswith=f"moderation.letter:{shop.id}:").count() in (1, 2)

    assert letters.tell_decisions.func(shop.id) == 2
    assert letters.tell_decisions.func(shop.id) == 0

    text, translated = (Message.objects.get(to=one.email).text for one in (anna, boris))
    assert "A moderator looked at 2 products" in text
    assert "Модератор проверил 2 товара" in translated
    assert "Описание: Запрещённые слова" in translated
    assert "Description: Forbidden words" in text
    assert "HP-0" in text
    assert "HP-1" in text
    assert "HP-2" not in text
    assert reverse("catalog:policy", args=["texts"]) in text


def test_the_answer_to_an_appeal_and_a_decision_turned_round_are_told(anna, olga, shop, draft, now):
    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[
        draft(description="Clinically proven")])
    act = {"operator_id": olga.pk, "actor": Actor.operator(olga.pk, "Olga"), "now": now}
    case = ModerationCase.objects.get()
    deciding.decide(case_id=case.pk, verdict="declined", given=[Remark("text_forbidden")], **act)
    letters.tell_decisions.func(shop.id)
    deciding.reverse(case_id=case.pk, verdict="approved", note="It is proven.", **act)

    assert letters.tell_decisions.func(shop.id) == 1
    deciding.reverse(case_id=case.pk, verdict="declined", given=[Remark("text_forbidden")], note="No.", **act)
    letters.tell_decisions.func(shop.id)
    appeal = deciding.appeal(seller=shop, product_id=case.product_id, comment="It is.", files=[],
                             actor=Actor.user(anna.pk, "Anna"), now=now)
    pavel = User.objects.create_user("pavel@example.com", "x" * 20, name="Pavel", is_operator=True)
    deciding.decide(case_id=appeal, verdict="approved", operator_id=pavel.pk, actor=Actor.operator(pavel.pk, "Pavel"),
                    now=now)
    assert letters.tell_decisions.func(shop.id) == 1

    assert "Appeal granted" in letters_about("Moderation decided on a product")[-1].text
