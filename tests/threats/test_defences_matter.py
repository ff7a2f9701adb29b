"""Each attack is tried twice: as things are, and with the one defence taken away that is meant to stop it.

An attack that fails both times proves nothing about the defence; it has to get in the second time.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from sellerdesk.accounts import one_time, seeds
from sellerdesk.accounts.models import Factor, User
from sellerdesk.accounts.services import create_user
from sellerdesk.core import limits, worker
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import DomainError
from sellerdesk.core.models import Message
from sellerdesk.sellers.models import Invitation, Membership
from sellerdesk.sellers.services import add_member, invitations, team
from sellerdesk.sellers.team_types import Terms
from tests import cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

LOGIN = "/accounts/login/"
NEW = "purple-tractor-seventeen"


@dataclass
class World:
    """Who is there to be attacked, and what a defence is taken away with."""

    anna: User
    clara: User
    boris: User
    shop: Any
    password: str
    now: datetime
    monkeypatch: pytest.MonkeyPatch
    settings: Any

    def replace(self, target: str, value: Any) -> None:
        self.monkeypatch.setattr(target, value)

    def app(self) -> pyotp.TOTP:
        """Anna's authenticator app."""
        seed = one_time.new_seed()
        Authenticator.objects.create(user=self.anna, type="totp", data={"secret": seeds.sealed(seed)})
        Factor.objects.get_or_create(user_id=self.anna.pk)
        return pyotp.TOTP(seed)


@pytest.fixture
def world(anna, boris, clara, shop, rival_shop, password, now, monkeypatch, settings) -> World:
    return World(anna, clara, boris, shop, password, now, monkeypatch, settings)


def sign_in(email: str, password: str, client: Client | None = None, **extra: Any) -> Client:
    client = client or Client()
    client.post(LOGIN, {"login": email, "password": password}, **extra)
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


# -- the attacks: each tells whether the attacker got what they wanted --------------------------------------------------


def stuffing(world: World) -> bool:
    """Thirty passwords from as many networks; the last one is right."""
    guesses = [*(f"wrong-password-{number}" for number in range(29)), world.password]
    return any(is_in(sign_in(world.anna.email, guess, REMOTE_ADDR=f"203.0.113.{number}"))
               for number, guess in enumerate(guesses))


def enumeration(world: World) -> bool:
    """Whether signing up tells a known address from an unknown one."""
    pages = []
    for email in (world.anna.email, "nobody@example.com"):
        answer = Client().post("/accounts/signup/", {"email": email, "password1": NEW})
        pages.append((answer.status_code, answer.get("Location", "")))
    return len(set(pages)) > 1


def fixation(world: World) -> bool:
    """A session of the attacker's, put into Anna's browser before she signs in."""
    attacker, victim = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    attacker.post("/account/passkey-options/", {"purpose": "sign_in"})
    planted = attacker.cookies[settings.SESSION_COOKIE_NAME].value
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(world.anna.email, world.password, victim)
    assert is_in(victim)
    return is_in(attacker)


def replay(world: World) -> bool:
    """A code of Anna's app, seen over her shoulder and typed a second later, with her password."""
    code = world.app().at(world.now)
    entered = []
    for _whose in ("Anna's", "the attacker's"):
        client = sign_in(world.anna.email, world.password)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        entered.append(is_in(client))
    assert entered[0]
    return entered[1]


def reset_link(world: World) -> str:
    Client().post("/accounts/password/reset/", {"email": world.anna.email})
    worker.run_until_idle()
    letter = Message.objects.filter(to=world.anna.email).latest("pk").text
    return re.search(r"/accounts/password/reset/key/\S+", letter).group(0)


def reuse(world: World) -> bool:
    """The link that Anna set her password with, found in her mailbox afterwards."""
    link = reset_link(world)
    Client().post(link, {"password1": NEW})
    Client().post(link, {"password1": "grey-octopus-forty-two"})
    return User.objects.get(pk=world.anna.pk).check_password("grey-octopus-forty-two")


def around_the_second_step(world: World) -> bool:
    """Whoever has the mailbox sets a new password; the app is Anna's."""
    world.app()
    Client().post(reset_link(world), {"password1": NEW})
    return is_in(sign_in(world.anna.email, NEW))


def administrator(world: World) -> Actor:
    """Boris runs the team, and is no owner."""
    add_member(seller=world.shop, user_id=world.boris.pk, role="administrator", label="Boris",
               actor=Actor.user(world.anna.pk, "Anna"), now=world.now)
    return Actor.user(world.boris.pk, "Boris")


def escalation_by_role(world: World) -> bool:
    """Boris makes himself an owner."""
    boris = administrator(world)
    with contextlib.suppress(DomainError):
        team.change_member(seller=world.shop, user_id=world.boris.pk, terms=Terms("owner"), actor=boris,
                           real_now=world.now)
    return Membership.objects.get(user_id=world.boris.pk, seller_id=world.shop.id).role == "owner"


