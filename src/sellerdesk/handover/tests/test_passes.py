from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity
from sellerdesk.handover import queries, services
from sellerdesk.handover.errors import CarriageMoved, CarriageUnknown, PassUnknown, TooManyPasses
from sellerdesk.handover.models import ArrivalPass, Carriage
from sellerdesk.handover.types import PassFilter, PassInput
from sellerdesk.orders import queries as orders
from sellerdesk.orders.models import Posting

CAR = PassInput("Boris  K.", "+7 900 000-11-22", "GAZelle", " a123bc77 ")


@pytest.fixture
def carriage(stall) -> int:
    [number] = stall.packed(stall.request())
    return services.create_carriage(seller=stall.seller, method_id=orders.posting(stall.seller, number
                                                                                  ).delivery_method_id,
                                    departs_on=None, actor=stall.actor, now=stall.now)


def order(stall, carriage, *cars, **more):
    return services.add_passes(seller=more.pop("seller", stall.seller), passes=cars or (CAR,), carriage_id=carriage,
                               actor=stall.actor, now=stall.now, **more)


def test_a_pass_comes_with_the_carriage_and_is_told_in_the_history(stall, carriage):
    [made] = order(stall, carriage)

    [row] = queries.passes(stall.seller, PassFilter(carriage_id=carriage)).rows
    assert (row.id, row.driver, row.plate) == (made, "Boris K.", "A123BC77")
    assert row.arrives_at.date() == Carriage.objects.get().departs_on
    line = Activity.objects.get(event="handover.pass.added")
    assert (line.target_id, line.target_label, line.data) == (str(made), "A123BC77", {"carriage_id": carriage})


def test_each_wrong_field_is_named_and_nothing_is_kept(stall, carriage):
    with pytest.raises(Invalid) as refused:
        order(stall, carriage, CAR, PassInput(" ", "12", "x" * 61, "y" * 21))

    assert [(one.field, one.code) for one in refused.value.fields] == [
        ("driver", "pass_driver_missing"), ("phone", "pass_phone_phone"), ("model", "pass_model_long"),
        ("plate", "pass_plate_long")]
    assert not ArrivalPass.objects.exists()


def test_passes_are_changed_and_withdrawn_all_or_none(stall, carriage):
    first, second = order(stall, carriage, CAR, CAR)
    acts = {"seller": stall.seller, "carriage_id": carriage, "actor": stall.actor, "now": stall.now}
    with pytest.raises(PassUnknown):
        services.change_passes(passes=[PassInput("Anna", CAR.phone, "Ford", "B1", id=first),
                                       PassInput("Anna", CAR.phone, "Ford", "B1", id=4711)], **acts)
    assert set(ArrivalPass.objects.values_list("driver", flat=True)) == {"Boris K."}

    services.change_passes(passes=[PassInput("Anna", CAR.phone, "Ford", "b1", True, first)], **acts)
    with pytest.raises(PassUnknown):
        services.remove_passes(pass_ids=[second, 4711], **acts)
    services.remove_passes(pass_ids=[second], **acts)

    [row] = queries.passes(stall.seller, PassFilter()).rows
    assert (row.id, row.driver, row.plate, row.with_returns) == (first, "Anna", "B1", True)
    assert list(Activity.objects.filter(event__startswith="handover.pass.").order_by("id").values_list(
        "event", flat=True)) == ["handover.pass.added"] * 2 + ["handover.pass.changed", "handover.pass.removed"]


def test_a_carriage_that_is_over_takes_no_passes_and_too_many_do_not_come(stall, carriage):
    order(stall, carriage, *[CAR] * 20)
    with pytest.raises(TooManyPasses):
        order(stall, carriage)

    services.cancel(seller=stall.seller, carriage_id=carriage, actor=stall.actor, now=stall.now)

    with pytest.raises(CarriageMoved):
        order(stall, carriage)
    assert queries.passes(stall.seller, PassFilter(active_at=stall.now)).rows == []


def test_passes_of_a_rival_or_of_another_warehouse_do_not_exist(stall, rival_stall, carriage):
    [made] = order(stall, carriage)
    acts = {"actor": stall.actor, "now": stall.now}

    for seller, viewer in ((rival_stall.seller, queries.EVERYBODY), (stall.seller, queries.Viewer((1,)))):
        with pytest.raises(CarriageUnknown):
            order(stall, carriage, seller=seller, viewer=viewer)
        with pytest.raises(CarriageUnknown):
            services.remove_passes(seller=seller, pass_ids=[made], carriage_id=carriage, viewer=viewer, **acts)
        with pytest.raises(PassUnknown):
            services.remove_passes(seller=seller, pass_ids=[made], carriage_id=None, viewer=viewer, **acts)
        assert queries.passes(seller, PassFilter(), viewer=viewer).rows == []
    assert ArrivalPass.objects.count() == 1


def test_a_pass_for_returns_names_hour_and_warehouse(stall, carriage):
    place = Posting.objects.get().warehouse_id
    good = PassInput("Boris", CAR.phone, "Ford", "B1", arrives_at=stall.now + timedelta(hours=2), warehouse_id=place,
                     place_id=3)
    [made] = order(stall, None, good)
    with pytest.raises(Invalid) as refused:
        order(stall, None, PassInput("Boris", CAR.phone, "Ford", "B1", arrives_at=stall.now, warehouse_id=1))

    assert [one.field for one in refused.value.fields] == ["arrives_at", "warehouse_id"]
    active = PassFilter(returns=True, active_at=stall.now + timedelta(hours=25))
    assert [row.id for row in queries.passes(stall.seller, active).rows] == [made]
    assert queries.passes(stall.seller, PassFilter(active_at=stall.now + timedelta(hours=27))).rows == []


def test_the_page_of_a_carriage_orders_changes_and_withdraws_passes(stall, anna_client, carriage):
    page, save = reverse("handover:carriage", args=[carriage]), reverse("handover:carriage_pass", args=[carriage])
    form = {"driver": "Boris", "phone": "+79000001122", "model": "Ford", "plate": "b1", "with_returns": "on"}

    assert anna_client.post(save, form).url == page
    made = ArrivalPass.objects.get()
    shown = anna_client.get(page).content.decode()
    anna_client.post(save, {**form, "pass": made.pk, "plate": "c2"})
    changed = ArrivalPass.objects.get().plate
    anna_client.post(save, {**form, "phone": ""})
    anna_client.post(reverse("handover:carriage_pass_remove", args=[carriage]), {"pass": made.pk})

    assert ("B1" in shown, "Boris" in shown, made.with_returns, changed) == (True, True, True, "C2")
    assert not ArrivalPass.objects.exists()
    assert anna_client.post(save, {**form, "pass": 4711}).status_code == 404


def test_a_refused_pass_keeps_what_was_typed_on_the_page(stall, anna_client, carriage):
    save = reverse("handover:carriage_pass", args=[carriage])
    form = {"driver": "Boris", "phone": "", "model": "Ford Transit", "plate": "b1", "with_returns": "on"}

    new = anna_client.post(save, form)
    anna_client.post(save, {**form, "phone": "+79000001122"})
    other = anna_client.post(save, {**form, "pass": ArrivalPass.objects.get().pk, "model": "Other car"})

    assert (new.status_code, other.status_code) == (422, 422)
    assert 'value="Ford Transit"' in new.content.decode()
    assert "Other car" in other.content.decode()
    assert ArrivalPass.objects.get().model == "Ford Transit"
