"""What can be refused about people, roles and invitations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Forbidden, LimitReached


class RightMissing(Forbidden):
    """The role lacks the right that a page or an act asks for; says which, and who can give it."""

    code = "right_missing"
    message = _("Your role in this shop, “%(role)s”, does not include “%(name)s” (%(right)s). "
                "This can be granted by: %(people)s.")


class CannotGrant(Forbidden):
    """Nobody gives, or takes away, what they do not have themselves."""

    code = "cannot_grant"
    message = _("You cannot do this, because you do not have these rights yourself: %(rights)s.")


class CannotGrantPlaces(Forbidden):
    code = "cannot_grant_places"
    message = _("You work in some warehouses only, so you can let others work in those only.")


class ApprovalRequired(Conflict):
    """The shop wants a second person for this act."""

    code = "approval_required"
    message = _("This shop asks for a second person here. Ask for approval first.")


class OwnRequest(Forbidden):
    code = "approval_own"
    message = _("Somebody else has to decide about what you asked for.")


class ApprovalOver(Conflict):
    """Decided, used or too old; also when the act is not the one that was approved."""

    code = "approval_over"
    message = _("This request is no longer open. Ask again.")


class NobodyToApprove(Conflict):
    code = "approval_nobody"
    message = _("You are the only one here who could approve. Give somebody else the right to, then turn this on.")


class LastOwner(Conflict):
    code = "last_owner"
    message = _("A shop always has an owner. Name another owner first.")


class AlreadyMember(Conflict):
    code = "already_member"
    message = _("%(email)s works in this shop already.")


class AlreadyInvited(Conflict):
    code = "already_invited"
    message = _("%(email)s is invited already. Send the invitation again or withdraw it.")


class InvitationOver(Conflict):
    """Accepted, declined, withdrawn or too old; also when whoever invited could not do so any more."""

    code = "invitation_over"
    message = _("This invitation is no longer valid. Ask for a new one.")


class OtherAddress(Forbidden):
    code = "invitation_other_address"
    message = _("This invitation was sent to another address. Sign in with that one, and confirm it first.")


class RoleInUse(Conflict):
    code = "role_in_use"
    message = _("People hold this role or are invited to it. Give them another one first.")


class TooManyRoles(LimitReached):
    code = "too_many_roles"
    message = _("A shop can have at most %(limit)s roles of its own.")


class JoinOver(Conflict):
    code = "join_over"
    message = _("This request was answered already, or is too old.")


class TooManyJoins(LimitReached):
    code = "too_many_joins"
    message = _("You have asked too often today. Try again tomorrow.")


class TooManyInvitations(LimitReached):
    code = "too_many_invitations"
    message = _("Too many invitations today. Try again tomorrow.")
