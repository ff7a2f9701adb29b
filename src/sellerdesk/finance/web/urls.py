from __future__ import annotations

from django.urls import path

from sellerdesk.finance.web import views

app_name = "finance"
urlpatterns = [
    path("finance/", views.balance, name="balance"),
    path("finance/<int:transaction_id>/", views.transaction, name="transaction"),
]
