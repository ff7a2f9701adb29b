from __future__ import annotations

from itertools import product

from sellerdesk.orders import states, texts
from sellerdesk.orders.states import MOVES, ROAD, SUBSTATES
from sellerdesk.orders.types import Facts
from tests.lifecycle import spec

PLACES = {(state, substate) for state, members in SUBSTATES.items() for substate in members}


def test_every_place_of_the_table_exists_and_has_words() -> None:
    named = {place for move in MOVES.values() for place in (*move.sources, move.target) if place != ("", "")}

    assert named <= PLACES
    assert {texts.key(*place) for place in named} <= texts.STATES.keys() & texts.SENTENCES.keys()
    assert {state for members in states.TABS.values() for state in members} == set(SUBSTATES)


def test_no_move_leaves_a_final_state() -> None:
    assert not [name for name, move in MOVES.items() for state, _ in move.sources if state in states.FINAL]


def test_every_place_can_be_reached_and_every_open_one_left() -> None:
    targets = {place for move in MOVES.values()
               for place in (move.target, *move.by_carrier.values(), *move.by_source.values())}
    entered = targets | set(states.STARTS.values())
    left = {place for move in MOVES.values() for place in move.sources}

    assert {place for place in PLACES if place[0] not in states.FINAL} <= left
    # Parcels of the marketplace's own carriers are registered at once, which leaves this one to older postings.
    assert PLACES - entered == {("awaiting_deliver", "posting_transferring_to_delivery")}


def test_the_whole_matrix_of_places_and_moves() -> None:
    """Every move at every place for every kind of delivery, against the table of tests/lifecycle."""
    wrong = [
        (move, facts) for move, place, integration, tracking, express in product(
            MOVES, sorted(PLACES), spec.INTEGRATIONS, (False, True), (False, True))
        for facts in [Facts(*place, "fbs" if integration == "platform" else "rfbs", integration,
                            previous="posting_in_courier_service", tracking=tracking, express=express)]
        if states.target(move, facts) != spec.target(move, place, integration, previous="posting_in_courier_service",
                                                     tracking=tracking, express=express)]

    assert wrong == []
    assert set(spec.MOVES) == set(MOVES)


def test_a_scan_only_leads_forward_on_the_road() -> None:
    for step, place in enumerate(ROAD):
        for later, code in enumerate(states.SCANS):
            assert states.target(f"scan.{code}", Facts(*place)) == (
                ROAD[later] if later > step and step < len(ROAD) - 1 else None)


def test_what_lies_with_the_marketplace_no_seller_moves() -> None:
    for move, place in product(MOVES, PLACES | states.FBO_PLACES):
        facts = Facts(*place, scheme="fbo")
        assert states.available_actions(facts) == ()
        assert (states.target(move, facts) is not None) == (
            move in states.FBO_MOVES and place in states.FBO_MOVES[move].sources)


def test_every_place_of_the_marketplaces_own_road_has_words_and_leads_on() -> None:
    entered = {move.target for move in states.FBO_MOVES.values()}
    left = {place for move in states.FBO_MOVES.values() for place in move.sources}

    assert states.FBO_PLACES - entered == {states.CREATED}
    assert {place for place in states.FBO_PLACES if place[0] not in states.FINAL} == left
    assert {texts.key(*place) for place in states.FBO_PLACES} <= texts.STATES.keys() & texts.FBO_SENTENCES.keys()


def test_the_api_hears_its_own_words() -> None:
    def words(state: str, substate: str, integration: str = "platform", **more: object) -> list[str]:
        scheme = "fbs" if integration == "platform" else "rfbs"
        return states.api_actions(Facts(state, substate, scheme, integration, **more))  # type: ignore[arg-type]

    assert words("awaiting_packaging", "posting_created") == ["cancel", "product_cancel", "ship"]
    assert words("awaiting_packaging", "posting_created", requirements_open=True) == [
        "cancel", "product_cancel", "ship_with_additional_info"]
    assert words("awaiting_packaging", "ship_failed") == [
        "cancel", "product_cancel", "ship", "ship_async_retry"]
    assert words("awaiting_deliver", "posting_registered") == [
        "cancel", "has_barcode_for_printing", "label_download", "label_download_small"]
    assert words("awaiting_registration", "posting_awaiting_registration", "aggregator") == [
        "cancel", "customer_phone_available", "ship_async_in_process"]
    assert words("awaiting_registration", "posting_registration_error", "aggregator") == [
        "cancel", "customer_phone_available", "ship", "ship_async_retry"]
    assert words("awaiting_deliver", "posting_registered", "non_integrated") == [
        "cancel", "customer_phone_available", "non_int_delivering", "set_cutoff", "set_timeslot", "set_track_number"]
    assert words("delivering", "posting_in_courier_service", "non_integrated", slots_left=0) == [
        "cancel", "customer_phone_available", "non_int_delivered", "set_track_number"]
    assert words("awaiting_deliver", "posting_registered", "3pl_tracking", tracking=True) == [
        "cancel", "click_track_number", "customer_phone_available", "set_cutoff", "set_track_number"]
    assert words("not_accepted", "posting_not_in_sort_center") == ["arbitration", "awaiting_delivery", "cancel"]
    assert words("delivered", "posting_received") == []


def test_goods_count_as_gone_while_a_carrier_has_them() -> None:
    gone = {("awaiting_deliver", "posting_in_carriage"), ("delivering", "posting_conditionally_delivered"), *ROAD[:-1]}

    assert {place for place in PLACES if states.left_the_shop(place)} == gone
    for dispute in (("arbitration", "posting_in_arbitration"), ("client_arbitration", "posting_in_client_arbitration")):
        assert states.left_the_shop(dispute, "posting_on_way_to_city")
        assert not states.left_the_shop(dispute, "posting_not_in_sort_center")
