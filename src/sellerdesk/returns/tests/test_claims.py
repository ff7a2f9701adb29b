"""Claims on goods that the shop delivered itself: the shop decides, both sides have their terms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.finance import queries as finance
from sellerdesk.returns import queries, rules, services, states
from sellerdesk.returns.errors import (
    ActionNotAvailable,
    BackWayWrong,
    ClaimNotFound,
    CommentRequired,
    OfferWrong,
    RejectionUnknown,
)
from sellerdesk.returns.types import ClaimFilter, Decision, ReturnRequest

DMITRI = Actor.buyer("Dmitri")
OLGA = Actor.system("operator")


def decide(stall, claim_id, action, **more) -> str:
    return services.decide_claim(seller=stall.seller, claim_id=claim_id, decision=Decision(action, **more),
                                 actor=stall.actor, now=stall.now)


def act(stall, claim_id, *moves) -> None:
    for move in moves:
        assert services.buyer_acts(claim_ids=[claim_id], move=move, at=stall.now, actor=DMITRI) == 1


def state(stall, claim_id) -> str:
    return queries.claim(stall.seller, claim_id).row.state


def booked(stall, number) -> dict[str, int]:
    return {row.kind: row.amount_minor for row in finance.of_posting(stall.seller, number)
            if row.kind not in ("sale", "commission", "logistics", "acquiring")}


def test_a_claim_carries_what_the_buyer_said_and_until_when_the_shop_may_answer(stall, claimed, photo) -> None:
    keys = services.store_photos(seller=stall.seller, files=[photo], now=stall.now)

    card = queries.claim(stall.seller, claimed(photos=tuple(keys)))

    row = card.row
    assert (row.quantity, row.amount_minor, row.reason, row.comment, row.state) == (
        2, 2_000_00, "defective", "The handle is broken", "OnSellerApproval")
    assert row.due_at == stall.now + timedelta(days=3)
    assert card.available_actions == ("take_back", "reject", "refund", "offer")
    assert [(one.by, one.key) for one in card.photos] == [("buyer", keys[0])]
    assert card.term_days == 365


def test_goods_go_back_are_inspected_and_refunded(stall, claimed, own_delivery) -> None:
    claim_id = claimed()
    commission = queries.claim(stall.seller, claim_id)
    assert decide(stall, claim_id, "take_back") == "WaitingShipment"
    act(stall, claim_id, "send", "arrive")
    assert decide(stall, claim_id, "confirm_received") == "ReceivedBySeller"

    assert decide(stall, claim_id, "refund_received", back_way_minor=150_00) == "MoneyReturned"

    assert stall.shelf(stall.mug) == (19, 0)
    found = booked(stall, own_delivery)
    assert found["return_sale"] == -2_000_00
    assert found["return_logistics"] == -150_00
    assert found["return_commission"] > 0
    assert commission.row.closed_at is None
    card = queries.claim(stall.seller, claim_id)
    assert (card.available_actions, card.row.closed_at, card.row.due_at) == ((), stall.now, None)
    assert [row.event for row in activity.history(stall.seller.id, "claim", claim_id)] == [
        "returns.claim.closed", "returns.claim.decided", "returns.claim.moved", "returns.claim.moved",
        "returns.claim.decided", "returns.claim.opened"]


def test_broken_goods_in_hand_can_be_written_off(stall, claimed) -> None:
    claim_id = claimed()
    decide(stall, claim_id, "take_back")
    act(stall, claim_id, "send")
    decide(stall, claim_id, "confirm_received")

    decide(stall, claim_id, "refund_received", stock="write_off")

    assert stall.shelf(stall.mug) == (17, 0)


def test_a_refund_without_the_goods_leaves_the_shelf_alone(stall, claimed, own_delivery) -> None:
    decide(stall, claimed(), "refund")

    assert stall.shelf(stall.mug) == (17, 0)
    assert booked(stall, own_delivery)["return_sale"] == -2_000_00


def test_an_offer_is_taken_or_comes_back_to_the_shop(stall, claimed, own_delivery) -> None:
    claim_id = claimed()
    for wrong in (0, 2_000_00, -1):
        with pytest.raises(OfferWrong):
            decide(stall, claim_id, "offer", offer_minor=wrong)
    decide(stall, claim_id, "offer", offer_minor=300_00)
    act(stall, claim_id, "refuse_offer")
    assert state(stall, claim_id) == "OnSellerClarificationAfterPartialCompensation"
    decide(stall, claim_id, "offer", offer_minor=500_00)

    act(stall, claim_id, "accept_offer")

    assert state(stall, claim_id) == "PartialCompensationReturned"
    assert booked(stall, own_delivery) == {"partial_refund": -500_00}


def test_a_refusal_needs_its_reason_and_mostly_words(stall, claimed) -> None:
    claim_id = claimed()

    for wrong in ("", "no_such", "other_goods"):
        with pytest.raises(RejectionUnknown):
            decide(stall, claim_id, "reject", rejection=wrong, comment="No")
    with pytest.raises(CommentRequired):
        decide(stall, claim_id, "reject", rejection="used", comment="  ")
    with pytest.raises(BackWayWrong):
        decide(stall, claim_id, "refund", back_way_minor=2_000_01)
    assert state(stall, claim_id) == "OnSellerApproval"

    decide(stall, claim_id, "reject", rejection="used", comment="Coffee inside")
    row = queries.claim(stall.seller, claim_id).row
    assert (row.state, row.rejection, row.rejection_comment) == ("Rejected", "used", "Coffee inside")
    with pytest.raises(ActionNotAvailable):
        decide(stall, claim_id, "refund")


@pytest.mark.parametrize(("reason", "with_photo", "proof", "outcome"), [
    ("defective", True, False, "MoneyReturnedBySystem"), ("defective", False, False, "CrmRejected"),
    ("defective", True, True, "CrmRejected"), ("changed_mind", True, False, "CrmRejected")])
def test_the_marketplace_decides_a_dispute_by_what_was_shown(stall, claimed, photo, own_delivery, reason, with_photo,
                                                            proof, outcome) -> None:
    keys = tuple(services.store_photos(seller=stall.seller, files=[photo], now=stall.now))
    claim_id = claimed(reason=reason, photos=keys if with_photo else ())
    decide(stall, claim_id, "reject", rejection="used", comment="Used", photos=keys if proof else ())
    act(stall, claim_id, "dispute")

    services.run_due(stall.now + timedelta(days=3))

    assert state(stall, claim_id) == outcome
    assert ("return_sale" in booked(stall, own_delivery)) is (outcome == "MoneyReturnedBySystem")


def test_an_operator_may_decide_earlier(stall, claimed) -> None:
    claim_id = claimed()
    with pytest.raises(ActionNotAvailable):
        services.platform_decides(claim_id=claim_id, for_buyer=True, comment="", actor=OLGA, now=stall.now)
    decide(stall, claim_id, "reject", rejection="term_over")
    act(stall, claim_id, "dispute")
    assert [row.id for row in queries.disputed_claims().rows] == [claim_id]

    services.platform_decides(claim_id=claim_id, for_buyer=True, comment="Seen", actor=OLGA, now=stall.now)

    assert state(stall, claim_id) == "MoneyReturnedBySystem"


def test_silence_decides_each_term_at_its_own_moment(stall, claimed, own_delivery) -> None:
    claim_id = claimed()
    assert services.run_due(stall.now + timedelta(hours=35)) == 0
    assert services.run_due(stall.now + timedelta(hours=36)) == 1
    assert services.run_due(stall.now + timedelta(hours=71)) == 0

    assert services.run_due(stall.now + timedelta(hours=100)) == 1

    row = queries.claim(stall.seller, claim_id).row
    assert (row.state, row.closed_at) == ("MoneyReturnedBySystem", stall.now + timedelta(hours=72))
    assert booked(stall, own_delivery)["return_sale"] == -2_000_00
    assert services.run_due(stall.now + timedelta(hours=100)) == 0


def test_a_leap_of_the_clock_does_what_small_steps_do(stall, claimed, own_delivery) -> None:
    claim_id = claimed()
    decide(stall, claim_id, "offer", offer_minor=100_00)

    # The offer runs out after 3 days, the shop stays silent for 3 more.
    services.run_due(stall.now + timedelta(days=30))

    row = queries.claim(stall.seller, claim_id).row
    assert (row.state, row.closed_at) == ("MoneyReturnedBySystem", stall.now + timedelta(days=6))
    told = activity.history(stall.seller.id, "claim", claim_id)
    assert [(one.event, one.at - stall.now) for one in reversed(told)][-3:] == [
        ("returns.claim.moved", timedelta(days=3)), ("returns.claim.reminded", timedelta(days=4, hours=12)),
        ("returns.claim.closed", timedelta(days=6))]


@pytest.mark.parametrize(("steps", "days", "end"), [
    (["take_back"], 14, "Cancelled"), (["reject"], 5, "CancelledDisputeNotOpen")])
def test_a_silent_buyer_ends_the_claim(stall, claimed, own_delivery, steps, days, end) -> None:
    claim_id = claimed()
    for step in steps:
        decide(stall, claim_id, step, rejection="term_over" if step == "reject" else "")

    services.run_due(stall.now + timedelta(days=days))

    assert state(stall, claim_id) == end
    assert booked(stall, own_delivery) == {}


def test_too_late_is_too_late_by_the_term_of_the_goods(stall, own_delivery) -> None:
    def ask(reason, days):
        return services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
            ReturnRequest(own_delivery, stall.sku(stall.pan), 1, reason, stall.now + timedelta(days=days))])[0].code

    assert ask("changed_mind", 15.1) == "term_over"
    assert ask("defective", 366) == "term_over"
    assert ask("changed_mind", 15) == ""


def test_a_rival_neither_sees_nor_decides(stall, rival_stall, claimed) -> None:
    claim_id = claimed()

    for call in (lambda: queries.claim(rival_stall.seller, claim_id), lambda: decide(rival_stall, claim_id, "refund")):
        with pytest.raises(ClaimNotFound):
            call()
    assert queries.claims_page(rival_stall.seller, filter=ClaimFilter()).rows == []
    assert queries.claim_counts(rival_stall.seller)["all"] == 0
    with pytest.raises(ClaimNotFound):
        queries.claim(stall.seller, claim_id, warehouse_ids=[1])


def test_lists_filter_by_group_words_and_number(stall, claimed) -> None:
    claim_id = claimed()

    def found(**where):
        return [row.id for row in queries.claims_page(stall.seller, filter=ClaimFilter(**where)).rows]

    assert found(groups=("New",)) == found(search="mug") == found(search=rules.claim_number(claim_id)) == [claim_id]
    assert found(groups=("Approved",)) == found(search="nothing") == found(reason="changed_mind") == []
    assert queries.claim_counts(stall.seller)["New"] == queries.claims_to_answer(stall.seller) == 1


def test_every_state_has_a_term_or_is_final_and_every_move_leads_somewhere() -> None:
    assert set(states.TERM_OF) | states.FINAL == set(states.STATES)
    assert set(states.BY_TIME) | {states.DISPUTED} == set(states.TERM_OF)
    assert {move.target for move in states.MOVES.values()} | {states.WAITS} == set(states.STATES)
    assert all(states.available_actions(one) for one in states.SELLERS_TURN)
