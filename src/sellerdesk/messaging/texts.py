"""Wording of messaging for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATUSES = {"NEW": pgettext_lazy("review", "New"), "VIEWED": pgettext_lazy("review", "Seen"),
            "PROCESSED": pgettext_lazy("review", "Dealt with")}
ORDER_STATUSES = {"DELIVERED": pgettext_lazy("order of a review", "Delivered"),
                  "CANCELLED": pgettext_lazy("order of a review", "Cancelled")}
TOPICS = {
    "size": _("size"), "material": _("material"), "colour": _("colour"), "set": _("what is in the box"),
    "fit": _("what it fits"), "care": _("care"), "delivery": _("delivery"), "warranty": _("warranty"),
    "stock": _("availability"), "other": _("something else"),
}
REPLY_STATES = {"moderation": _("Being looked at"), "published": pgettext_lazy("reply", "Published"),
                "rejected": pgettext_lazy("reply", "Not published")}
REFUSALS = {
    "contacts": _("It holds a telephone, an address or a link. Buyers are answered here; take it out and send it"
                  " again."),
    "shouting": _("It is written in capitals. Write it as usual and send it again."),
}
ABUSE = {"insult": _("Insults or threats"), "blackmail": _("Blackmail: money or a gift for a good review"),
         "spam": _("Spam"), "contacts": _("Wants to deal past the marketplace"),
         "other": pgettext_lazy("report", "Something else")}
FAKE = {"not_bought": _("Nobody bought this"), "other_goods": _("About other goods"),
        "insult": _("Insults or threats"), "advertising": _("Advertising or links"),
        "delivery_only": _("About the delivery alone"), "other": pgettext_lazy("report", "Something else")}
REPORT_STATES = {"open": _("The marketplace is looking at it"), "upheld": _("The marketplace agreed with you"),
                 "declined": _("The marketplace saw no reason")}
SCHEMES = {"fbs": "FBS", "rfbs": "rFBS", "fbo": "FBO"}
