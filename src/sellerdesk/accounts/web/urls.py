from __future__ import annotations

from django.urls import path

from sellerdesk.accounts.web import history, views

app_name = "accounts"
urlpatterns = [
    path("account/", views.profile, name="profile"),
    path("account/sessions/<int:session_id>/end/", views.session_end, name="session_end"),
    path("account/history/", history.page, name="history"),
    path("account/history/export/", history.export, name="history_export"),
    path("account/history/denied/", history.denied, name="history_denied"),
    path("account/history/<int:number>/deny/", history.deny, name="history_deny"),
    path("account/password-strength/", views.password_strength, name="password_strength"),
    # Stands before the sign-in library's own page at this address, which keeps its name.
    path("accounts/confirm-email/", views.confirm_email, name="confirm_email"),
]
