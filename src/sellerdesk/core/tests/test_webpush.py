"""Web push against the known answer of its standard: RFC 8291, section 5 and appendix A."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from sellerdesk.core import webpush

RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
ONCE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
ANSWER = ("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
          "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")


def test_a_message_is_sealed_as_the_standard_shows():
    once = ec.derive_private_key(int.from_bytes(webpush.to_bytes(ONCE), "big"), ec.SECP256R1())

    sealed = webpush.encrypt(b"When I grow up, I want to be a watermelon", receiver=webpush.to_bytes(RECEIVER),
                             auth=webpush.to_bytes(AUTH), once=once, salt=webpush.to_bytes(SALT))

    assert webpush.to_text(sealed) == ANSWER


def test_no_two_messages_are_alike_and_the_longest_still_fits():
    sealed = [webpush.encrypt(b"x" * webpush.MOST_BYTES, receiver=webpush.to_bytes(RECEIVER), auth=webpush.to_bytes(AUTH))
              for _ in range(2)]

    assert sealed[0] != sealed[1]
    assert len(sealed[0]) == 4096
    with pytest.raises(ValueError):
        webpush.encrypt(b"x" * (webpush.MOST_BYTES + 1), receiver=webpush.to_bytes(RECEIVER), auth=webpush.to_bytes(AUTH))


def test_the_sender_proves_itself_to_the_service_and_to_no_other():
    private = webpush.make_key()
    header = webpush.authorization("https://push.example.org:8443/send/1", private=private, contact="mailto:a@example.org",
                                   at=datetime(2026, 11, 28, tzinfo=UTC))

    token, key = header.removeprefix("vapid t=").split(", k=")
    head, claims, mark = token.split(".")
    assert key == webpush.public_of(private)
    assert json.loads(webpush.to_bytes(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(webpush.to_bytes(claims)) == {
        "aud": "https://push.example.org:8443", "exp": 1795867200, "sub": "mailto:a@example.org"}
    raw = webpush.to_bytes(mark)
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.to_bytes(key))
    public.verify(signature, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(signature, f"{head}.{claims}x".encode(), ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("text", ["", "AA", "ä", "A" * 43 + "!", "A" * 44])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError):
        webpush.public_of(text)


def test_a_point_beside_the_curve_is_no_key_of_a_browser():
    assert webpush.is_public_key(webpush.to_bytes(RECEIVER))
    assert not webpush.is_public_key(b"\x04" + b"\x01" * 64)
    assert not webpush.is_public_key(b"")
