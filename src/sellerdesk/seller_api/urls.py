"""Every method of the Seller API, in the contract's order."""

from __future__ import annotations

from typing import Any

from django.urls import path, re_path

from sellerdesk.seller_api import categories, postings_fbs, prices, products, seller, stocks, warehouses
from sellerdesk.seller_api.endpoint import Endpoint, unknown_method

METHODS: tuple[Endpoint[Any], ...] = (
    categories.attributes,  # POST /v1/description-category/attribute
    categories.attribute_values,  # POST /v1/description-category/attribute/values
    categories.tree,  # POST /v1/description-category/tree
    products.import_info,  # POST /v1/product/import/info
    prices.import_prices,  # POST /v1/product/import/prices
    seller.roles_by_token,  # POST /v1/roles
    seller.seller_info,  # POST /v1/seller/info
    postings_fbs.cancel,  # POST /v2/posting/fbs/cancel
    postings_fbs.cancel_reasons,  # POST /v2/posting/fbs/cancel-reason/list
    postings_fbs.package_label,  # POST /v2/posting/fbs/package-label
    stocks.set_stocks,  # POST /v2/products/stocks
    warehouses.warehouse_list,  # POST /v2/warehouse/list
    postings_fbs.get_v3,  # POST /v3/posting/fbs/get
    postings_fbs.list_v3,  # POST /v3/posting/fbs/list
    products.import_products,  # POST /v3/product/import
    products.product_info_list,  # POST /v3/product/info/list
    products.product_list,  # POST /v3/product/list
    postings_fbs.list_v4,  # POST /v4/posting/fbs/list
    postings_fbs.ship_v4,  # POST /v4/posting/fbs/ship
    postings_fbs.unfulfilled_v4,  # POST /v4/posting/fbs/unfulfilled/list
    stocks.info_stocks,  # POST /v4/product/info/stocks
    prices.info_prices,  # POST /v5/product/info/prices
)

urlpatterns = [path(method.path.lstrip("/"), method, name=f"seller-api{method.path}") for method in METHODS]
# Whatever else looks like a method of this API is answered in its words, not with a page.
urlpatterns.append(re_path(r"^v\d+/", unknown_method))
