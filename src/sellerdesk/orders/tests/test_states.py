from __future__ import annotations

from sellerdesk.orders import states, texts
from sellerdesk.orders.states import MOVES, ROAD, SUBSTATES

PLACES = {(state, substate) for state, members in SUBSTATES.items() for substate in members}
PACKED = {place for place in PLACES if place[0] == "awaiting_deliver"}


def test_every_place_of_the_table_exists_and_has_words() -> None:
    named = {place for move in MOVES.values() for place in (*move.sources, move.target)}

    assert named <= PLACES
    assert {substate for _, substate in named} <= texts.STATES.keys()
    assert {substate for _, substate in named} <= texts.SENTENCES.keys()
    assert {state for members in states.TABS.values() for state in members} == set(SUBSTATES)


def test_no_move_leaves_a_final_state() -> None:
    assert not [name for name, move in MOVES.items() for state, _ in move.sources if state in states.FINAL]


def test_a_scan_only_leads_forward_on_the_road() -> None:
    for step, place in enumerate(ROAD):
        for later, target in enumerate(ROAD):
            code = ("accepted", "in_transit", "arrived_in_city", "with_courier", "to_pickup_point", "at_pickup_point",
                    "delivered")[later]
            assert states.target(f"scan.{code}", place) == (target if later > step and step < 6 else None)


def test_the_matrix_of_what_sellers_may_do() -> None:
    matrix = {
        ("awaiting_packaging", "posting_created"): ("ship", "cancel"),
        ("awaiting_packaging", "ship_failed"): ("ship", "cancel"),
        ("awaiting_deliver", "posting_registered"): ("label", "hand_over", "cancel"),
        ("awaiting_deliver", "posting_not_in_carriage"): ("label", "hand_over", "cancel"),
        ("awaiting_deliver", "posting_transferring_to_delivery"): ("label", "hand_over", "cancel"),
        ("awaiting_deliver", "posting_in_carriage"): ("label", "cancel"),
        ("acceptance_in_progress", "posting_acceptance_in_progress"): ("label",),
    }

    assert {place: states.available_actions(*place) for place in PLACES} == {
        place: matrix.get(place, ()) for place in PLACES}


def test_the_api_hears_its_own_words() -> None:
    assert states.api_actions("awaiting_packaging", "posting_created") == ["cancel", "ship"]
    assert states.api_actions("awaiting_deliver", "posting_registered") == [
        "cancel", "has_barcode_for_printing", "label_download", "label_download_small"]
    assert states.api_actions("delivered", "posting_received") == []


def test_goods_count_as_gone_from_the_hand_over_on() -> None:
    assert {place for place in PLACES if states.left_the_shop(place)} == {
        ("awaiting_deliver", "posting_in_carriage"), *ROAD[:-1]}
    assert {place for place in PLACES if states.target("cancel", place)} == PACKED | {
        ("awaiting_packaging", "posting_created"), ("awaiting_packaging", "ship_failed")}
