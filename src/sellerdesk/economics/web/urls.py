from __future__ import annotations

from django.urls import path

from sellerdesk.economics.web import calculator, views

app_name = "economics"
urlpatterns = [
    path("economics/", views.products, name="products"),
    path("economics/calculator", calculator.calculator, name="calculator"),
    path("economics/settings", views.settings, name="settings"),
    path("economics/<int:product_id>/", views.product, name="product"),
]
