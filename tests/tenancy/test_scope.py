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
DOMAINS = ("sellers", "catalog", "economics", "pricing", "promotions", "inventory", "orders", "handover", "returns", "finance", "logistics", "supply", "messaging", "analytics", "notifications", "support", "announcements")
#: Queries that do not begin with a shop, and why nobody sees a rival through them.
REASONS = {
    "person": "what one person belongs to, asked with the id of whoever is signed in",
    "operator": "all shops, for pages of operators, the timetable and the simulated market",
    "shared": "the marketplace's own reference data, the same for all shops",
    "link": "whoever holds the secret is the one it was made for",
    "proved": "what hangs on a thing that the caller has asked for with the shop first, or an operator without one",
    "words": "computes from what it is given, or connects domains; reads no rows of shops",
}
WITHOUT_SHOP = {
    "person": {"notifications.undelivered", "notifications.devices", "announcements.unread_of", "sellers.owners_beside", "sellers.co_owners", "sellers.people_of_owner", "sellers.keys_to_review",
               "sellers.own_companies", "sellers.standing_of", "sellers.shops_of_user", "sellers.shop_names",
               "sellers.closed_shops", "sellers.certificate"},
    "operator": {"sellers.policy_acceptances", "supply.in_state", "supply.declared", "supply.slots_of", "sellers.queue", "sellers.legal_queue", "sellers.papers_of", "sellers.seller_ref",
                 "sellers.active_names", "sellers.active_sellers", "sellers.sellers_page", "sellers.state_counts", "sellers.names",
                 "sellers.name_queue", "sellers.names_waiting", "sellers.legal_waiting", "catalog.hidden_by", "sellers.signs_of_life", "catalog.first_products", "orders.last_sales",
                 "inventory.pauses_to_begin", "inventory.pauses_to_end",
                 "catalog.market_page", "catalog.market_total", "catalog.market_certificates", "catalog.state_counts",
                 "catalog.cases_page", "catalog.case_counts", "catalog.waiting", "catalog.case", "catalog.next_case",
                 "catalog.pictures_now", "catalog.newest_of_product", "catalog.waiting_proposals",
                 "catalog.waiting_proposals_total", "orders.work_list", "orders.market_page",
                 "orders.market_figures", "orders.market_disputes", "orders.market_dispute", "orders.market_dispute_files", "orders.open_disputes",
                 "orders.shops_waiting", "analytics.counted_until", "returns.open_returns", "returns.open_claims", "returns.disputed_claims", "returns.disputed_total", "returns.photos_of", "logistics.brought_back",
                 "orders.delivered_units", "economics.counted_at", "finance.runs", "finance.run_of", "finance.run_rows", "finance.owing",
                 "finance.market_settlement", "finance.waiting", "finance.bank_orders", "finance.last_check",
                 "messaging.reports", "messaging.reports_open", "messaging.talk"},
    "shared": {"announcements.pressing", "catalog.category_paths", "analytics.wanted", "analytics.least_sellers", "analytics.least_searches", "analytics.search_queries",
               "analytics.last_day", "analytics.named", "inventory.platform_warehouses", "inventory.clusters", "supply.taken_seats", "supply.slot_changes_limit", "supply.free_slots", "supply.timetables", "returns.point_cities", "supply.place", "supply.most_cargoes",
               "catalog.brands", "catalog.tables", "catalog.versions",
               "sellers.current_offer", "sellers.offer_versions", "sellers.grace", "sellers.checklist_items",
               "sellers.blocked_countries", "sellers.currencies", "sellers.phone_policy", "sellers.known_country",
               "sellers.country_codes", "catalog.tree", "catalog.columns", "catalog.type_info",
               "catalog.types_of_category", "catalog.types_of_title", "catalog.category_lines", "catalog.policy_titles", "catalog.category_names", "catalog.category_path", "catalog.types_search", "catalog.attributes",
               "catalog.attribute_names", "catalog.attribute_values", "catalog.form_options", "catalog.value_texts", "catalog.check_rules",
               "catalog.by_barcode", "orders.cancel_reasons",
               "orders.index_rule", "orders.day_rule", "orders.today_of", "orders.late_policy", "orders.late_tariff",
               "orders.index_cap", "orders.thresholds", "orders.day_bounds", "orders.index_window", "orders.day_start",
               "finance.convert", "finance.departments", "finance.forget",
               "finance.shares", "finance.acquiring_bp", "finance.instalment_bp", "finance.calendar_at", "finance.minimum_at", "finance.approval_at",
               "finance.freeze_hours", "finance.next_noon", "finance.buyer_currency", "finance.rates_in_force", "finance.by_version", "finance.version_of", "orders.crosses_customs",
               "finance.rate_of", "finance.kind_text", "finance.booking_text", "logistics.service_names", "logistics.destinations",
               "logistics.tariffs_in_force", "logistics.tariff_versions", "logistics.note_choices", "orders.countries",
               "logistics.label_sizes", "economics.bands", "notifications.thresholds", "messaging.policy", "messaging.edit_minutes",
               "messaging.counting_rule"},
    "proved": {"supply.choices", "catalog.paper_files", "orders.counts", "orders.window_span", "catalog.certificate", "catalog.covered", "catalog.covered_page",
               "catalog.searched", "orders.searched", "orders.with_lines", "orders.lines_of", "messaging.searched", "messaging.newest"},
    "link": {"announcements.feed_of_token", "sellers.authenticate_key", "sellers.letter", "handover.of_token", "handover.of_declaration_token", "orders.of_invoice_token", "supply.of_token", "finance.of_token", "messaging.file_of_link"},
    "words": {"finance.hour_sql", "supply.facts_of", "supply.orders_of_numbers", "orders.goods_sql", "orders.postings_sql", "returns.goods_sql", "analytics.within", "analytics.spans", "analytics.known_columns", "analytics.of_goods", "analytics.slots",
              "analytics.condition_sql", "analytics.summed", "analytics.can",
              "analytics.periods", "analytics.computed", "catalog.risk_badge", "catalog.case_badge", "catalog.certificate_badge",
              "catalog.field_name", "catalog.field_order", "catalog.finding", "catalog.template", "catalog.templates",
              "catalog.remark", "catalog.anchor", "sellers.limits_of", "catalog.improve_below", "catalog.filtered", "catalog.draft_of", "sellers.add_open_end",
              "sellers.add_sign_of_life", "catalog.state_of", "catalog.hidden_sentence", "catalog.verdict", "sellers.add_count", "sellers.missing_fields", "sellers.latin_needed", "sellers.in_force",
              "sellers.role_names", "sellers.terms_of", "sellers.stored_reason", "sellers.reason_text", "returns.reason_text", "returns.storage", "returns.visual_of", "returns.states_of_visual", "returns.visual_text",
              "returns.method_text", "returns.rejection_text", "returns.compensation_text", "returns.barcode_of", "returns.id_of_barcode",
              "returns.claim_number", "returns.group_of", "returns.api_actions", "returns.action_of",
              "returns.rejections", "returns.disposal_changes", "orders.cancel_preview", "orders.usable_reasons",
              "orders.calendar", "orders.tariff_steps", "orders.standing", "orders.status_of", "orders.is_premium",
              "logistics.scan_text", "logistics.source_text", "logistics.cell_text", "logistics.refusal_text", "catalog.customs_value", "catalog.hs_code", "logistics.tariff_lines",
              "orders.folded", "orders.buyer", "orders.buyer_hidden_since", "orders.slot_bounds", "orders.within",
              "orders.read_unit", "orders.requirements", "handover.barcode_text", "handover.unprinted_text",
              "handover.kind_text", "handover.carriage_text", "economics.register_freight", "economics.unit",
              "notifications.known_types", "notifications.api_types", "notifications.type_text", "notifications.sentence",
              "messaging.keep", "messaging.may_start", "messaging.link_of", "messaging.translates", "messaging.message_number",
              "messaging.message_of", "messaging.key_of", "messaging.id_of", "messaging.markdown",
              "messaging.read_by_other", "messaging.topic_text", "messaging.reason_text", "messaging.refusal_text"},

}

