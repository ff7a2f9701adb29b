"""Secrets: random tokens, digests, encryption at rest, and signed short-lived tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing

from sellerdesk.core.errors import Invalid


def token(size_bytes: int = 32) -> str:
    """A random URL-safe text; 32 bytes are 256 bits."""
    return secrets.token_urlsafe(size_bytes)


def code(digits: int = 6) -> str:
    """Random digits for mails and SMS. Short, so always with few tries and a short life."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def digest(text: str) -> str:
    """SHA-256 in hex: enough for high-entropy secrets, which need no slow hash."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


@lru_cache(maxsize=32)
def _cipher(purpose: str, secrets_: tuple[str, ...]) -> MultiFernet:
    keys = []
    for secret in secrets_:
        derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"sellerdesk", info=purpose.encode()).derive(
            secret.encode())
        keys.append(Fernet(base64.urlsafe_b64encode(derived)))
    return MultiFernet(keys)


def _current(purpose: str) -> MultiFernet:
    return _cipher(purpose, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def encrypt(data: bytes, purpose: str) -> bytes:
    """Encrypt for storage under a key derived from SECRET_KEY for this purpose alone."""
    return _current(purpose).encrypt(data)


def decrypt(data: bytes, purpose: str) -> bytes:
    """Raises Invalid `cannot_decrypt` when the key is another one or the data was changed."""
    try:
        return _current(purpose).decrypt(data)
    except InvalidToken:
        raise Invalid("cannot_decrypt") from None


def sign(purpose: str, data: Any) -> str:
    """A text that proves it came from us. Not secret."""
    return signing.dumps(data, salt=purpose)


def unsign(purpose: str, text: str, *, life_seconds: int) -> Any:
    """Raises Invalid `token_expired` or `token_invalid`."""
    try:
        return signing.loads(text, salt=purpose, max_age=life_seconds)
    except signing.SignatureExpired:
        raise Invalid("token_expired") from None
    except signing.BadSignature:
        raise Invalid("token_invalid") from None


def seal(purpose: str, text: str) -> str:
    """A mark that only who knows SECRET_KEY can make; hex. Use it where a stolen or edited database must not lie."""
    return _seal(purpose, text, settings.SECRET_KEY)


def is_sealed(purpose: str, text: str, mark: str) -> bool:
    """Whether the mark was made under the present key or one of SECRET_KEY_FALLBACKS."""
    keys = (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
    return any(same(_seal(purpose, text, key), mark) for key in keys)


def _seal(purpose: str, text: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"sellerdesk seal {purpose}:{text}".encode(), hashlib.sha256).hexdigest()
