"""What can be refused about accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict


class EmailTaken(Conflict):
    code = "email_taken"
    message = _("This e-mail address is already in use.")