def escalation_by_invitation(world: World) -> bool:
    """Boris invites a second account of his as an owner."""
    boris = administrator(world)
    create_user(email="boris2@example.com", password=NEW)
    with contextlib.suppress(DomainError):
        invitations.invite(seller=world.shop, email="boris2@example.com", terms=Terms("owner"), language="en",
                           actor=boris, real_now=world.now)
    return Invitation.objects.filter(email="boris2@example.com", role="owner").exists()


def open_redirect(world: World) -> bool:
    """A link to our sign-in page that leads on to the attacker's."""
    answer = Client().post(f"{LOGIN}?next=https://evil.example/", {
        "login": world.anna.email, "password": world.password, "next": "https://evil.example/"})
    return answer["Location"].startswith("https://evil.example")


def forged_form(world: World) -> bool:
    """A page of the attacker's sends Anna's browser a form of ours."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.anna)
    client.post("/account/", {"name": "Mallory", "language": "en", "theme": "auto", "time_zone": "Europe/Moscow"},
                headers={"Origin": "https://evil.example"})
    return User.objects.get(pk=world.anna.pk).name == "Mallory"


def rival_session(world: World) -> bool:
    """Clara ends Anna's session by its number."""
    theirs = sign_in(world.anna.email, world.password)
    number = UserSession.objects.get(user=world.anna).pk
    clara = sign_in(world.clara.email, world.password)
    cookies.prove_now(clara, world.clara)
    clara.post(f"/account/sessions/{number}/end/")
    return not is_in(theirs)


def stale_proof(world: World) -> bool:
    """Anna's desk, left open for twenty minutes: somebody sets a new telephone app up."""
    desk = sign_in(world.anna.email, world.password)
    with time_machine.travel(world.now + timedelta(minutes=20), tick=False):
        return desk.get("/account/security/app/").status_code == 200


# -- the defences -------------------------------------------------------------------------------------------------------


def _no_limits(world: World) -> None:
    world.replace("sellerdesk.core.limits.hit", lambda *_args, **_more: limits.Verdict(True, 1, 1))


def _known_addresses_told(world: World) -> None:
    world.settings.ACCOUNT_PREVENT_ENUMERATION = False


def _same_session_after_signing_in(world: World) -> None:
    world.replace("sellerdesk.accounts.sessions.SessionStore.cycle_key", lambda self: None)


def _codes_never_spent(world: World) -> None:
    world.replace("sellerdesk.accounts.services.factors._spend", lambda user_id, step: True)


def _links_bound_to_nothing(world: World) -> None:
    world.replace("sellerdesk.accounts.services.passwords.LinkTokens._make_hash_value",
                  lambda self, user, timestamp: f"{user.pk}{timestamp}")


def _no_second_step(world: World) -> None:
    world.replace("sellerdesk.accounts.web.devices.SecondStepStage._should_handle", lambda self, request: False)


def _anything_may_be_given(world: World) -> None:
    world.replace("sellerdesk.sellers.services.granting.Granter.must_hold", lambda self, wanted: None)


def _any_address_is_ours(world: World) -> None:
    world.replace("sellerdesk.accounts.adapter.AccountAdapter.is_safe_url", lambda self, url: True)


def _no_tokens_in_forms(world: World) -> None:
    world.replace("django.middleware.csrf.CsrfViewMiddleware.process_view", lambda self, *_args: None)


def _sessions_of_everybody(world: World) -> None:
    class Unowned:
        class objects:
            @staticmethod
            def filter(**wanted: Any) -> Any:
                wanted.pop("user_id", None)
                return UserSession.objects.filter(**wanted)

    world.replace("sellerdesk.accounts.services.sessions.UserSession", Unowned)


def _proofs_never_stale(world: World) -> None:
    world.replace("sellerdesk.accounts.web.fresh.is_stale", lambda request, minutes: False)


THREATS: list[tuple[Callable[[World], bool], Callable[[World], None]]] = [
    (stuffing, _no_limits),
    (enumeration, _known_addresses_told),
    (fixation, _same_session_after_signing_in),
    (replay, _codes_never_spent),
    (reuse, _links_bound_to_nothing),
    (around_the_second_step, _no_second_step),
    (escalation_by_role, _anything_may_be_given),
    (escalation_by_invitation, _anything_may_be_given),
    (open_redirect, _any_address_is_ours),
    (forged_form, _no_tokens_in_forms),
    (rival_session, _sessions_of_everybody),
    (stale_proof, _proofs_never_stale),
]
_NAMES = [attack.__name__ for attack, _defence in THREATS]


@pytest.mark.parametrize("attack", [attack for attack, _defence in THREATS], ids=_NAMES)
def test_the_attack_fails(world, attack):
    assert not attack(world)


@pytest.mark.parametrize(("attack", "take_away"), THREATS, ids=_NAMES)
def test_the_attack_succeeds_without_its_defence(world, attack, take_away):
    take_away(world)

    assert attack(world)
