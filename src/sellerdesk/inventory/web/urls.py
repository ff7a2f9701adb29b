from __future__ import annotations

from django.urls import path

from sellerdesk.inventory.web import counting, platform, storage, views, warehouses

app_name = "inventory"
urlpatterns = [
    path("stocks/", views.stocks, name="stocks"),
    path("stocks/marketplace/", platform.platform, name="platform"),
    path("stocks/storage/", storage.storage, name="storage"),
    path("stocks/storage/file/", storage.file, name="storage_file"),
    path("stocks/storage/<str:day>/", storage.day, name="storage_day"),
    path("stocks/<int:product_id>/<int:warehouse_id>/save", views.save_stock, name="save"),
    path("stocks/<int:product_id>/moves", views.moves, name="moves"),
    path("stocks/<int:product_id>/<int:warehouse_id>/count", counting.count, name="count"),
    path("stocks/ledger", counting.ledger, name="ledger"),
    path("warehouses/", warehouses.warehouses, name="warehouses"),
    path("warehouses/new", warehouses.warehouse_new, name="warehouse_new"),
    path("warehouses/printed", warehouses.printed, name="warehouse_printed"),
    path("warehouses/<int:warehouse_id>/", warehouses.warehouse, name="warehouse"),
    path("warehouses/<int:warehouse_id>/pause", warehouses.pause, name="warehouse_pause"),
    path("warehouses/<int:warehouse_id>/resume", warehouses.resume, name="warehouse_resume"),
    path("warehouses/<int:warehouse_id>/archive", warehouses.archive, name="warehouse_archive"),
]
