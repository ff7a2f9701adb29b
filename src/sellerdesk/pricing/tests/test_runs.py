from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import undoing
from sellerdesk.core.errors import Invalid
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.errors import RunMoved, RunUnknown
from sellerdesk.pricing.models import Price, PriceRun
from sellerdesk.pricing.services import runs
from sellerdesk.pricing.types import PriceInput

UP = {"field": "price", "percent_bp": 300, "formula": "", "rounding": "cents", "with_old": True}


@pytest.fixture
def shelf(shop, actor, now, goods, monkeypatch) -> list[int]:
    """Seven products and chunks of three: priced 100, 200 … 600, the third crossed out, the seventh without a price."""
    monkeypatch.setattr(runs, "CHUNK", 3)
    ids = goods(shop, 7)
    services.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput(product_id=id_, price=str(100 * at), old_price="500" if at == 3 else "0", cost="50" if at < 4 else None)
        for at, id_ in enumerate(ids[:6], 1)])
    return ids


def begin(shop, actor, now, rule=UP, search: str = "", category_id: int = 0) -> int:
    return services.start(seller=shop, search=search, category_id=category_id, rule=rule, title="Price: +3 %",
                          actor=actor, now=now)


def prices() -> list[int]:
    return list(Price.objects.order_by("product_id").values_list("price_minor", flat=True))


def test_counting_tells_totals_and_touches_nothing(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now)
    runs.work_on.func(run_id)

    found = queries.run(shop, run_id)
    assert (found.state, found.total, found.done) == ("ready", 7, 7)
    counts = found.foreseen
    assert (counts.changed, counts.raised, counts.skipped, counts.refused_total) == (6, 6, 1, 0)
    assert (counts.before_minor, counts.after_minor) == (2100_00, 2163_00)
    assert prices() == [at * 100_00 for at in range(1, 7)]


def test_applying_changes_each_price_once_and_is_undone_as_one_act(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now)
    runs.work_on.func(run_id)

    services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    runs.work_on.func(run_id)
    runs.work_on.func(run_id)

    done = queries.run(shop, run_id)
    assert (done.state, done.result.changed) == ("done", 6)
    assert prices() == [at * 103_00 for at in range(1, 7)]
    assert Price.objects.get(pk=shelf[2]).old_price_minor == 515_00
    assert queries.history(shop, shelf[0])[0].source == "rule"
    batch = catalog.changes.batch(shop, done.batch_id)
    assert (batch.source, batch.changed, batch.title) == ("rule", 6, "Price: +3 %")
    with pytest.raises(RunMoved):
        services.agree(seller=shop, run_id=run_id, actor=actor, now=now)

    undoing.undo(seller=shop, batch_id=done.batch_id, actor=actor, now=now)
    assert prices() == [at * 100_00 for at in range(1, 7)]


def test_a_worker_that_died_is_followed_from_where_it_stopped(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now)
    runs.work_on.func(run_id)
    services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    assert runs._chunk(PriceRun.objects.get(pk=run_id))
    assert prices() == [103_00, 206_00, 309_00, 400_00, 500_00, 600_00]

    runs.work_on.func(run_id)

    assert prices() == [at * 103_00 for at in range(1, 7)]


def test_a_second_worker_with_an_old_view_changes_nothing(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now)
    runs.work_on.func(run_id)
    services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    stale = PriceRun.objects.get(pk=run_id)
    runs._chunk(PriceRun.objects.get(pk=run_id))

    with pytest.raises(RunMoved):
        runs._chunk(stale)

    assert prices()[:3] == [103_00, 206_00, 309_00]


def test_rules_hold_and_large_changes_wait(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now, {**UP, "percent_bp": 0, "formula": "cost*4", "with_old": False})
    runs.work_on.func(run_id)

    counts = queries.run(shop, run_id).foreseen
    # 50 × 4 = 200: twice the first, the second unchanged; the third stays crossed out at 500; four lack a cost.
    assert (counts.held, counts.unchanged, counts.changed, counts.skipped) == (1, 1, 1, 4)

    services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    runs.work_on.func(run_id)

    assert prices()[:3] == [100_00, 200_00, 200_00]
    assert [row.product_id for row in queries.waiting(shop)] == [shelf[0]]


def test_what_changed_since_counting_is_left_alone(shop, actor, now, shelf) -> None:
    from datetime import timedelta

    run_id = begin(shop, actor, now)
    runs.work_on.func(run_id)
    services.set_prices(seller=shop, actor=actor, now=now + timedelta(minutes=1), changes=[
        PriceInput(product_id=shelf[0], price="110")])

    services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    runs.work_on.func(run_id)

    assert prices()[:2] == [110_00, 206_00]
    assert queries.run(shop, run_id).result.skipped == 2


def test_only_the_products_of_the_filter_are_met(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now, search="a-2")
    runs.work_on.func(run_id)
    services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    runs.work_on.func(run_id)

    assert prices() == [100_00, 206_00, 300_00, 400_00, 500_00, 600_00]


def test_a_dropped_run_is_never_applied(shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now)
    services.drop(seller=shop, run_id=run_id, now=now)
    runs.work_on.func(run_id)

    with pytest.raises(RunMoved):
        services.agree(seller=shop, run_id=run_id, actor=actor, now=now)
    assert prices() == [at * 100_00 for at in range(1, 7)]


def test_a_rule_that_cannot_be_read_is_refused_at_once(shop, actor, now, shelf) -> None:
    with pytest.raises(Invalid) as refused:
        begin(shop, actor, now, {**UP, "percent_bp": 0, "formula": "cost*"})

    assert refused.value.code == "formula_unfinished"
    assert PriceRun.objects.count() == 0


def test_the_pages_lead_from_the_rule_to_the_result(anna_client, shop, shelf) -> None:
    sent = {"search": "", "category": "", "field": "price", "kind": "percent", "amount": "+10 %", "rounding": "whole",
            "with_old": "on"}
    started = anna_client.post(reverse("pricing:run_new"), sent)
    [run_id] = PriceRun.objects.values_list("pk", flat=True)
    assert started["Location"] == reverse("pricing:run", args=[run_id])
    assert 'data-poll="' in anna_client.get(started["Location"]).content.decode()

    runs.work_on.func(run_id)
    page = anna_client.get(started["Location"]).content.decode()
    assert "Apply to 6 products" in page
    assert "Item A-1" in page
    assert "Price +10%" in page

    anna_client.post(reverse("pricing:run_apply", args=[run_id]))
    runs.work_on.func(run_id)
    assert "6 prices changed." in anna_client.get(started["Location"]).content.decode()
    assert prices() == [at * 110_00 for at in range(1, 7)]


@pytest.mark.parametrize("amount", ["", "0", "x", "-95", "1000"])
def test_a_percentage_that_cannot_be_meant_comes_back_with_the_reason(anna_client, shelf, amount: str) -> None:
    page = anna_client.post(reverse("pricing:run_new"), {"field": "price", "kind": "percent", "amount": amount,
                                                         "rounding": "whole"})

    assert page.status_code in (200, 422)
    assert page.context["form"].errors["amount"]
    assert PriceRun.objects.count() == 0


def test_a_rival_meets_no_run(clara_client, rival_shop, shop, actor, now, shelf) -> None:
    run_id = begin(shop, actor, now)

    for name in ("run", "run_apply", "run_drop"):
        call = clara_client.get if name == "run" else clara_client.post
        assert call(reverse(f"pricing:{name}", args=[run_id])).status_code == 404
    with pytest.raises(RunUnknown):
        queries.run(rival_shop, run_id)
