"""What can have happened to people's accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

USER_REGISTERED = "accounts.user.registered"
OPERATOR_CREATED = "accounts.operator.created"
PROFILE_CHANGED = "accounts.profile.changed"
PASSWORD_RESET = "accounts.password.reset"  # noqa: S105 - the name of an event
ACCOUNT_RECOVERED = "accounts.account.recovered"
# Target: the problem, label its code. Whoever asked is named in the problem alone.
PROBLEM_ASKED = "accounts.signin_problem.asked"
PROBLEM_ANSWERED = "accounts.signin_problem.answered"

register(
    EventType(USER_REGISTERED, _("%(target)s signed up")),
    EventType(OPERATOR_CREATED, _("Operator %(target)s was created")),
    EventType(PROFILE_CHANGED, _("%(actor)s changed the profile")),
    EventType(PASSWORD_RESET, _("%(target)s set a new password by a link from a mail")),
    EventType(ACCOUNT_RECOVERED, _("The account of %(target)s was recovered")),
    EventType(PROBLEM_ASKED, _("Somebody who cannot sign in asks for help, %(target)s")),
    EventType(PROBLEM_ANSWERED, _("%(actor)s answered the sign-in problem %(target)s")),
)
