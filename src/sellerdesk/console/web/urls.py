from __future__ import annotations

from django.urls import path

from sellerdesk.console.web import views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("sellers/", views.sellers_list, name="sellers"),
    path("sellers/<int:seller_id>/approve/", views.approve, name="approve"),
    path("products/", views.products, name="products"),
    path("orders/", views.postings, name="postings"),
]
