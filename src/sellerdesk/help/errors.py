"""What help refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import NotFound


class ArticleUnknown(NotFound):
    code = "article_unknown"
    message = _("There is no help page “%(value)s”. Search for what you want to know.")

    def __init__(self, value: str) -> None:
        super().__init__(data={"value": value[:60]})
