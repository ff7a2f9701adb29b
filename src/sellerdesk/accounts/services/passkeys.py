"""Passkeys and security keys (WebAuthn).

A passkey stays on the device, is found without typing a name, and checks the person by PIN or finger: it is both steps
at once. A plain security key is the second step only. Every ceremony starts with a challenge of 256 bits that is good
for one answer within five minutes, kept in the session with its purpose, and spent in the database, so that two
requests at the same instant cannot both use it.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.utils import url_str_to_user_pk, user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidSignature
from django.utils.translation import gettext_lazy as _
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAttachment,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from sellerdesk.accounts.errors import ChallengeExpired, KeyCopied, LastWayIn, PasskeyRefused
from sellerdesk.accounts.models import User
from sellerdesk.accounts.queries.factors import passkeys as passkeys_of
from sellerdesk.accounts.services import factors, history, sessions
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import limits
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid, NotFound

CHALLENGE_SECONDS = 300
MAX_KEYS = 20
_REQUIRED = UserVerificationRequirement.REQUIRED
_PREFERRED = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True, slots=True)
class Site:
    """The address the browser shows: `https://shop.example` or, on one's own machine, `http://localhost:8000`."""

    origin: str
    host: str

    @classmethod
    def of(cls, *, scheme: str, host_and_port: str) -> Site:
        """Raises Invalid `site_not_named` where browsers offer no passkeys: at bare numbers and without TLS."""
        host = host_and_port.rsplit(":", 1)[0] if not host_and_port.endswith("]") else host_and_port
        local = host == "localhost" or host.endswith(".localhost")
        if _is_number(host) or (scheme != "https" and not local):
            raise Invalid("site_not_named", _("Passkeys work only at the official https:// address of this site, or at "
                                              "localhost on your own machine."))
        return cls(f"{scheme}://{host_and_port}", host)

    def server(self) -> Fido2Server:
        """Origins are compared whole: another port or a subdomain is another site."""
        return Fido2Server(PublicKeyCredentialRpEntity(id=self.host, name="Sellerdesk"),
                           verify_origin=lambda origin: origin == self.origin)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


# -- starting a ceremony -----------------------------------------------------------------------------------------------


