from __future__ import annotations

from django.urls import path

from sellerdesk.returns.web import views

app_name = "returns"
urlpatterns = [
    path("returns/", views.returns, name="returns"),
    path("returns/bulk", views.bulk, name="bulk"),
    path("returns/<int:return_id>/receive", views.receive, name="receive"),
]
