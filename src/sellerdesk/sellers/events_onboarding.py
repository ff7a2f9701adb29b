"""What can have happened to a shop on its way to selling, and to its papers."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

SUBMITTED = "sellers.shop.submitted"
CHANGES_ASKED = "sellers.shop.changes_asked"
REJECTED = "sellers.shop.rejected"
ACTIVATED = "sellers.shop.activated"
SUSPENDED = "sellers.shop.suspended"
RESUMED = "sellers.shop.resumed"
PAUSED = "sellers.shop.paused"
UNPAUSED = "sellers.shop.unpaused"
INACTIVE_WARNED = "sellers.shop.inactive_warned"
HOLIDAY_PLANNED = "sellers.shop.holiday_planned"
HOLIDAY_CANCELLED = "sellers.shop.holiday_cancelled"
NAME_ASKED = "sellers.shop.name_asked"
NAME_WITHDRAWN = "sellers.shop.name_withdrawn"
NAME_CONFIRMED = "sellers.shop.name_confirmed"
NAME_REFUSED = "sellers.shop.name_refused"
NAME_CORRECTED = "sellers.shop.name_corrected"
CLOSING_STARTED = "sellers.shop.closing_started"
CLOSING_STOPPED = "sellers.shop.closing_stopped"
PROFILE_CHANGED = "sellers.company.changed"
CONFIRMED = "sellers.checklist.confirmed"
CHECKLIST_CHANGED = "sellers.checklist.changed"
OFFER_ACCEPTED = "sellers.offer.accepted"
OFFER_PUBLISHED = "sellers.offer.published"
# Target: the policy by its key; label: its title and version.
POLICY_ACCEPTED = "sellers.policy.accepted"
DOCUMENT_ADDED = "sellers.document.added"
DOCUMENT_OPENED = "sellers.document.opened"
DOCUMENT_APPROVED = "sellers.document.approved"
DOCUMENT_REJECTED = "sellers.document.rejected"
LEGAL_ASKED = "sellers.legal_change.asked"
LEGAL_WITHDRAWN = "sellers.legal_change.withdrawn"
LEGAL_APPROVED = "sellers.legal_change.approved"
LEGAL_REJECTED = "sellers.legal_change.rejected"


def _onboarding(row: object) -> str:
    return reverse("sellers:onboarding")


def _company(row: object) -> str:
    return reverse("sellers:company")


def _closing(row: object) -> str:
    return reverse("sellers:closing")


register(
    EventType(SUBMITTED, _("%(actor)s sent the papers of “%(target)s” for review"), _onboarding),
    EventType(CHANGES_ASKED, _("The papers of “%(target)s” need corrections"), _onboarding),
    EventType(REJECTED, _("The shop “%(target)s” was refused"), _onboarding),
    EventType(ACTIVATED, _("The shop “%(target)s” sells now"), _onboarding),
    EventType(SUSPENDED, _("The shop “%(target)s” was suspended"), _onboarding),
    EventType(RESUMED, _("The shop “%(target)s” is no longer suspended"), _onboarding),
    EventType(CLOSING_STARTED, _("%(actor)s began to close the shop “%(target)s”"), _closing),
    EventType(CLOSING_STOPPED, _("%(actor)s stopped the closing of the shop “%(target)s”"), _closing),
    EventType(PAUSED, _("The shop “%(target)s” was paused"), _onboarding),
    EventType(UNPAUSED, _("%(actor)s let the paused shop “%(target)s” sell again"), _onboarding),
    EventType(INACTIVE_WARNED, _("The owners of “%(target)s” were told that it will be paused"), _onboarding),
    EventType(HOLIDAY_PLANNED, _("%(actor)s planned a holiday of the shop “%(target)s”"), _onboarding),
    EventType(HOLIDAY_CANCELLED, _("%(actor)s called off the holiday of the shop “%(target)s”"), _onboarding),
    EventType(NAME_ASKED, _("%(actor)s asked for the shop name “%(target)s”"), _company),
    EventType(NAME_WITHDRAWN, _("%(actor)s took back the shop name “%(target)s”"), _company),
    EventType(NAME_CONFIRMED, _("The shop name “%(target)s” was confirmed"), _company),
    EventType(NAME_REFUSED, _("The shop name “%(target)s” was refused"), _company),
    EventType(NAME_CORRECTED, _("The marketplace changed the shop name to “%(target)s”"), _company),
    EventType(PROFILE_CHANGED, _("%(actor)s corrected the data of the company"), _company),
    EventType(CONFIRMED, _("%(actor)s confirmed the statement “%(target)s” of the checklist"), _onboarding),
    EventType(CHECKLIST_CHANGED, _("%(actor)s changed the checklist item “%(target)s”")),
    EventType(OFFER_ACCEPTED, _("%(actor)s accepted version %(target)s of the offer"), _onboarding),
    EventType(POLICY_ACCEPTED, _("%(actor)s accepted the policy “%(target)s”"), _onboarding),
    EventType(OFFER_PUBLISHED, _("%(actor)s published version %(target)s of the offer")),
    EventType(DOCUMENT_ADDED, _("%(actor)s handed in the document “%(target)s”"), _onboarding),
    EventType(DOCUMENT_OPENED, _("%(actor)s of the marketplace opened the document “%(target)s”"), _onboarding),
    EventType(DOCUMENT_APPROVED, _("The document “%(target)s” was approved"), _onboarding),
    EventType(DOCUMENT_REJECTED, _("The document “%(target)s” was refused"), _onboarding),
    EventType(LEGAL_ASKED, _("%(actor)s asked to change the legal data"), _company),
    EventType(LEGAL_WITHDRAWN, _("%(actor)s took back a change of the legal data"), _company),
    EventType(LEGAL_APPROVED, _("The change of the legal data was approved"), _company),
    EventType(LEGAL_REJECTED, _("The change of the legal data was refused"), _company),
)
