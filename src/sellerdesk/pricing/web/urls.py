from __future__ import annotations

from django.urls import path

from sellerdesk.pricing.web import views

app_name = "pricing"
urlpatterns = [
    path("prices/", views.prices, name="prices"),
    path("prices/<int:product_id>/save", views.save_price, name="save"),
    path("prices/<int:product_id>/history", views.history, name="history"),
    path("prices/selected", views.selected, name="selected"),
    path("prices/percent", views.percent, name="percent"),
]
