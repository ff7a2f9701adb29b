"""What lies with the marketplace and how long it lasts, warehouse by warehouse and cluster by cluster.

Keys of single warehouses of the shop hear of nothing here: these are warehouses of the marketplace.
"""

from __future__ import annotations

from collections.abc import Collection

from sellerdesk.analytics.queries import shelves
from sellerdesk.analytics.types import ShelfRow
from sellerdesk.core.i18n import localized
from sellerdesk.inventory import queries as inventory
from sellerdesk.seller_api import parsing
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import stock_analytics as models

#: The only kind of stock that the marketplace keeps here: whole goods that can be sold.
_VALID = "STOCK_TYPE_VALID"


def _rows(call: Call, skus: Collection[int] = (), warehouse_ids: Collection[int] = (),
          cluster_ids: Collection[int] = ()) -> list[ShelfRow]:
    if call.caller.warehouse_ids:
        return []
    return shelves.on_shelves(call.seller, now=call.now, skus=skus, warehouse_ids=warehouse_ids,
                              cluster_ids=cluster_ids)


@endpoint("/v1/analytics/stocks", request=models.StocksRequest, answer=models.StocksResponse, right="analytics:read")
def stocks(call: Call, request: models.StocksRequest) -> models.StocksResponse:
    """Tells what lies with the marketplace, what is coming, and for how long it lasts there and in the cluster."""
    if request.cluster_ids and request.macrolocal_cluster_ids:
        raise parsing.refuse(models.StocksRequest, "macrolocal_cluster_ids",
                             "value must be empty where cluster_ids are given")
    if request.item_tags or request.placement_zone or request.unmarked_stocks_only:
        # Goods have no such tags, zones or marks here: none of them fits.
        return models.StocksResponse(items=[])
    names = {row.id: localized(row.names, call.language) for row in inventory.clusters(call.now)}
    rows = _rows(call, request.skus, request.warehouse_ids, request.cluster_ids or request.macrolocal_cluster_ids)
    return models.StocksResponse(items=[
        models.StocksItem(
            ads=row.sold_a_day, ads_cluster=row.cluster_sold_a_day, available_stock_count=row.free,
            cluster_id=row.cluster_id, cluster_name=names.get(row.cluster_id, ""),
            days_without_sales=row.days_without_sales, days_without_sales_cluster=row.cluster_days_without_sales,
            excess_stock_count=row.excess, idc=row.lasts_days, idc_cluster=row.cluster_lasts_days,
            macrolocal_cluster_id=row.cluster_id, name=row.name, offer_id=row.offer_id,
            requested_stock_count=row.coming, sku=row.sku, turnover_grade=row.grade,
            turnover_grade_cluster=row.cluster_grade, valid_stock_count=row.present, warehouse_id=row.warehouse_id,
            warehouse_name=row.warehouse_name)
        for row in rows if not request.turnover_grades or row.grade in request.turnover_grades])


@endpoint("/v1/analytics/manage/stocks", request=models.ManageStocksRequest, answer=models.ManageStocksResponse,
          right="analytics:read", deprecated=True)
def manage_stocks(call: Call, request: models.ManageStocksRequest) -> models.ManageStocksResponse:
    """Lists what lies with the marketplace by offset."""
    where = request.filter or models.ManageStocksFilter()
    if where.stock_types and _VALID not in where.stock_types:
        return models.ManageStocksResponse(items=[])
    rows = [row for row in _rows(call, where.skus, where.warehouse_ids) if row.present]
    return models.ManageStocksResponse(items=[
        models.ManageStocksItem(name=row.name, offer_id=row.offer_id, sku=row.sku, valid_stock_count=row.present,
                                warehouse_name=row.warehouse_name)
        for row in rows[request.offset:request.offset + request.limit]])


@endpoint("/v2/analytics/stock_on_warehouses", request=models.OnWarehousesRequest, answer=models.OnWarehousesResponse,
          right="analytics:read", deprecated=True)
def on_warehouses(call: Call, request: models.OnWarehousesRequest) -> models.OnWarehousesResponse:
    """Lists by offset what can be sold, what is promised to buyers and what is coming to the marketplace."""
    # The marketplace keeps no express stores.
    rows = _rows(call) if request.warehouse_type != "EXPRESS_DARK_STORE" else []
    return models.OnWarehousesResponse(result=models.OnWarehousesResult(rows=[
        models.OnWarehousesRow(sku=row.sku, item_code=row.offer_id, item_name=row.name, free_to_sell_amount=row.free,
                               promised_amount=row.coming, reserved_amount=row.reserved,
                               warehouse_name=row.warehouse_name)
        for row in rows[request.offset:request.offset + request.limit]]))
