import pytest
from django.urls import reverse

from sellerdesk.core.errors import Invalid, LimitReached, NotFound
from sellerdesk.core.ui import saved_views

pytestmark = pytest.mark.django_db
ANNA, BORIS, SHOP, RIVAL = 1, 2, 10, 11


def save(now, name="Late", query="tab=late", **changes):
    given = {"user_id": ANNA, "seller_id": SHOP, "page": "orders", "shared": False, "is_default": False, **changes}
    return saved_views.save(name=name, query=query, now=now, **given)


def seen(user_id=ANNA, seller_id=SHOP):
    return [(view.name, view.query, view.is_default, view.mine)
            for view in saved_views.for_page(user_id=user_id, seller_id=seller_id, page="orders")]


def test_the_same_name_again_replaces_the_view(now):
    save(now)
    save(now, name="  Late ", query="tab=late&sort=due")

    assert seen() == [("Late", "tab=late&sort=due", False, True)]


def test_only_one_view_opens_first(now):
    save(now, name="A", is_default=True)
    second = save(now, name="B")

    saved_views.set_default(user_id=ANNA, seller_id=SHOP, view_id=second.id, on=True)

    assert seen() == [("A", "tab=late", False, True), ("B", "tab=late", True, True)]


def test_shared_views_are_seen_in_the_shop_and_nowhere_else(now):
    save(now, name="Mine")
    save(now, name="Ours", shared=True, is_default=True)

    assert seen(BORIS) == [("Ours", "tab=late", False, False)]
    assert seen(BORIS, RIVAL) == []


def test_nobody_deletes_the_view_of_another(now):
    view = save(now, shared=True)

    with pytest.raises(NotFound):
        saved_views.delete(user_id=BORIS, seller_id=SHOP, view_id=view.id)
    assert saved_views.delete(user_id=ANNA, seller_id=SHOP, view_id=view.id) == "Late"
    assert seen() == []


def test_names_and_numbers_of_views_have_limits(now):
    with pytest.raises(Invalid, match="view_name_empty"):
        save(now, name="  ")
    for at in range(saved_views.MAX_VIEWS):
        save(now, name=f"View {at}")
    with pytest.raises(LimitReached, match="too_many_views"):
        save(now, name="One more")
    assert len(seen()) == 30


def test_a_page_opens_with_its_default_view_and_everything_stays_reachable(anna_client, anna, shop):
    form = {"page": "styleguide.goods", "name": "Broken ones", "query": "tab=error&sort=-stock", "is_default": "on",
            "next": "/styleguide/table/"}

    answer = anna_client.post(reverse("core:view_save"), form)

    assert answer.headers["Location"] == "/styleguide/table/"
    opened = anna_client.get("/styleguide/table/").context["table"]
    assert (opened.tab, opened.sort, opened.active_view.name) == ("error", "-stock", "Broken ones")
    assert anna_client.get("/styleguide/table/?view=all").context["table"].tab == ""
    assert saved_views.for_page(user_id=anna.pk, seller_id=shop.id, page="styleguide.goods")[0].mine
