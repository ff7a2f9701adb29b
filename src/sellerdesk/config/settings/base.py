"""Settings shared by every way of running. What differs comes from the environment, see docs/operate/settings.md."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sellerdesk.config import env

PACKAGE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("SELLERDESK_DATA", "data")).resolve()

DEMO = env.flag("SELLERDESK_DEMO", False)
DEBUG = False
# Companies registered elsewhere are cross-border sellers, with papers of their own.
MARKETPLACE_COUNTRY = env.text("MARKETPLACE_COUNTRY", "RU").upper()
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR, required=not DEMO and env.flag("SELLERDESK_PRODUCTION", False))
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    # Before the sign-in library, whose templates it replaces, and before Django's own words for sessions.
    "sellerdesk.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "sellerdesk.core",
    "sellerdesk.help",
    "sellerdesk.sellers",
    "sellerdesk.catalog",
    "sellerdesk.finance",
    "sellerdesk.economics",
    "sellerdesk.pricing",
    "sellerdesk.promotions",
    "sellerdesk.inventory",
    "sellerdesk.logistics",
    "sellerdesk.orders",
    "sellerdesk.handover",
    "sellerdesk.supply",
    "sellerdesk.returns",
    "sellerdesk.messaging",
    "sellerdesk.support",
    "sellerdesk.announcements",
    "sellerdesk.analytics",
    "sellerdesk.notifications",
    "sellerdesk.seller_api",
    "sellerdesk.console",
    "sellerdesk.simulator",
]

MIDDLEWARE = [
    "sellerdesk.core.http.middleware.RequestIdMiddleware",
    "sellerdesk.core.http.middleware.ScopeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before whatever may answer by itself: its answers carry these headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sellerdesk.core.http.pulse.PulseMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sellerdesk.accounts.web.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sellerdesk.accounts.web.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sellerdesk.sellers.web.middleware.ShopMiddleware",
    "sellerdesk.sellers.web.second_factor.SecondFactorMiddleware",
    "sellerdesk.accounts.web.operators.OperatorFactorMiddleware",
    "sellerdesk.core.http.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "sellerdesk.config.urls"
WSGI_APPLICATION = "sellerdesk.config.wsgi.application"

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "sellerdesk.core.ui.context.shell",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": _CONTEXT_PROCESSORS,
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n",
                         "django.templatetags.static"],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "sellerdesk.core.ui.jinja.environment"},
    },
]
COTTON_DIR = "cotton"

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'sellerdesk.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", "database://")}
SESSION_ENGINE = "sellerdesk.accounts.sessions"
# The demo lets people look around for a day; anywhere else half an hour away from the desk ends a session.
SESSION_IDLE_SECONDS = 60 * env.number("SESSION_IDLE_MINUTES", 720 if DEMO else 30, 1, 720 if DEMO else 60)
SESSION_LIFE_SECONDS = 3600 * env.number("SESSION_LIFE_HOURS", 24 if DEMO else 12, 1, 24)
SESSION_COOKIE_AGE = SESSION_LIFE_SECONDS
# A sign-in from a browser not seen before waits for a code from a mail. Not in the demo, whose mail anybody can read.
NEW_DEVICE_CODE = env.flag("NEW_DEVICE_CODE", not DEMO)
DEVICE_COOKIE_NAME = "device"

STORAGES = {
    "default": env.storage("STORAGE_URL", f"file://{DATA_DIR / 'media'}"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
# A hundred pictures at once are taken; a few more are refused in words instead of with a bare error.
DATA_UPLOAD_MAX_NUMBER_FILES = 150
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

_MAIL = env.email("EMAIL_URL", "captured://" if DEMO else "console://")
MAIL_CAPTURED = _MAIL.pop("MAIL_CAPTURED")
globals().update(_MAIL)
_SMS = env.sms("SMS_URL")
# A clamd that looks at what sellers hand in before anybody opens it.
VIRUS_SCANNER = env.scanner("VIRUS_SCANNER")
# A server that speaks LibreTranslate, for chats: nothing is offered where none is named.
TRANSLATOR_URL = env.address("TRANSLATOR_URL")
TRANSLATOR_KEY = env.text("TRANSLATOR_KEY", "")
SMS_URL, SMS_BODY, SMS_HEADERS = _SMS["SMS_URL"], _SMS["SMS_BODY"], _SMS["SMS_HEADERS"]
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Sellerdesk <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", _("Chinese")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
COMMON_PASSWORDS_FILE = env.text("COMMON_PASSWORDS_FILE", "")
# Where addresses are in the world, in the MaxMind DB format.
PLACES_FILE = env.file("PLACES_FILE")
# Passwords worked on at once in this process; `serve` divides the processor's cores among its processes.
HASHING_SLOTS = env.number("HASHING_SLOTS", os.cpu_count() or 1, 1, 256)
PASSWORD_HASHERS = ["sellerdesk.accounts.hashers.Argon2id", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sellerdesk.accounts.passwords.LengthValidator"},
    {"NAME": "sellerdesk.accounts.passwords.CommonPasswordValidator"},
    {"NAME": "sellerdesk.accounts.passwords.StrengthValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sellerdesk.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# The session that changes a password goes on under a new token; all others end.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# The library counts in the cache, where parallel tries slip through; these are counted in `services.signing`.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reauthenticate": None}
# Important events are mailed from the security history, which knows more of them than the library.
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_FORMS = {
    "login": "sellerdesk.accounts.web.forms.LoginForm",
    "signup": "sellerdesk.accounts.web.forms.SignupForm",
    "add_email": "sellerdesk.accounts.web.forms.AddEmailForm",
    "change_email": "sellerdesk.accounts.web.forms.ChangeEmailForm",
    "change_password": "sellerdesk.accounts.web.forms.ChangePasswordForm",
    "reset_password": "sellerdesk.accounts.web.forms.ResetPasswordForm",
    "reset_password_from_key": "sellerdesk.accounts.web.forms.ResetPasswordKeyForm",
    "confirm_email_verification_code": "sellerdesk.accounts.web.forms.EmailCodeForm",
    "reauthenticate": "sellerdesk.accounts.web.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "sellerdesk.accounts.web.factor_forms.SecondStepForm",
    "reauthenticate": "sellerdesk.accounts.web.factor_forms.SecondStepAgainForm",
    "authenticate_webauthn": "sellerdesk.accounts.web.factor_forms.KeyStepForm",
    "reauthenticate_webauthn": "sellerdesk.accounts.web.factor_forms.KeyAgainForm",
}
# Recovery codes are ours: hashed, and of more than 27 bits.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0, 0, 10)
MFA_ADAPTER = "sellerdesk.accounts.adapter.SecondFactorAdapter"

TASKS = {"default": {"BACKEND": "sellerdesk.core.jobs.backend.LeaseQueue", "QUEUES": ["fast", "default", "slow"]}}
WORKER_INLINE = env.flag("WORKER_INLINE", False)

# How long the log of what programs ask is kept in the process before it is written.
API_CALL_LOG_SECONDS = 3
# Networks of one's own that pushes may reach although they are private, on any port. The demo runs beside the programs
# that somebody tries out.
PUSH_NETWORKS = env.networks("PUSH_NETWORKS", ["127.0.0.0/8", "::1/128"] if DEMO else [])
# Whom push services of browsers know us by; without one a key is made at first use and kept encrypted.
WEB_PUSH_KEY = env.push_key("WEB_PUSH_KEY")
# A mailto: or https: address at which push services reach the operator; without one the address of support.
WEB_PUSH_CONTACT = env.text("WEB_PUSH_CONTACT", "")
# Origins of further push services, beside those of the usual browsers.
WEB_PUSH_SERVICES = env.origins("WEB_PUSH_SERVICES")
# Shared with whoever reports keys found in public; without one nobody can.
MARKET_TOKEN = env.text("MARKET_TOKEN", "")
LEAK_REPORT_SECRET = env.text("LEAK_REPORT_SECRET", "")
# Letters of support are answered to this address, with a mark of the ticket before the @.
SUPPORT_ADDRESS = env.text("SUPPORT_ADDRESS", "support@localhost")
# Shared with the mail server that hands answers over; without one it does so by `sellerdesk mail-in` alone.
MAIL_IN_SECRET = env.text("MAIL_IN_SECRET", "")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "sellerdesk.config.pages.form_refused"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "img-src": [_SELF, "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [_SELF],
    }
}
# auth.W004: e-mail is unique without regard to case, by a constraint that the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
LOG_FORMAT = env.text("LOG_FORMAT", "json")
LOGGING_CONFIG = "sellerdesk.core.logs.configure"
LOGGING = {"level": LOG_LEVEL, "format": LOG_FORMAT}
