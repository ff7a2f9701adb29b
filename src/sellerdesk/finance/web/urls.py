from __future__ import annotations

from django.urls import path

from sellerdesk.finance.web import documents, payouts, views

app_name = "finance"
urlpatterns = [
    path("finance/", payouts.home, name="home"),
    path("finance/accruals/", views.balance, name="balance"),
    path("finance/payouts/", payouts.payouts, name="payouts"),
    path("finance/payouts/ask/", payouts.ask, name="payout_ask"),
    path("finance/payouts/<int:settlement_id>/", payouts.settlement, name="settlement"),
    path("finance/debt/", payouts.debt, name="debt"),
    path("finance/documents/", documents.documents, name="documents"),
    path("finance/documents/make/", documents.make, name="document_make"),
    path("finance/documents/<int:document_id>/<str:form>/", documents.document_file, name="document_file"),
    path("finance/files/<str:token>/", documents.file, name="file"),
    path("finance/settings/", payouts.payout_settings, name="payout_settings"),
    path("finance/settings/bank/", payouts.bank, name="bank"),
    path("finance/<int:transaction_id>/", views.transaction, name="transaction"),
]
