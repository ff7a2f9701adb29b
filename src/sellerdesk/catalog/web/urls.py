from __future__ import annotations

from django.urls import path

from sellerdesk.catalog.web import imports, products, views

app_name = "catalog"
urlpatterns = [
    path("products/", views.products, name="products"),
    path("products/selected", views.selected, name="products_bulk"),
    path("products/new", products.choose_type, name="product_new"),
    path("products/new/<int:type_id>", products.create, name="product_create"),
    path("products/types", products.types, name="types"),
    path("products/values/<int:type_id>/<int:attribute_id>", products.values, name="values"),
    path("products/pictures", products.upload_pictures, name="pictures"),
    path("products/<int:product_id>/", views.product, name="product"),
    path("products/<int:product_id>/edit", products.edit, name="product_edit"),
    path("products/<int:product_id>/shelve", views.shelve, name="product_shelve"),
    path("products/<int:product_id>/price", views.save_price, name="product_price"),
    path("products/<int:product_id>/stock", views.save_stock, name="product_stock"),
    path("imports/", imports.index, name="imports"),
    path("imports/template", imports.template, name="import_template"),
    path("imports/<int:task_id>/", imports.result, name="import"),
    path("imports/<int:task_id>/failed", imports.failed, name="import_failed"),
]
