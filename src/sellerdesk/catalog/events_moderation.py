"""What can have happened in moderation: cases, decisions, papers."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.activity import Entry
from sellerdesk.core.events import EventType, register


def _product(entry: Entry) -> str | None:
    return reverse("catalog:product", args=[int(entry.target_id)]) if entry.target_type == "product" else None


def _certificate(entry: Entry) -> str | None:
    return reverse("catalog:certificate", args=[int(entry.target_id)]) if entry.target_type == "certificate" else None


# data: reasons, codes of moderation_types.REASONS; sells, whether buyers go on buying it.
CASE_OPENED = EventType("catalog.case.opened", _("Sent to moderation: %(target)s"), _product)
CASE_APPROVED = EventType("catalog.case.approved", _("Moderation approved %(target)s"), _product)
CASE_DECLINED = EventType("catalog.case.declined", _("Moderation declined %(target)s"), _product)
CASE_REVISION = EventType("catalog.case.revision", _("Moderation asks for a revision of %(target)s"), _product)
CASE_REVERSED = EventType("catalog.case.reversed", _("Moderation changed its decision on %(target)s"), _product)
CASE_APPEALED = EventType("catalog.case.appealed", _("Decision on %(target)s appealed"), _product)
PRODUCT_HIDDEN = EventType("catalog.product.hidden", _("%(target)s hidden from buyers: a paper is missing"), _product)
# data: code, field, note, policy of the reason.
PRODUCT_STOPPED = EventType("catalog.product.stopped", _("%(target)s stopped by the marketplace"), _product)
PRODUCT_SHOWN = EventType("catalog.product.shown", _("%(target)s is shown to buyers again"), _product)
CERTIFICATE_ADDED = EventType("catalog.certificate.added", _("Certificate %(target)s handed in"), _certificate)
CERTIFICATE_SENT = EventType("catalog.certificate.sent", _("Certificate %(target)s sent to review"), _certificate)
CERTIFICATE_BOUND = EventType("catalog.certificate.bound", _("Certificate %(target)s: products added"), _certificate)
CERTIFICATE_UNBOUND = EventType("catalog.certificate.unbound", _("Certificate %(target)s: products taken off"),
                                _certificate)
# Without a link: the paper is gone. data: count, how many products are hidden since.
CERTIFICATE_REMOVED = EventType("catalog.certificate.removed", _("Certificate %(target)s deleted"))
CERTIFICATE_ACCEPTED = EventType("catalog.certificate.accepted", _("Certificate %(target)s accepted"), _certificate)
CERTIFICATE_DECLINED = EventType("catalog.certificate.declined", _("Certificate %(target)s declined"), _certificate)
CERTIFICATE_EXPIRED = EventType("catalog.certificate.expired",
                                _("Certificate %(target)s has expired; products hidden: %(count)s"), _certificate)
CERTIFICATE_RESTORED = EventType("catalog.certificate.restored",
                                 _("Products back after the renewal %(target)s: %(count)s"), _certificate)
CERTIFICATE_ENDS = EventType("catalog.certificate.ends", _("Days until certificate %(target)s ends: %(days)s"),
                             _certificate)
RULE_CHANGED = EventType("catalog.rule.changed", _("Rule %(target)s has a new version"))

register(RULE_CHANGED, CASE_OPENED, CASE_APPROVED, CASE_DECLINED, CASE_REVISION, CASE_REVERSED, CASE_APPEALED,
         PRODUCT_HIDDEN, PRODUCT_STOPPED, PRODUCT_SHOWN, CERTIFICATE_ADDED, CERTIFICATE_SENT, CERTIFICATE_BOUND,
         CERTIFICATE_UNBOUND, CERTIFICATE_REMOVED, CERTIFICATE_ACCEPTED, CERTIFICATE_DECLINED, CERTIFICATE_EXPIRED,
         CERTIFICATE_RESTORED, CERTIFICATE_ENDS)
