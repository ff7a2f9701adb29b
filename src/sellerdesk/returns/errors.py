"""What the returns domain refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, NotFound


class ReturnNotFound(NotFound):
    code = "return_not_found"
    message = _("There is no return %(value)s in this shop.")

    def __init__(self, return_id: int) -> None:
        super().__init__(data={"value": return_id})


class NotArrived(Conflict):
    """Only goods that have arrived can be taken in, and only once."""

    code = "return_not_arrived"
    message = _("Return %(value)s cannot be received now: it has not arrived yet, or it is received already.")

    def __init__(self, return_id: int) -> None:
        super().__init__(data={"value": return_id})
