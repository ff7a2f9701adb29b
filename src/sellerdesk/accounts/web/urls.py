from __future__ import annotations

from django.urls import include, path, re_path

from sellerdesk.accounts.web import (
    devices,
    history,
    own_keys,
    passkeys,
    passwords,
    second_step,
    security,
    sign_in,
    views,
)

app_name = "accounts"
urlpatterns = [
    path("account/", views.profile, name="profile"),
    path("account/sessions/<int:session_id>/end/", views.session_end, name="session_end"),
    path("account/history/", history.page, name="history"),
    path("account/history/export/", history.export, name="history_export"),
    path("account/history/denied/", history.denied, name="history_denied"),
    path("account/history/<int:number>/deny/", history.deny, name="history_deny"),
    path("account/password-strength/", passwords.strength, name="password_strength"),
    path("account/password-reminder/dismiss/", passwords.dismiss_reminder, name="dismiss_reminder"),
    path("accounts/new-password/", passwords.forced, name="new_password"),
    path("account/devices/<int:device_id>/forget/", devices.forget, name="device_forget"),
    path("accounts/new-device/", devices.confirm, name="device_confirm"),
    path("accounts/new-device/again/", devices.resend, name="device_code_again"),
    path("accounts/phone/", sign_in.by_phone, name="phone_sign_in"),
    path("accounts/phone/code/", sign_in.by_phone_code, name="phone_sign_in_code"),
    # These stand before the sign-in library's own pages at their addresses, which keep their names.
    path("accounts/login/", sign_in.sign_in, name="sign_in"),
    path("accounts/confirm-email/", views.confirm_email, name="confirm_email"),
    path("accounts/password/change/", passwords.change, name="password_change"),
    path("accounts/password/reset/", passwords.forgotten, name="password_reset"),
    re_path(r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$", passwords.by_link,
            name="password_reset_link"),
    path("account/security/", security.security, name="security"),
    path("account/security/added/", security.factor_added, name="factor_added"),
    path("account/security/app/", security.app, name="app"),
    path("account/security/app/remove/", security.app_remove, name="app_remove"),
    path("account/security/recovery-codes/", security.recovery, name="recovery_codes"),
    path("account/security/recovery-codes/file/", security.recovery_file, name="recovery_file"),
    path("account/security/phone/", security.phone, name="phone_factor"),
    path("account/security/phone/remove/", security.phone_remove, name="phone_factor_remove"),
    path("account/security/keys/new/", own_keys.key_new, name="key_new"),
    path("account/security/keys/<int:key_id>/", own_keys.key_edit, name="key_edit"),
    path("account/security/keys/<int:key_id>/remove/", own_keys.key_remove, name="key_remove"),
    path("account/passkey-options/", passkeys.options, name="passkey_options"),
    # All of the library's addresses for second steps: ours where we use them, the overview in place of the others.
    path("accounts/2fa/", include([
        path("authenticate/", second_step.second_step, name="second_step"),
        path("reauthenticate/", second_step.proof_by_code, name="proof_by_code"),
        path("webauthn/reauthenticate/", second_step.proof_by_key, name="proof_by_key"),
        path("webauthn/login/", passkeys.sign_in, name="passkey_sign_in"),
        re_path(r"^(?:.*/)?$", second_step.elsewhere, name="second_steps_elsewhere"),
    ])),
]
