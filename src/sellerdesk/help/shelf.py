"""Where each article stands, and reading them from the package's own files. No network, no database.

An article is `articles/<language>/<key>.md`: the first line is `# Title`, the second `Words: …` names what people call
it besides, the rest is its text.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sellerdesk.help.errors import ArticleUnknown
from sellerdesk.help.types import LANGUAGES, Article, Entry

_HERE = Path(__file__).parent / "articles"
SECTIONS = ("start", "goods", "sales", "money", "shop", "account", "help")
SHELF: tuple[Entry, ...] = (
    Entry("opening-a-shop", "start", ("sellers:register", "sellers:register_phone", "sellers:onboarding",
                                      "sellers:company_edit", "sellers:document_upload")),
    Entry("country", "start"),
    Entry("cross-border-shop", "start"),
    Entry("cross-border-selling", "start"),
    Entry("first-steps", "start", ("sellers:welcome",)),
    Entry("how-the-platform-earns", "start"),
    Entry("home", "start", ("home",)),
    Entry("what-to-sell", "goods"),
    Entry("choosing-products", "goods"),
    Entry("food", "goods"),
    Entry("products", "goods", ("catalog:products", "catalog:product", "catalog:product_new", "catalog:product_create",
                                "catalog:product_edit", "catalog:by_sku", "catalog:versions")),
    Entry("imports", "goods", ("catalog:imports", "catalog:import", "catalog:import_columns")),
    Entry("pictures", "goods", ("catalog:picture_uploads", "catalog:picture_upload")),
    Entry("certificates", "goods", ("catalog:certificates", "catalog:certificate", "catalog:certificate_new",
                                    "catalog:policies", "catalog:policy")),
    Entry("prices", "goods", ("pricing:prices", "pricing:history", "pricing:percent", "pricing:quarantine",
                              "pricing:grid", "pricing:run_new", "pricing:run")),
    Entry("supplies", "goods", ("supply:supplies", "supply:supply", "supply:new", "supply:draft", "supply:slots",
                                "supply:cargoes")),
    Entry("figures", "money", ("analytics:explorer", "analytics:behaviour", "analytics:market",
                               "analytics:market_category", "analytics:selection", "analytics:reports")),
    Entry("unit-economics", "goods", ("economics:products", "economics:product", "economics:settings")),
    Entry("promotions", "goods", (
        "promotions:actions", "promotions:action", "promotions:own", "promotions:own_new", "promotions:own_edit",
        "promotions:overlaps", "promotions:strategies", "promotions:strategy", "promotions:strategy_new",
        "promotions:strategy_edit", "promotions:requests")),
    Entry("stock", "goods", ("inventory:stocks", "inventory:moves", "inventory:ledger")),
    Entry("warehouses", "goods", ("inventory:warehouses", "inventory:warehouse_new", "inventory:warehouse")),
    Entry("warehouse-name", "goods"),
    Entry("changes", "goods", ("catalog:changes", "catalog:batch")),
    Entry("orders", "sales", ("orders:postings", "orders:posting", "orders:scan", "orders:units", "orders:packages",
                              "orders:cancel", "orders:cancel_requests", "orders:cancel_request_reject")),
    Entry("late-shipment", "sales", ("orders:terms", "orders:penalties", "orders:penalty")),
    Entry("papers", "sales", ("handover:papers", "handover:batch", "handover:printing", "handover:shelves",
                              "handover:carriages", "handover:carriage")),
    Entry("logistics-fees", "sales", ("logistics:methods", "logistics:method", "logistics:calculator",
                                      "logistics:parcels")),
    Entry("returns", "sales", ("returns:returns", "returns:claims", "returns:claim", "returns:pick_up",
                               "returns:disposal")),
    Entry("chats", "sales", ("messaging:chats", "messaging:chat", "messaging:templates", "messaging:template")),
    Entry("reviews", "sales", ("messaging:reviews", "messaging:review", "messaging:questions", "messaging:question")),
    Entry("finance", "money", ("finance:balance", "finance:transaction")),
    Entry("price-currency", "money"),
    Entry("finding-a-seller", "shop"),
    Entry("company", "shop", ("sellers:company", "sellers:company_change", "sellers:name", "sellers:holiday",
                              "sellers:offer")),
    Entry("team", "shop", ("sellers:team", "sellers:invite", "sellers:member", "sellers:roles", "sellers:role",
                           "sellers:role_new", "sellers:approvals", "sellers:security")),
    Entry("api-keys", "shop", ("sellers:keys", "sellers:key_new", "sellers:key", "sellers:key_networks",
                               "sellers:key_rotate", "sellers:keys_review")),
    Entry("pushes", "shop", ("notifications:endpoints", "notifications:endpoint", "notifications:endpoint_new",
                             "notifications:delivery")),
    Entry("test-shop", "shop", ("twin:page",)),
    Entry("closing", "shop", ("sellers:closing",)),
    Entry("sandbox", "shop", ("simulator:market",)),
    Entry("signing-in", "account", ("accounts:cannot_sign_in", "accounts:security", "accounts:sessions",
                                    "accounts:history", "accounts:app", "accounts:recovery_codes")),
    Entry("changing-email", "account", ("accounts:profile", "accounts:contacts", "accounts:contact_code",
                                        "accounts:email", "accounts:messages")),
    Entry("support", "help", ("support:tickets", "support:ticket", "support:ask", "support:topic")),
    Entry("announcements", "help", ("announcements:index", "announcements:announcement", "announcements:policies",
                                    "announcements:policy", "announcements:calendar", "announcements:fees")),
)
_ENTRIES = {entry.key: entry for entry in SHELF}
_OF_SCREEN = {screen: entry.key for entry in SHELF for screen in entry.screens}


@lru_cache(maxsize=1)
def _all() -> dict[tuple[str, str], Article]:
    return {(entry.key, language): _read(entry, language) for entry in SHELF for language in LANGUAGES}


def _read(entry: Entry, language: str) -> Article:
    title, words, body = (_HERE / language / f"{entry.key}.md").read_text(encoding="utf-8").split("\n", 2)
    if not title.startswith("# ") or not words.startswith("Words: "):
        raise ValueError(f"{language}/{entry.key}.md: the first lines are `# Title` and `Words: …`")
    return Article(entry.key, entry.section, language, title[2:].strip(), words[7:].strip(), body.strip())


def article(key: str, language: str) -> Article:
    """Raises ArticleUnknown."""
    if key not in _ENTRIES:
        raise ArticleUnknown(key)
    return _all()[(key, language if language in LANGUAGES else "en")]


def articles(language: str) -> list[Article]:
    """Every article in the order of the shelf."""
    return [article(entry.key, language) for entry in SHELF]


def of_screen(view_name: str) -> str:
    """The article of a screen, by its view; the only one of its part of the site else; empty for none."""
    if view_name in _OF_SCREEN:
        return _OF_SCREEN[view_name]
    part = view_name.partition(":")[0] + ":"
    near = [key for screen, key in _OF_SCREEN.items() if ":" in view_name and screen.startswith(part)]
    return near[0] if near else ""
