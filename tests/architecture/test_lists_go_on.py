"""No list on a page ends without saying so: what a query cuts off can be reached by another page of it."""

from __future__ import annotations

import ast
from pathlib import Path

import sellerdesk

ROOT = Path(sellerdesk.__file__).parent
#: Ways to go on from where a page ended.
GOES_ON = {"cursor", "before", "before_id", "after", "after_id", "last_id", "offset", "page"}
#: What is cut on purpose, with the reason.
CUT = {
    "accounts.history_all": "an export, which says how many rows it holds at most",
    "sellers.recovery_requests": "open requests of one shop's people",
    "analytics.own_places": "a ranking: the first of it", "analytics.queries_found": "a ranking",
    "analytics.wanted": "a ranking", "analytics.best": "the first of a ranking",
    "announcements.public": "a feed", "announcements.coming": "what is next", "announcements.waiting": "a banner",
    "catalog.types_search": "suggestions while typing", "catalog.by_barcode": "suggestions",
    "catalog.recent_types": "suggestions", "catalog.attribute_values": "suggestions while typing",
    "catalog.last_imports_of": "the latest few, beside the product's history",
    "catalog.foreseen": "a preview of a plan", "catalog.files": "one upload, which holds no more",
    "catalog.history": "one product's latest acts, with a page of versions beside it",
    "console.history": "the same", "console.timeline": "the latest acts of a shop", "console.talk": "the end of a talk",
    "console.waiting": "counts for the menu",
    "handover.parcels": "one carriage, which holds no more", "handover.waiting": "waiting carriages of today",
    "handover.lying_in": "a picking list, which names its limit", "supply.lying_in": "suggestions",
    "orders.papers_of": "papers of one posting",
    "inventory.needing": "how many at most is said by the tab",
    "messaging.chats_to_answer": "marks on rows that are shown", "messaging.most_asked": "the first of a ranking",
    "orders.history": "one posting's acts", "orders.scan_work": "one shift's work",
    "orders.waiting": "the dearest, with how many there are", "orders.excused": "the latest few",
    "pricing.waiting": "prices of the products that are shown, and the whole queue's sum",
    "promotions.shop_actions": "actions of a year", "returns.history": "one claim's acts",
    "returns.disposal_history": "one setting's acts", "sellers.name_changes": "a name changes rarely",
    "sellers.joining": "who asks to join waits a week", "sellers.invitations": "the latest hundred",
    "simulator.past_runs": "the latest few", "simulator.coming": "what is next",
    "supply.history": "one supply's acts", "support.settlements": "the latest one",
}


def _cut_queries() -> set[str]:
    """Names of query functions with a limit of their own and no way to go on."""
    found = set()
    for path in ROOT.glob("*/queries*/**/*.py"):
        found |= _cut_in(path)
    for path in ROOT.glob("*/queries.py"):
        found |= _cut_in(path)
    return found


def _cut_in(path: Path) -> set[str]:
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
            if "limit" in names and not names & GOES_ON:
                found.add(node.name)
    return found


def test_what_pages_show_can_be_read_on():
    cut = _cut_queries()
    silent = {}
    for path in sorted(ROOT.glob("*/web/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in cut and not {word.arg for word in node.keywords} & GOES_ON:
                    silent.setdefault(f"{path.relative_to(ROOT).parts[0]}.{name}", path.name)

    assert {name: where for name, where in silent.items() if name not in CUT} == {}
    assert set(CUT) <= set(silent), "no longer cut"