def begin_adding(*, user_id: int, passkey: bool, site: Site, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser needs to make a new key, and the state to keep in the session. Raises LimitReached."""
    user = User.objects.only("pk", "email", "name").get(pk=user_id)
    known = _credentials(user_id)
    if len(known) >= MAX_KEYS:
        raise Invalid("too_many_keys", _("You have %(limit)s keys already. Remove one that you no longer use."),
                      data={"limit": MAX_KEYS})
    options, state = site.server().register_begin(
        PublicKeyCredentialUserEntity(id=user_pk_to_url_str(user).encode(), name=user.email, display_name=str(user)),
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED if passkey else ResidentKeyRequirement.DISCOURAGED,
        user_verification=_REQUIRED if passkey else _PREFERRED,
        authenticator_attachment=None if passkey else AuthenticatorAttachment.CROSS_PLATFORM,
        extensions={"credProps": True})
    return dict(options), _kept(state, "add", now, user_id=user_id, passkey=passkey)


def begin_proof(*, user_id: int | None, purpose: str, site: Site, now: datetime) -> tuple[dict[str, Any],
                                                                                        dict[str, Any]]:
    """What the browser needs to prove a key. Without a person, any passkey of this site may answer."""
    options, state = site.server().authenticate_begin(
        credentials=_credentials(user_id) if user_id is not None else None,
        user_verification=_REQUIRED if user_id is None else _PREFERRED)
    return dict(options), _kept(state, purpose, now, user_id=user_id)


def _kept(state: Any, purpose: str, now: datetime, **more: Any) -> dict[str, Any]:
    return {"challenge": state["challenge"], "user_verification": state["user_verification"], "purpose": purpose,
            "at": now.timestamp(), **more}


def _spend(state: dict[str, Any] | None, purpose: str, now: datetime) -> dict[str, Any]:
    """The state of a ceremony, once. Raises ChallengeExpired for none, another purpose, an old or a used one."""
    if not state or state.get("purpose") != purpose or not 0 <= now.timestamp() - state["at"] <= CHALLENGE_SECONDS:
        raise ChallengeExpired()
    if not limits.hit("passkey.challenge", state["challenge"], limit=1, seconds=2 * CHALLENGE_SECONDS).allowed:
        raise ChallengeExpired()
    return state


# -- finishing it ------------------------------------------------------------------------------------------------------


def add(*, user_id: int, name: str, credential: Any, state: dict[str, Any] | None, site: Site, info: RequestInfo,
        now: datetime) -> None:
    """Keep a new key. Raises ChallengeExpired, PasskeyRefused, Invalid for a name that is empty, long or taken."""
    name = _checked_name(user_id, name)
    state = _spend(state, "add", now)
    if state["user_id"] != user_id:
        raise PasskeyRefused()
    try:
        data = site.server().register_complete(state, RegistrationResponse.from_dict(credential))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PasskeyRefused() from None
    if data.credential_data is None or isinstance(data.credential_data.public_key, UnsupportedKey):
        raise PasskeyRefused()
    with atomic():
        User.objects.select_for_update().only("pk").get(pk=user_id)
        if any(one.credential_id == data.credential_data.credential_id for one in _credentials(user_id)):
            raise Invalid("key_known", _("This key is set up already."))
        Authenticator.objects.create(
            user_id=user_id, type=Authenticator.Type.WEBAUTHN, created_at=now,
            data={"name": name, "credential": credential, "passkey": bool(state["passkey"]), "counter": data.counter})
        history.record(user_id=user_id, kind="factor.key_added", info=info, detail={"name": name})
        sessions.end_others(user_id=user_id, info=info, silent=True)


def prove(*, user_id: int | None, credential: Any, state: dict[str, Any] | None, purpose: str, site: Site,
          info: RequestInfo, now: datetime) -> Authenticator:
    """Check what a key signed. The key's row, used just now.

    With a person only their keys count; without one, the answer names whose it is, and the key must have checked them.
    Raises LimitReached, ChallengeExpired, PasskeyRefused, KeyCopied.
    """
    factors.count_try(user_id=user_id, info=info)
    state = _spend(state, purpose, now)
    if state["user_id"] != user_id:
        raise PasskeyRefused()
    owner = user_id if user_id is not None else _named_in(credential)
    keys = {_credential_of(key).credential_id: key for key in Authenticator.objects.filter(
        user_id=owner, type=Authenticator.Type.WEBAUTHN).select_related("user")}
    try:
        answer = AuthenticationResponse.from_dict(credential)
        used = site.server().authenticate_complete(state, [_credential_of(key) for key in keys.values()], answer)
        key = keys[used.credential_id]
        # A plain security key is never both steps, even if it could check a person.
        if user_id is None and not key.data.get("passkey"):
            raise ValueError("not a passkey")
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
        if keys:
            attacked = next(iter(keys.values())).user_id
            history.record(user_id=attacked, kind="factor.failed", info=info, detail={"method": "passkey"})
        raise PasskeyRefused() from None
    _check_counter(key, answer.response.authenticator_data.counter, info, now)
    factors.forgive_try(user_id=user_id, info=info)
    history.record(user_id=key.user_id, kind="factor.used", info=info, detail={"method": "passkey"})
    return key


def _check_counter(key: Authenticator, count: int, info: RequestInfo, now: datetime) -> None:
    """Keys that count must count upwards; most passkeys do not count and always say 0."""
    known = int(key.data.get("counter", 0))
    if (count or known) and count <= known:
        history.record(user_id=key.user_id, kind="factor.key_counter_back", info=info, detail={
            "name": key.data["name"], "known": known, "said": count})
        raise KeyCopied()
    key.data["counter"] = count
    key.last_used_at = now
    key.save(update_fields=["data", "last_used_at"])


def rename(*, user_id: int, key_id: int, name: str, info: RequestInfo) -> None:
    """Raises NotFound for a key that is not theirs, Invalid for a name that is empty, long or taken."""
    name = _checked_name(user_id, name, besides=key_id)
    with atomic():
        key = _own(user_id, key_id)
        key.data["name"] = name
        key.save(update_fields=["data"])
        history.record(user_id=user_id, kind="factor.key_renamed", info=info, detail={"name": name})


def remove(*, user_id: int, key_id: int, label: str, info: RequestInfo, now: datetime) -> None:
    """Raises NotFound, LastWayIn, PolicyDemandsFactor, NotAlonePhone."""
    with atomic():
        key = _own(user_id, key_id)
        # Two removals at once must not each take the other's key for the one that stays.
        user = User.objects.select_for_update().only("pk", "password").get(pk=user_id)
        if not user.has_usable_password() and passkeys_of(user_id) == {key_id}:
            raise LastWayIn()
        with factors.removing(user_id=user_id, label=label, strong=True, info=info, now=now):
            name = key.data["name"]
            key.delete()
            history.record(user_id=user_id, kind="factor.key_removed", info=info, detail={"name": name})
            sessions.end_others(user_id=user_id, info=info, silent=True)


def _own(user_id: int, key_id: int) -> Authenticator:
    key = Authenticator.objects.filter(pk=key_id, user_id=user_id, type=Authenticator.Type.WEBAUTHN).first()
    if key is None:
        raise NotFound()
    return key


def _checked_name(user_id: int, name: str, besides: int = 0) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise Invalid("name_length", _("Give the key a name of at most 60 characters."), field="name",
                      data={"value": name[:80]})
    taken = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN).exclude(pk=besides)
    if name in [data["name"] for data in taken.values_list("data", flat=True)]:
        raise Invalid("name_taken", _("You have a key of this name already. Choose another name."), field="name",
                      data={"value": name})
    return name


def _credential_of(key: Authenticator) -> AttestedCredentialData:
    data = RegistrationResponse.from_dict(key.data["credential"]).response.attestation_object.auth_data.credential_data
    assert data is not None
    return data


def _credentials(user_id: int) -> list[AttestedCredentialData]:
    return [_credential_of(key) for key in Authenticator.objects.filter(
        user_id=user_id, type=Authenticator.Type.WEBAUTHN)]


def _named_in(credential: Any) -> int | None:
    """Whose key the answer says it is; proven only by the signature that is checked next."""
    try:
        return int(url_str_to_user_pk(websafe_decode(credential["response"]["userHandle"]).decode()))
    except (ValueError, TypeError, KeyError):
        return None

