"""Reading. `seller` comes first: what it may not see does not exist. Each function needs a fixed number of queries."""

from sellerdesk.catalog.queries.imports import import_items, import_task, imports_page, last_imports_of
from sellerdesk.catalog.queries.products import (
    TABS,
    cards,
    counts,
    drafts,
    market_page,
    market_total,
    product,
    products_page,
    products_total,
    recent_types,
    refs,
    sellable,
    shop_categories,
)
from sellerdesk.catalog.queries.reference import (
    attribute_names,
    attribute_values,
    attributes,
    category_path,
    check_rules,
    children,
    form_options,
    tree,
    type_info,
    types_of_category,
    types_search,
)

__all__ = [
    "TABS", "attribute_names", "attribute_values", "attributes", "cards", "category_path", "check_rules",
    "children", "counts", "drafts", "form_options", "import_items", "import_task", "imports_page", "last_imports_of",
    "market_page", "market_total", "product", "products_page", "products_total", "recent_types", "refs",
    "sellable", "shop_categories", "tree", "type_info", "types_of_category", "types_search",
]  # fmt: skip
