from __future__ import annotations

from django.urls import path

from sellerdesk.sellers.web import company, keys, leaks, onboarding, recovery, registration, review, security, views

app_name = "sellers"
urlpatterns = [
    path("shops/", onboarding.shops, name="shops"),
    path("shop/register/", registration.register, name="register"),
    path("shop/register/phone/", registration.register_phone, name="register_phone"),
    path("shop/register/phone/later/", registration.phone_later, name="phone_later"),
    path("shop/onboarding/", onboarding.page, name="onboarding"),
    path("shop/onboarding/company/", onboarding.company_edit, name="company_edit"),
    path("shop/onboarding/documents/<slug:item_key>/", onboarding.upload, name="document_upload"),
    path("shop/onboarding/confirm/<slug:item_key>/", onboarding.confirm, name="item_confirm"),
    path("shop/onboarding/submit/", onboarding.submit, name="submit"),
    path("shop/offer/", onboarding.offer, name="offer"),
    path("shop/company/", company.company, name="company"),
    path("shop/company/change/", company.company_change, name="company_change"),
    path("shop/company/change/<int:change_id>/withdraw/", company.company_withdraw, name="company_withdraw"),
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