for _why, _names in {
        "operator": {"inventory.uncounted", "finance.largest_shops", "promotions.platform", "promotions.auto_join_shops", "promotions.instalments", "pricing.auto_action_shops", "promotions.platform_action", "promotions.approved", "support.queue_page", "support.any_ticket", "support.of_problem", "support.operators_turn",
                     "support.queue_counts", "announcements.market", "announcements.readers"},
        # What the market says of all shops together, never of fewer than the dated rule asks for; public queries.
        "shared": {"catalog.brand_names", "inventory.tariff", "analytics.season", "analytics.expected_searches", "analytics.prices", "economics.commission_bp", "support.targets", "support.terms", "support.macros", "support.topics", "support.topic",
                   "support.topic_names", "announcements.asks_for", "announcements.public", "announcements.policies",
                   "announcements.offer_versions", "announcements.versions", "announcements.fee_changes",
                   "sellers.offer_texts"},
        "person": {"announcements.of_reader", "announcements.waiting", "announcements.announcement",
                   "announcements.coming"},
        "proved": {"support.messages", "support.file_of"}, "words": {"orders.beyond", "catalog.route", "analytics.of_cards",
                                                                     "analytics.parts_of", "analytics.carded",
                                                                     "analytics.by_period", "economics.register_storage", "inventory.columns", "analytics.as_date", "support.reply_mark", "promotions.status_of", "promotions.highest", "promotions.row_of"}}.items():
    WITHOUT_SHOP[_why] |= _names


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
