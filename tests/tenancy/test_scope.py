"""D02: nothing of a shop is read without saying whose. SQLite has no second wall in the database, so this one holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sellerdesk
from sellerdesk.catalog import queries as catalog
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingFilter
from sellerdesk.pricing import queries as pricing
from sellerdesk.returns import queries as returns
from sellerdesk.returns.types import ReturnFilter
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import team

ROOT = Path(sellerdesk.__file__).parent
DOMAINS = ("sellers", "catalog", "pricing", "inventory", "orders", "returns", "finance", "logistics", "analytics")
#: Queries that do not begin with a shop, and why nobody sees a rival through them.
REASONS = {
    "person": "what one person belongs to, asked with the id of whoever is signed in",
    "operator": "all shops, for pages of operators and for the simulated market",
    "shared": "the marketplace's own reference data, the same for all shops",
    "link": "whoever holds the secret is the one it was made for",
    "words": "computes from what it is given and reads no rows of shops",
}
WITHOUT_SHOP = {
    "person": {"sellers.owners_beside", "sellers.co_owners", "sellers.people_of_owner", "sellers.keys_to_review",
               "sellers.own_companies", "sellers.standing_of", "sellers.shops_of_user", "sellers.shop_names"},
    "operator": {"sellers.queue", "sellers.legal_queue", "sellers.papers_of", "sellers.seller_ref",
                 "sellers.active_sellers", "sellers.sellers_page", "sellers.state_counts", "sellers.names",
                 "catalog.market_page", "catalog.market_total", "orders.work_list", "orders.market_page",
                 "orders.market_figures", "returns.open_returns", "logistics.brought_back"},
    "shared": {"sellers.current_offer", "sellers.offer_versions", "sellers.grace", "sellers.checklist_items",
               "sellers.blocked_countries", "sellers.currencies", "sellers.phone_policy", "sellers.known_country",
               "sellers.country_codes", "catalog.tree", "catalog.children", "catalog.type_info",
               "catalog.types_of_category", "catalog.category_path", "catalog.types_search", "catalog.attributes",
               "catalog.attribute_names", "catalog.attribute_values", "catalog.form_options", "catalog.check_rules",
               "orders.cancel_reasons", "orders.rule_versions", "finance.departments", "logistics.service_names"},
    "link": {"sellers.authenticate_key", "sellers.letter"},
    "words": {"sellers.add_count", "sellers.missing_fields", "sellers.latin_needed", "sellers.in_force",
              "sellers.terms_of", "sellers.stored_reason", "sellers.reason_text", "returns.reason_text",
              "logistics.scan_text"},
}


def functions():
    for domain in DOMAINS:
        package = ROOT / domain / "queries"
        files = sorted(package.glob("*.py")) if package.is_dir() else [ROOT / domain / "queries.py"]
        for file in files:
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield domain, node


def test_D02_every_query_of_a_shop_takes_the_shop_first():
    known = {name for names in WITHOUT_SHOP.values() for name in names}
    unscoped, seen = [], set()
    for domain, node in functions():
        name, first = f"{domain}.{node.name}", (node.args.posonlyargs + node.args.args)[:1]
        scoped = bool(first) and first[0].arg == "seller" and isinstance(first[0].annotation, ast.Name) \
            and first[0].annotation.id == "SellerRef" and not node.args.defaults[len(node.args.args) - 1:]
        seen.add(name)
        if not scoped and name not in known:
            unscoped.append(name)

    assert unscoped == []
    assert known <= seen
    assert set(WITHOUT_SHOP) == set(REASONS)


def test_D02_pages_read_no_tables_themselves():
    """The layer of queries is the only way to rows: no page, table or form imports models or the connection."""
    wrong = []
    for domain in (*DOMAINS, "seller_api"):
        for file in (ROOT / domain).rglob("*.py"):
            path = file.relative_to(ROOT).as_posix()
            if ("/web/" not in path and domain != "seller_api") or "/tests/" in path:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                names = {one.name for one in node.names} if isinstance(node, (ast.Import, ast.ImportFrom)) else set()
                if module.endswith(".models") or (module == "django.db" and "connection" in names):
                    wrong.append(f"{path}: {module}")

    assert wrong == []


UNSCOPED = {
    "products": lambda nobody: catalog.products_page(nobody, filter=None, limit=1, language="en"),
    "product": lambda nobody: catalog.product(nobody, 1, "en"), "refs": lambda nobody: catalog.refs(nobody, offer_ids=["MUG-1"]),
    "prices": lambda nobody: pricing.prices(nobody, [1]), "price history": lambda nobody: pricing.history(nobody, 1),
    "stocks": lambda nobody: inventory.stocks(nobody, [1]), "moves": lambda nobody: inventory.moves(nobody, 1),
    "warehouses": lambda nobody: inventory.warehouses(nobody),
    "postings": lambda nobody: orders.postings_page(nobody, filter=PostingFilter(), cursor=None, limit=1),
    "posting": lambda nobody: orders.posting(nobody, "1"), "counts": lambda nobody: orders.counts(nobody),
    "returns": lambda nobody: returns.returns_page(nobody, filter=ReturnFilter(), cursor=None, limit=1),
    "balance": lambda nobody: finance.balance(nobody), "scans": lambda nobody: logistics.scans(nobody, "1"),
    "keys": lambda nobody: sellers.keys(nobody), "company": lambda nobody: sellers.company(nobody),
    "team": lambda nobody: team.team(nobody), "roles": lambda nobody: team.own_roles(nobody),
    "invitations": lambda nobody: team.invitations(nobody),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", UNSCOPED)
def test_D02_a_query_without_a_shop_is_an_error_and_not_all_rows(name, world):
    with pytest.raises((AttributeError, TypeError)):
        UNSCOPED[name](None)
