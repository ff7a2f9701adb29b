"""Reading. `seller` comes first: what it may not see does not exist. Each function needs a fixed number of queries."""

from sellerdesk.catalog.queries import changes, pictures
from sellerdesk.catalog.queries.codes import barcodes
from sellerdesk.catalog.queries.copying import by_barcode, copyable, copying_forbidden, with_barcode
from sellerdesk.catalog.queries.customs import (
    CUSTOMS_CURRENCIES,
    CustomsCard,
    customs_cards,
    customs_value,
    customs_values,
    hs_code,
)
from sellerdesk.catalog.queries.drafts import kept_draft, new_drafts
from sellerdesk.catalog.queries.imports import import_items, import_task, imports_page, last_imports_of, same_file
from sellerdesk.catalog.queries.inbox import faulty as faulty
from sellerdesk.catalog.queries.inbox import papers_ending as papers_ending
from sellerdesk.catalog.queries.nearest import nearest_offers
from sellerdesk.catalog.queries.origins import origins
from sellerdesk.catalog.queries.products import (
    TABS,
    VISIBILITIES,
    archive_limits,
    card_models,
    cards,
    counts,
    drafts,
    first_products,
    improve_below,
    in_stock,
    market_page,
    market_total,
    product,
    products_page,
    products_total,
    recent_types,
    refs,
    room,
    scores,
    sellable,
    shop_categories,
    variants,
)
from sellerdesk.catalog.queries.proposals import proposals, waiting_proposals, waiting_proposals_total
from sellerdesk.catalog.queries.reference import (
    attribute_names,
    attribute_values,
    attributes,
    category_path,
    check_rules,
    columns,
    form_options,
    tree,
    type_info,
    types_of_category,
    types_of_title,
    types_search,
    value_texts,
)
from sellerdesk.catalog.queries.searching import corrected
from sellerdesk.catalog.queries.states import state_of
from sellerdesk.catalog.queries.vat import VAT_RATES, vat_rates
from sellerdesk.catalog.queries.walking import product_ids
from sellerdesk.catalog.ties import tied as sold

__all__ = [
    "CUSTOMS_CURRENCIES",
    "TABS",
    "VAT_RATES",
    "VISIBILITIES",
    "CustomsCard",
    "archive_limits",
    "attribute_names",
    "attribute_values",
    "attributes",
    "barcodes",
    "by_barcode",
    "card_models",
    "cards",
    "category_path",
    "changes",
    "check_rules",
    "columns",
    "copyable",
    "copying_forbidden",
    "corrected",
    "counts",
    "customs_cards",
    "customs_value",
    "customs_values",
    "drafts",
    "first_products",
    "form_options",
    "hs_code",
    "import_items",
    "import_task",
    "imports_page",
    "improve_below",
    "in_stock",
    "kept_draft",
    "last_imports_of",
    "market_page",
    "market_total",
    "nearest_offers",
    "new_drafts",
    "origins",
    "pictures",
    "product",
    "product_ids",
    "products_page",
    "products_total",
    "proposals",
    "recent_types",
    "refs",
    "room",
    "same_file",
    "scores",
    "sellable",
    "shop_categories",
    "sold",
    "state_of",
    "tree",
    "type_info",
    "types_of_category",
    "types_of_title",
    "types_search",
    "value_texts",
    "variants",
    "vat_rates",
    "waiting_proposals",
    "waiting_proposals_total",
    "with_barcode",
]  # fmt: skip
