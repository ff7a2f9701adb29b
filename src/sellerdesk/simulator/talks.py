"""When buyers write, read and answer, and what a shop that delivers itself does next: pure plans, drawn by number."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sellerdesk.simulator.types import Fate, Planned, Setting

# How soon before the demo opens a shop has not answered everything yet.
_FRESH = timedelta(hours=40)
_ANSWERED = {"chat": 0.8, "review": 0.55, "question": 0.7}


def after_order(setting: Setting, talk: frozenset[str], *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """Somebody who looks at the same goods asks; the buyer writes."""
    rng = Random(f"{setting.seed}:said:{number}")
    early, line = rng.random() < 0.55, rng.randrange(100)
    planned = []
    if "question" in talk:
        planned.append(Planned("asks", seller_id, number, at + timedelta(hours=rng.uniform(1, 30)), 0,
                               {"line": line, "draw": rng.random()}))
    if "chat" in talk and early:
        planned.append(Planned("says", seller_id, number, at + timedelta(hours=rng.uniform(1, 20)), 0,
                               {"about": "when"}))
    return planned


def after_hand_over(setting: Setting, fate: Fate, talk: frozenset[str], *, number: str, seller_id: int,
                    at: datetime) -> list[Planned]:
    """Whoever waits too long writes."""
    rng = Random(f"{setting.seed}:waits:{number}")
    if fate.kind != "late" or ("chat" not in talk and (fate.decided or rng.random() > 0.3)):
        return []
    return [Planned("says", seller_id, number, at + timedelta(hours=rng.uniform(90, 130)), 1, {"about": "late"})]


def after_delivery(setting: Setting, fate: Fate, talk: frozenset[str], *, number: str, seller_id: int,
                   at: datetime) -> list[Planned]:
    """Opinions come some days later, complaints at once."""
    rng = Random(f"{setting.seed}:came:{number}")
    planned = []
    if "review" in talk:
        planned.append(Planned("reviews", seller_id, number, at + timedelta(hours=rng.uniform(5, 110)), 0,
                               {"line": rng.randrange(100)}))
    late = Random(f"{setting.seed}:said:{number}").random() >= 0.55
    if "chat" in talk and late:
        about = "broken" if fate.kind == "given_back" or rng.random() < 0.45 else "use"
        planned.append(Planned("says", seller_id, number, at + timedelta(hours=rng.uniform(0.5, 50)), 2,
                               {"about": about}))
    return planned


def after_sellers_message(setting: Setting, *, number: str, seller_id: int, message_id: int,
                          at: datetime) -> list[Planned]:
    """The buyer reads it, and may say thanks."""
    rng = Random(f"{setting.seed}:reads:{number}:{at.isoformat()}")
    return [Planned("reads", seller_id, number, at + timedelta(hours=rng.uniform(0.03, 2)), message_id % 30_000,
                    {"thanks": rng.random() < 0.4})]


def after_buyers_word(setting: Setting, *, kind: str, reference: str, seller_id: int, at: datetime) -> list[Planned]:
    """Where nobody runs the shop it answers by itself; in the demo's past people did, but not to everything."""
    rng = Random(f"{setting.seed}:answers:{reference}")
    draw, hours = rng.random(), rng.uniform(0.3, 14)
    past = setting.in_history(at + _FRESH) and draw < _ANSWERED[kind]
    if not past and (seller_id not in setting.self_running or draw > 0.95):
        return []
    return [Planned("answers", seller_id, reference, at + timedelta(hours=hours), 0, {"kind": kind})]


def after_setting_out(setting: Setting, fate: Fate, *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """The shop's own courier is on the way."""
    rng = Random(f"{setting.seed}:own:{number}")
    days = 4.0 if fate.kind == "late" else 1.0
    near = at + timedelta(hours=days * rng.uniform(4, 30))
    there = near + timedelta(hours=rng.uniform(0.3, 5))
    last = "bring_back" if fate.kind in ("not_collected", "lost") else "delivered"
    return [Planned("own_step", seller_id, number, near, 0, {"act": "last_mile"}),
            Planned("own_step", seller_id, number, there, 1, {"act": last})]


def after_wish_to_cancel(setting: Setting, *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """Where nobody runs the shop it lets the buyer go; people decide themselves, or time does."""
    rng = Random(f"{setting.seed}:lets go:{number}")
    if seller_id not in setting.self_running and not setting.in_history(at + _FRESH):
        return []
    return [Planned("own_step", seller_id, number, at + timedelta(hours=rng.uniform(0.05, 0.4)), 9, {"act": "let_go"})]


def after_claim(setting: Setting, *, claim_id: int, seller_id: int, state: str, at: datetime) -> list[Planned]:
    """Both sides of a claim move on; whoever stays silent has the term against them."""
    rng = Random(f"{setting.seed}:claim:{claim_id}:{state}")
    draw, hours = rng.random(), rng.uniform(3, 40)
    own = seller_id in setting.self_running or setting.in_history(at + _FRESH)
    moves = {"OnSellerApproval": ("decide", "refund" if draw < 0.5 else "offer" if draw < 0.75 else "reject"),
             "OfferedPartialCompensation": ("buyer", "accept_offer"),
             "Rejected": ("buyer", "dispute" if draw < 0.5 else "")}
    who, move = moves.get(state, ("", ""))
    if not move or (who == "decide" and not own):
        return []
    return [Planned("claim_step", seller_id, f"c{claim_id}", at + timedelta(hours=hours), len(state), {
        "who": who, "move": move})]
