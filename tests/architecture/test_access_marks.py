"""Every address says who may open it. A view without a mark fails the build, it does not default to open."""

from django.urls import URLPattern, URLResolver, get_resolver

# Pages of libraries and plain files, each with its reason.
UNMARKED = {
    "django.views.generic.base",  # favicon redirect
    "sellerdesk.core.http.health",  # health probes, nothing private
    "sellerdesk.core.http.media",  # public product pictures under random names
}
LIBRARIES = ("allauth.", "django.views.i18n", "django.views.static")


def walk(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_every_view_declares_who_may_open_it():
    unmarked = []
    for address, view in walk(get_resolver().url_patterns):
        module = view.__module__
        if module in UNMARKED or module.startswith(LIBRARIES):
            continue
        if not hasattr(view, "access"):
            unmarked.append(f"/{address} ({module}.{getattr(view, '__name__', view)})")

    assert unmarked == []
