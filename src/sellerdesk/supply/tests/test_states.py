"""Any order of moves: what the table does not name leads nowhere, and what is over stays so."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.supply import states, texts
from sellerdesk.supply.types import Facts

FLAGS = st.booleans()
FACTS = st.builds(Facts, st.just(states.DATA_FILLING), st.sampled_from(["direct", "crossdock"]), FLAGS, FLAGS, FLAGS, FLAGS,
                  st.integers(0, 3), FLAGS)


@given(FACTS, st.lists(st.sampled_from(sorted(states.MOVES)), max_size=12))
def test_moves_in_any_order_keep_to_the_table(facts, moves):
    for move in moves:
        found, reached = states.MOVES[move], states.target(move, facts)
        assert reached is None or (facts.state in found.sources and reached in (found.target, found.crossdock))
        assert reached is not None or facts.state not in found.sources or (move == "fill" and states.missing(facts))
        assert not (facts.state in states.FINAL and (reached or states.available_actions(facts)))
        facts = replace(facts, state=reached or facts.state)


def test_every_state_is_reached_left_unless_final_and_has_words():
    targets = {place for move in states.MOVES.values() for place in (move.target, move.crossdock) if place}
    left = {place for move in states.MOVES.values() for place in move.sources}

    assert targets | {states.DATA_FILLING} == set(states.STATES)
    assert set(states.STATES) - left == states.FINAL
    assert set(states.STATES) == texts.STATES.keys() == texts.SENTENCES.keys()
