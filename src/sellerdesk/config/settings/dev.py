"""The laptop: plain HTTP on the loopback. `sellerdesk demo` and the test servers run on this."""

from sellerdesk.config.settings.base import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
