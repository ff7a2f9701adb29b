"""What can be refused in finance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import NotFound


class TransactionUnknown(NotFound):
    code = "transaction_unknown"
    message = _("There is no such transaction in this shop.")
