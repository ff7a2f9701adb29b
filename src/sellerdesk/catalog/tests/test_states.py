from __future__ import annotations

import pytest

from sellerdesk.catalog import queries, states


def test_every_move_starts_and_ends_at_a_known_state():
    for move in states.MOVES.values():
        assert move.sources <= set(states.ALL)
        assert move.target in states.ALL
        assert move.target not in move.sources


def test_nothing_is_a_dead_end_and_everything_can_be_reached():
    for state in states.ALL:
        assert states.possible(state), state

    reached, grown = {states.DRAFT}, set()
    while reached != grown:
        grown = set(reached)
        reached |= {move.target for move in states.MOVES.values() if move.sources & grown}
    assert reached == set(states.ALL)


def test_only_the_price_leads_to_the_shelf():
    assert [act for act, move in states.MOVES.items() if move.target == states.PRICE_SENT] == ["price"]
    assert states.sources("price") == ["processed"]


@pytest.mark.parametrize(("status", "archived", "free", "key"), [
    ("price_sent", False, 3, "selling"), ("price_sent", False, 0, "ready"), ("price_sent", True, 3, "archived"),
    ("processed", False, 0, "processed"), ("moderating", False, 5, "moderating"), ("hidden", False, 5, "hidden"),
    ("declined", True, 0, "archived"), ("draft", False, 0, "draft")])
def test_state_of_tells_one_word(status, archived, free, key):
    assert queries.state_of(status, archived=archived, free=free).key == key


def test_state_of_tells_a_sentence_the_next_step_and_how_far_the_card_has_come():
    waits = queries.state_of("processed", archived=False, free=0)

    assert str(waits.sentence) == "The card is in order, but there is no price yet."
    assert str(waits.next_step) == "Set a price."
    assert [(step.key, step.state) for step in waits.steps] == [
        ("draft", "done"), ("check", "done"), ("moderation", "done"), ("price", "now"), ("stock", "todo"),
        ("selling", "todo")]


def test_state_of_shows_where_a_declined_card_stopped():
    declined = queries.state_of("declined", archived=False, free=9)

    assert [(step.key, step.state) for step in declined.steps][2:] == [
        ("moderation", "failed"), ("price", "todo"), ("stock", "todo"), ("selling", "todo")]
    assert declined.tone == "danger"


@pytest.mark.parametrize("reason", states.HIDDEN_BECAUSE)
def test_state_of_tells_why_a_product_is_hidden(reason):
    hidden = queries.state_of("hidden", archived=False, free=1, hidden_because=reason)

    assert str(hidden.sentence) != str(queries.state_of("hidden", archived=False, free=1).sentence)


def test_a_card_on_sale_whose_change_is_looked_at_says_so():
    sold = queries.state_of("price_sent", archived=False, free=1, in_review=True)

    assert sold.key == "selling"
    assert str(sold.sentence) == "Buyers can buy the product. A moderator looks at the latest change meanwhile."
