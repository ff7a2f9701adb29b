"""Translation beside the original, where the operator has named a server that speaks LibreTranslate."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F

from sellerdesk.core import fetch
from sellerdesk.core.db import atomic
from sellerdesk.messaging.errors import MessageNotFound, NoTranslator
from sellerdesk.messaging.models import Chat, Message, Translation
from sellerdesk.sellers.types import SellerRef

# Our codes of languages, and theirs.
_CODES = {"en": "en", "ru": "ru", "zh-hans": "zh"}


def translate(*, seller: SellerRef, chat_id: int, message_id: int, language: str) -> str:
    """A message in a language of the interface, asked for once and kept; the translation.

    Raises NoTranslator, MessageNotFound, FetchFailed.
    """
    row = Message.objects.filter(seller_id=seller.id, chat_id=chat_id, pk=message_id, kind="text").first()
    if row is None:
        raise MessageNotFound()
    if not settings.TRANSLATOR_URL:
        raise NoTranslator()
    known = Translation.objects.filter(message_id=row.pk, language=language).first()
    if known is not None:
        return known.text
    # Not inside a transaction: somebody else's server may be slow.
    answer = fetch.post_json(f"{settings.TRANSLATOR_URL}/translate", {
        "q": row.text, "source": "auto", "target": _CODES.get(language, language), "format": "text",
        **({"api_key": settings.TRANSLATOR_KEY} if settings.TRANSLATOR_KEY else {})})
    said = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(said, str) or not said.strip():
        raise fetch.FetchFailed()
    with atomic():
        Translation.objects.update_or_create(message_id=row.pk, language=language, defaults={
            "seller_id": seller.id, "text": said.strip()[:4000]})
        Chat.objects.filter(pk=chat_id).update(version=F("version") + 1)
    return said
