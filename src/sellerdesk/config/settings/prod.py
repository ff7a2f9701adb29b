"""A server behind TLS. Refuses to start with settings that would be unsafe."""

import os

os.environ["SELLERDESK_PRODUCTION"] = "1"

from sellerdesk.config import env
from sellerdesk.config.settings.base import *  # noqa: F403

if DEMO:  # noqa: F405
    raise env.BadSetting("SELLERDESK_DEMO", "the demo shows captured mail to everybody; it cannot run in production")
if "*" in ALLOWED_HOSTS:  # noqa: F405
    raise env.BadSetting("ALLOWED_HOSTS", "name the hosts; * is not allowed in production")
if not SITE_URL.startswith("https://"):  # noqa: F405
    raise env.BadSetting("SITE_URL", "must be the public https:// address in production")
if MAIL_CAPTURED:  # noqa: F405
    raise env.BadSetting("EMAIL_URL", "captured:// keeps all mail; production needs smtp+tls:// or smtps://")
if not NEW_DEVICE_CODE:  # noqa: F405
    raise env.BadSetting("NEW_DEVICE_CODE", "new devices are confirmed by mail in production")

SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None  # noqa: F405
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
DEVICE_COOKIE_NAME = "__Host-device"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
