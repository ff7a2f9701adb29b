"""Seeds of authenticator apps lie encrypted, so that a stolen database alone opens no account."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    def derive(key: str) -> Fernet:
        material = HKDF(hashes.SHA256(), 32, salt=None, info=b"sellerdesk second factor").derive(key.encode())
        return Fernet(base64.urlsafe_b64encode(material))

    return MultiFernet([derive(key) for key in keys])


def _current() -> MultiFernet:
    return _cipher((settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)))


def sealed(text: str) -> str:
    return _current().encrypt(text.encode()).decode()


def open_seed(kept: str) -> str:
    return _current().decrypt(kept.encode()).decode()


def open_lately(kept: str, *, life_seconds: int) -> str | None:
    """What was sealed at most so long ago; None for older or foreign texts. For what waits in a session."""
    try:
        return _current().decrypt(kept.encode(), ttl=life_seconds).decode()
    except InvalidToken:
        return None
