"""Writing about people. Signing up and in is the sign-in library's; what it lacks is here."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import events, rules
from sellerdesk.accounts.errors import EmailTaken
from sellerdesk.accounts.models import User
from sellerdesk.accounts.services.history import record
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, clock, zones
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid, NotFound


def create_user(*, email: str, password: str, name: str = "", language: str = "en", time_zone: str = "",
                operator: bool = False) -> int:
    """A person whose address counts as confirmed, for the command line and the demo. Returns the user's id.

    Raises EmailTaken. The password is not judged here; doors that ask people for one do that.
    """
    try:
        with atomic():
            user = User.objects.create_user(email, password, name=name, language=language, is_operator=operator,
                                            time_zone=time_zone or rules.usual_time_zone(language))
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            activity.record(events.OPERATOR_CREATED if operator else events.USER_REGISTERED, now=clock.real_now(),
                            actor=Actor.system("command line"), target_type="user", target_id=user.pk,
                            target_label=str(user))
    except IntegrityError:
        raise EmailTaken(field="email", data={"value": email}) from None
    return user.pk


def create_operator(*, email: str, password: str, name: str = "", language: str = "en", role: str = "all") -> int:
    """An operator of the marketplace; what the role opens is up to the console. Raises EmailTaken."""
    user_id = create_user(email=email, password=password, name=name, language=language, operator=True)
    User.objects.filter(pk=user_id).update(operator_role=role)
    return user_id


def record_registration(*, user: User, now: datetime) -> None:
    """Called when somebody has signed up on the page."""
    activity.record(events.USER_REGISTERED, now=now, actor=Actor.user(user.pk, str(user)), target_type="user",
                    target_id=user.pk, target_label=str(user))


def remember_shop(*, user_id: int, seller_id: int) -> None:
    """The next page opens with this shop, on every device."""
    User.objects.filter(pk=user_id).update(last_seller_id=seller_id)


def update_profile(*, user_id: int, name: str, language: str, theme: str, time_zone: str, actor: Actor,
                   now: datetime, info: RequestInfo) -> None:
    """Change how a person is called and what their pages look like. Raises Invalid with every wrong field."""
    wrong = []
    name = " ".join(name.split())
    if len(name) > 120:
        wrong.append(FieldError("name", "too_long", _("Write at most 120 characters."), name))
    if language not in dict(settings.LANGUAGES):
        wrong.append(FieldError("language", "unknown", _("Choose one of the languages offered."), language))
    if theme not in rules.THEMES:
        wrong.append(FieldError("theme", "unknown", _("Choose light, dark or as on the device."), theme))
    if time_zone not in zones.known():
        wrong.append(FieldError("time_zone", "unknown", _("Choose a time zone from the list."), time_zone))
    if wrong:
        raise Invalid.many(wrong)
    after = {"name": name, "language": language, "theme": theme, "time_zone": time_zone}
    with atomic():
        before = User.objects.filter(pk=user_id).values(*after).first()
        if before is None:
            raise NotFound()
        if before == after:
            return
        User.objects.filter(pk=user_id).update(**after)
        activity.record(events.PROFILE_CHANGED, now=now, actor=actor, target_type="user", target_id=user_id,
                        target_label=name, before=before, after=after)
        record(user_id=user_id, kind="profile.changed", info=info)
