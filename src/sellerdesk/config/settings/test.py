"""Tests: fast hashing, captured mail, no background threads. The database comes from DATABASE_URL as everywhere."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-key-of-more-than-thirty-two-characters")
if "SELLERDESK_DATA" not in os.environ:
    os.environ["SELLERDESK_DATA"] = tempfile.mkdtemp(prefix="sellerdesk-test-")
    atexit.register(shutil.rmtree, os.environ["SELLERDESK_DATA"], ignore_errors=True)
os.environ.setdefault("EMAIL_URL", "captured://")
os.environ.setdefault("LOG_FORMAT", "text")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from sellerdesk.config.settings.base import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DEMO = True
NEW_DEVICE_CODE = False
API_CALL_LOG_SECONDS = 0
PASSWORD_HASHERS = ["sellerdesk.accounts.hashers.FastForTests"]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # Live-server tests use several threads, so the test database is a file with the options of the real one.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
    # Test data is thrown away; waiting for the disk proves nothing here.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
    # As above.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"  # noqa: F405
    # Two runs on one server must not take each other's test database.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": os.environ.get("TEST_DB_NAME", "test_sellerdesk"), "TEMPLATE": os.environ.get("TEST_DB_TEMPLATE")}
# WhiteNoise warns about a missing folder, and a warning fails a test here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
