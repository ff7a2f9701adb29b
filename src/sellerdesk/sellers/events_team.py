"""What can have happened to the people of a shop and their roles."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

MEMBER_CHANGED = "sellers.member.changed"
MEMBER_REMOVED = "sellers.member.removed"
MEMBER_LEFT = "sellers.member.left"
MEMBER_ENDED = "sellers.member.ended"
JOIN_ASKED = "sellers.join.asked"
JOIN_REFUSED = "sellers.join.refused"
INVITED = "sellers.invitation.sent"
INVITATION_RESENT = "sellers.invitation.resent"
INVITATION_REVOKED = "sellers.invitation.revoked"
INVITATION_ACCEPTED = "sellers.invitation.accepted"
INVITATION_DECLINED = "sellers.invitation.declined"
APPROVAL_ASKED = "sellers.approval.asked"
APPROVAL_GIVEN = "sellers.approval.given"
APPROVAL_REFUSED = "sellers.approval.refused"
TWO_PEOPLE_CHANGED = "sellers.approval.rule_changed"
SESSIONS_CHANGED = "sellers.role.sessions_changed"
ROLE_CREATED = "sellers.role.created"
ROLE_CHANGED = "sellers.role.changed"
ROLE_REMOVED = "sellers.role.removed"


def _team_page(row: Any) -> str:
    return reverse("sellers:team")


def _roles_page(row: Any) -> str:
    return reverse("sellers:roles")


def _security_page(row: Any) -> str:
    return reverse("sellers:security")


def _approvals_page(row: Any) -> str:
    return reverse("sellers:approvals")


register(
    EventType(APPROVAL_ASKED, _("%(actor)s asks for approval: “%(target)s”"), _approvals_page),
    EventType(APPROVAL_GIVEN, _("%(actor)s approved “%(target)s”"), _approvals_page),
    EventType(APPROVAL_REFUSED, _("%(actor)s refused “%(target)s”"), _approvals_page),
    EventType(TWO_PEOPLE_CHANGED, _("%(actor)s changed what needs a second person"), _approvals_page),
    EventType(SESSIONS_CHANGED, _("%(actor)s changed how long people of the role “%(target)s” stay signed in"),
              _security_page),
    EventType(MEMBER_CHANGED, _("%(actor)s changed what %(target)s may do"), _team_page),
    EventType(MEMBER_REMOVED, _("%(actor)s ended the access of %(target)s"), _team_page),
    EventType(MEMBER_LEFT, _("%(target)s left the shop"), _team_page),
    EventType(MEMBER_ENDED, _("The time of %(target)s in the shop is over"), _team_page),
    EventType(JOIN_ASKED, _("%(target)s asks to work in the shop"), _team_page),
    EventType(JOIN_REFUSED, _("%(actor)s refused the request of %(target)s to work in the shop"), _team_page),
    EventType(INVITED, _("%(actor)s invited %(target)s"), _team_page),
    EventType(INVITATION_RESENT, _("%(actor)s invited %(target)s again"), _team_page),
    EventType(INVITATION_REVOKED, _("%(actor)s withdrew the invitation of %(target)s"), _team_page),
    EventType(INVITATION_ACCEPTED, _("%(target)s accepted the invitation"), _team_page),
    EventType(INVITATION_DECLINED, _("%(target)s declined the invitation"), _team_page),
    EventType(ROLE_CREATED, _("%(actor)s created the role “%(target)s”"), _roles_page),
    EventType(ROLE_CHANGED, _("%(actor)s changed the role “%(target)s”"), _roles_page),
    EventType(ROLE_REMOVED, _("%(actor)s deleted the role “%(target)s”"), _roles_page),
)
