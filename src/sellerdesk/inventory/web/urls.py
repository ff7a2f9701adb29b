from __future__ import annotations

from django.urls import path

from sellerdesk.inventory.web import views, warehouses

app_name = "inventory"
urlpatterns = [
    path("stocks/", views.stocks, name="stocks"),
    path("stocks/<int:product_id>/<int:warehouse_id>/save", views.save_stock, name="save"),
    path("stocks/<int:product_id>/moves", views.moves, name="moves"),
    path("warehouses/", warehouses.warehouses, name="warehouses"),
    path("warehouses/new", warehouses.warehouse_new, name="warehouse_new"),
    path("warehouses/<int:warehouse_id>/", warehouses.warehouse, name="warehouse"),
]
