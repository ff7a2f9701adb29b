"""Web push as browsers take it: a message that only one browser can open (RFC 8291), from a sender it knows (RFC 8292).

No database and no network here. Keys are spelled as the standards spell them: base64url without padding.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

#: What a push service must take is 4096 bytes; so much of it is text when head and seal are taken off.
MOST_BYTES = 3993
_RECORD_BYTES = 4096
_CURVE = ec.SECP256R1
#: A proof may live 24 hours; half of it leaves room for clocks that are wrong.
_PROOF_LIFE = timedelta(hours=12)


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("not base64url") from None


def make_key() -> str:
    """A sender's private key: 32 bytes."""
    number = ec.generate_private_key(_CURVE()).private_numbers().private_value
    return to_text(number.to_bytes(32, "big"))


def public_of(private: str) -> str:
    """The public half, which browsers are given when they subscribe. Raises ValueError for no key."""
    return to_text(_point(_private(private).public_key()))


def is_public_key(data: bytes) -> bool:
    """Whether a browser's key is a point of the curve; what is none cannot be written to."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE(), data)
    except ValueError:
        return False
    return len(data) == 65


def encrypt(plain: bytes, *, receiver: bytes, auth: bytes, once: ec.EllipticCurvePrivateKey | None = None,
            salt: bytes | None = None) -> bytes:
    """The body for a browser with this public key and this secret, in the coding `aes128gcm`.

    `once` and `salt` are fresh for each message; they are given only where known answers are compared. Raises
    ValueError for a text of more than MOST_BYTES or a key that is none.
    """
    if len(plain) > MOST_BYTES:
        raise ValueError("the message is too long")
    once, salt = once or ec.generate_private_key(_CURVE()), salt or os.urandom(16)
    sender = _point(once.public_key())
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE(), receiver))
    common = _derived(shared, auth, b"WebPush: info\x00" + receiver + sender, 32)
    key = _derived(common, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(common, salt, b"Content-Encoding: nonce\x00", 12)
    # The byte 2 marks the last record, and this is the only one.
    sealed = AESGCM(key).encrypt(nonce, plain + b"\x02", None)
    return salt + _RECORD_BYTES.to_bytes(4, "big") + bytes([len(sender)]) + sender + sealed


def authorization(endpoint: str, *, private: str, contact: str, at: datetime) -> str:
    """The header that tells a push service who sends; `contact` is a mailto: or https: address of the operator."""
    key, parts = _private(private), urlsplit(endpoint)
    head = to_text(json.dumps({"typ": "JWT", "alg": "ES256"}, separators=(",", ":")).encode())
    claims = to_text(json.dumps({"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((at + _PROOF_LIFE).timestamp()),
                                 "sub": contact}, separators=(",", ":")).encode())
    r, s = decode_dss_signature(key.sign(f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())))
    mark = to_text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={head}.{claims}.{mark}, k={to_text(_point(key.public_key()))}"


def _private(text: str) -> ec.EllipticCurvePrivateKey:
    data = to_bytes(text)
    if len(data) != 32:
        raise ValueError("a private key has 32 bytes")
    return ec.derive_private_key(int.from_bytes(data, "big"), _CURVE())


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
