from __future__ import annotations

from django.urls import path

from sellerdesk.sellers.web import keys, leaks, recovery, review, security, views

app_name = "sellers"
urlpatterns = [
    path("shop/register/", views.register, name="register"),
    path("shop/register/country/", views.register_country, name="register_country"),
    path("shop/waiting/", views.waiting, name="waiting"),
    path("shop/first-steps/", views.welcome, name="welcome"),
    path("shop/switch/", views.switch, name="switch"),
    path("shop/security/", security.security, name="security"),
    path("shop/keys/", keys.keys, name="keys"),
    path("shop/keys/new/", keys.key_new, name="key_new"),
    path("shop/keys/<int:key_id>/", keys.key, name="key"),
    path("shop/keys/<int:key_id>/networks/", keys.key_networks, name="key_networks"),
    path("shop/keys/<int:key_id>/rotate/", keys.key_rotate, name="key_rotate"),
    path("leaks", leaks.leaks, name="leaks"),
    path("shop/keys/<int:key_id>/deactivate/", keys.key_deactivate, name="key_deactivate"),
    path("shop/recovery/", recovery.recovery, name="recovery"),
    path("shop/recovery/<int:request_id>/", recovery.recovery_decide, name="recovery_decide"),
    path("account/keys-review/", review.keys_review, name="keys_review"),
]
