"""No list on a page ends without saying so: what a query cuts off can be reached by another page of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import sellerdesk

ROOT = Path(sellerdesk.__file__).parent
#: Ways to go on from where a page ended.
GOES_ON = {"cursor", "before", "before_id", "after", "after_id", "last_id", "offset", "page"}
#: What is cut on purpose, with the reason.
CUT = {
    "accounts.history_all": "an export, which says how many rows it holds at most",
    "accounts.recovery_requests": "open requests of one shop's people",
    "analytics.own_places": "a ranking: the first of it", "analytics.queries_found": "a ranking",
    "analytics.wanted": "a ranking", "analytics.best": "the first of a ranking",
    "announcements.public": "a feed",
    "catalog.types_search": "suggestions while typing", "catalog.by_barcode": "suggestions",
    "catalog.recent_types": "suggestions", "catalog.attribute_values": "suggestions while typing",
    "catalog.last_imports_of": "the latest few, beside the product's history",
    "catalog.foreseen": "a preview of a plan", "catalog.files": "one upload, which holds no more",
    "core.history": "the latest acts on one thing, beside the thing", "core.of_actor": "the latest acts of one person",
    "sellers.timeline": "the latest acts of a shop", "messaging.talk": "the end of a talk",
    "handover.parcels": "one carriage, which holds no more", "handover.papers_of": "papers of one posting",
    "inventory.lying_in": "a picking list, which names its limit; suggestions for a supply",
    "inventory.needing": "how many at most is said by the tab",
    "finance.settlements": "the latest one, beside a ticket", "finance.largest_shops": "a ranking",
    "messaging.chats_to_answer": "marks on rows that are shown", "messaging.most_asked": "the first of a ranking",
    "orders.scan_work": "one shift's work", "orders.excused": "the latest few",
    "orders.dearest": "the first of a ranking, which says how many there are",
    "pricing.waiting": "prices of the products that are shown, and the whole queue's sum",
    "promotions.shop_actions": "actions of a year",
    "promotions.competitors_like": "suggestions while typing",
    "returns.disposal_history": "one setting's acts", "sellers.name_changes": "a name changes rarely",
    "sellers.joining": "who asks to join waits a week", "sellers.invitations": "the latest hundred",
    "simulator.past_runs": "the latest few", "simulator.coming": "what is next",
}


def _cut_queries() -> set[str]:
    """Query functions with a limit of their own and no way to go on, as domain.name."""
    found = set()
    for path in (*ROOT.glob("*/queries/**/*.py"), *ROOT.glob("*/queries.py"), ROOT / "core" / "activity.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
                if "limit" in names and not names & GOES_ON:
                    found.add(f"{path.relative_to(ROOT).parts[0]}.{node.name}")
    return found


def _calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """What a page calls, as domain.name."""
    tree = ast.parse(path.read_text("utf-8"))
    domains = {alias.asname or alias.name: f"{node.module}.{alias.name}".split(".")[1] for node in ast.walk(tree)
               if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sellerdesk")
               for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            root = node.func
            while isinstance(root, ast.Attribute):
                root = root.value
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if isinstance(root, ast.Name) and root.id in domains:
                yield f"{domains[root.id]}.{name}", node


def test_what_pages_show_can_be_read_on():
    cut = _cut_queries()
    silent = {name: path.name for path in sorted(ROOT.glob("*/web/**/*.py")) for name, node in _calls(path)
              if name in cut and not {word.arg for word in node.keywords} & GOES_ON}

    assert {name: where for name, where in silent.items() if name not in CUT} == {}
    assert set(CUT) <= set(silent), "no longer cut"
