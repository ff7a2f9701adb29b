"""Numbers and words of returns and claims for those who spell them elsewhere: the API, pages of other domains.

No function here reads the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sellerdesk.core.activity import Entry
from sellerdesk.core.money import Money, format_money
from sellerdesk.returns import rules, states, texts, visuals
from sellerdesk.returns.types import REJECTIONS, ClaimCard, ReturnRow


@dataclass(frozen=True, slots=True)
class Visual:
    """A visual status of the API: its number, its system name and its words."""

    number: int
    name: str
    text: Any


def visual_of(row: ReturnRow, now: datetime) -> Visual:
    name = visuals.of_return(row.state, row.scheme, row.compensation, row.dispose_at, now)
    return Visual(visuals.NUMBERS[name], name, texts.VISUAL[name])


def states_of_visual(name: str) -> tuple[str, ...]:
    """The states that are shown as a visual status; none for a word that no return ever has."""
    return visuals.states_of(name)


def visual_text(state: str) -> Any:
    """A visual status in words, lazily translated."""
    return texts.VISUAL.get(state, state)


def reason_text(code: str) -> Any:
    """A reason in words, lazily translated."""
    return texts.REASONS.get(code, code)


def method_text(method: int) -> Any:
    return texts.METHODS[method]


def rejection_text(code: str) -> Any:
    """Why a shop refused a claim, in words; empty where it did not."""
    return texts.REJECTIONS[code][0] if code else ""


def compensation_text(word: str) -> Any:
    return texts.COMPENSATIONS[word]


def barcode_of(return_id: int) -> str:
    """What stands on the parcel that comes back."""
    return rules.barcode(return_id)


def id_of_barcode(text: str) -> int:
    """The return with this barcode; 0 for anything that is none."""
    number = text.removeprefix("ii")
    found = int(number) - 5_000_000_000 if number.isdecimal() and len(number) < 18 else 0
    return found if found > 0 and rules.barcode(found) == text else 0


def claim_number(claim_id: int) -> str:
    return rules.claim_number(claim_id)


def group_of(state: str) -> str:
    """The group that lists show a claim in."""
    return states.GROUP_OF[state]


def api_actions(card: ClaimCard) -> list[tuple[int, Any]]:
    """What the shop may do with a claim now, by the numbers of the API, with their words."""
    return [(states.action_id(action), texts.ACTIONS[action]) for action in card.available_actions]


def action_of(number: int) -> str | None:
    """The act behind a number of the API, or None."""
    return states.ACTION_IDS.get(number)


def rejections(card: ClaimCard) -> list[tuple[int, bool, Any, Any]]:
    """The reasons for which a claim may be refused now: number, whether words are needed, name, hint."""
    found = [action for action in card.available_actions if action in states.REJECTING]
    return [(facts.number, facts.comment_required, *texts.REJECTIONS[code]) for code, facts in REJECTIONS.items()
            for action in found if facts.after in (None, action == "reject_received")]


def disposal_changes(entry: Entry) -> list[str]:
    """A change of the bounds of disposal in words, in the active language."""
    names = {"price_minor": _("Cheap goods"), "faulty_minor": _("Cheap faulty goods")}
    currency = (entry.data or {})["currency"]
    return [f"{name}: {_said(entry.before[key], currency)} → {_said(entry.after[key], currency)}"
            for key, name in names.items() if entry.before[key] != entry.after[key]]


def _said(value: int | None, currency: str) -> str:
    return _("kept") if value is None else _("up to %(price)s") % {
        "price": format_money(Money(value, currency), get_language() or "en")}
