"""What announcements refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import NotFound


class AnnouncementNotFound(NotFound):
    code = "announcement_not_found"
    message = _("There is no announcement %(value)s, or it does not concern your shop.")

    def __init__(self, announcement_id: int) -> None:
        super().__init__(data={"value": announcement_id})


class PolicyNotFound(NotFound):
    code = "policy_not_found"
    message = _("There is no policy “%(value)s”.")

    def __init__(self, key: str) -> None:
        super().__init__(data={"value": key[:60]})
