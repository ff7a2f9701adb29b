"""Errands of talk: buyers ask, review, write and read; shops that nobody runs answer. Each in one batch a shop."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from random import Random

from PIL import Image, ImageEnhance

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import DomainError
from sellerdesk.messaging import queries as said
from sellerdesk.messaging import services as messaging
from sellerdesk.messaging.types import QuestionInput, ReviewFilter, ReviewInput, Said, Vote
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import voices
from sellerdesk.simulator.people import someone
from sellerdesk.simulator.types import Due, Setting

_BUYER = Actor.buyer("buyer")
_SHOP = Actor.system("autopilot")
_PHOTO_SIDE = 720
# Of the reviews, how many show a photo.
_WITH_PHOTO = 0.08
# How many earlier reviews somebody reads, and how often one of them gets a vote.
_READ_BEFORE = 20
_VOTES = 0.1


def ask(setting: Setting, seller: SellerRef, group: Sequence[Due]) -> None:
    """People look at cards and ask about what these do not say."""
    found = _goods(seller, group)
    cards = _cards(seller, [line for _card, line in found.values()])
    questions = []
    for one in group:
        if one.id not in found:
            continue
        _card, line = found[one.id]
        told, rng = cards.get(line.sku, voices.Card()), Random(f"{setting.seed}:asks:{one.reference}")
        tongue, person = voices.language(rng), someone(rng)
        if voices.wonders(told, one.data["draw"]):
            questions.append(QuestionInput(line.product_id, voices.text(
                "question", voices.topic(told, rng), tongue, rng), one.at, person.name.split()[0]))
    if questions:
        messaging.ask_questions(seller=seller, questions=questions, actor=_BUYER)


def review(setting: Setting, seller: SellerRef, group: Sequence[Due]) -> None:
    """Buyers say what they think of what came, when it came and how it had been told."""
    found = _goods(seller, group)
    cards = _cards(seller, [line for _card, line in found.values()])
    written = []
    for one in group:
        if one.id not in found:
            continue
        card, line = found[one.id]
        rng = Random(f"{setting.seed}:reviews:{one.reference}")
        ended = card.delivered_at or one.at
        thinks = voices.opinion(
            quality=voices.quality(setting.seed, line.product_id), card=cards.get(line.sku, voices.Card()), rng=rng,
            late=voices.late_days(card.in_process_at, ended, card.deliver_by), cancelled=card.delivered_at is None)
        tongue = voices.language(rng)
        words = "" if thinks.stars == 5 and rng.random() < 0.3 else voices.text("review", thinks.why, tongue, rng)
        shot = snap(seller, line.product_id, rng) if words and rng.random() < _WITH_PHOTO else b""
        photos = messaging.store_photos(seller=seller, files=[shot], now=one.at) if shot else ()
        written.append(ReviewInput(card.number, line.sku, thinks.stars, words, one.at, photos=photos))
    _vote(setting, seller, group, {one.sku for one in written})
    messaging.write_reviews(seller=seller, reviews=written, actor=_BUYER)


def _vote(setting: Setting, seller: SellerRef, group: Sequence[Due], skus: set[int]) -> None:
    """Whoever writes a review has read some of the earlier ones, and says which were of use."""
    if not skus:
        return
    rows, _more = said.reviews_after(seller, filter=ReviewFilter(skus=tuple(sorted(skus))), descending=True,
                                     limit=_READ_BEFORE)
    votes = []
    for one in group:
        rng = Random(f"{setting.seed}:votes:{one.reference}")
        # Words are of use, a bare number of stars rarely is.
        votes += [Vote(row.id, rng.random() < (0.85 if row.text else 0.3)) for row in rows if rng.random() < _VOTES]
    messaging.vote_on_reviews(seller=seller, votes=votes)


def say(setting: Setting, seller: SellerRef, group: Sequence[Due]) -> None:
    """Buyers write about their orders."""
    cards = {card.number: card for card in orders.cards(seller, [one.reference for one in group])}
    words = []
    for one in sorted(group, key=lambda due: (due.at, due.id)):
        card = cards.get(one.reference)
        if card is None or (one.data["about"] in ("when", "late") and card.delivered_at):
            continue
        rng = Random(f"{setting.seed}:says:{one.reference}:{one.data['about']}")
        text = voices.text("chat", one.data["about"], voices.language(rng), rng)
        image = snap(seller, card.lines[0].product_id, rng) if one.data["about"] == "broken" else b""
        words.append(Said(one.reference, text, one.at, image))
    messaging.buyers_say(seller=seller, said=words, actor=_BUYER)


def read(setting: Setting, seller: SellerRef, group: Sequence[Due]) -> None:
    """Buyers read what the shop wrote, and some say thanks."""
    chats = said.open_chats(seller, [one.reference for one in group])
    for one in sorted(group, key=lambda due: (due.at, due.id)):
        messaging.buyers_read(seller=seller, posting_numbers=[one.reference], at=one.at, actor=_BUYER)
        chat = chats.get(one.reference)
        if chat is not None and one.data["thanks"] and chat.last_by == "seller":
            tongue = voices.tongue_of(chat.last_text)
            messaging.buyers_say(seller=seller, actor=_BUYER, said=[Said(one.reference, voices.text(
                "chat", "thanks", tongue, Random(f"{setting.seed}:thanks:{one.reference}:{chat.version}")), one.at)])


def answer(setting: Setting, seller: SellerRef, group: Sequence[Due]) -> None:
    """The shop answers a chat, a review or a question; what has become impossible meanwhile is left."""
    for one in sorted(group, key=lambda due: (due.at, due.id)):
        rng, row_id = Random(f"{setting.seed}:replies:{one.reference}"), int(one.reference[1:])
        try:
            if one.data["kind"] == "chat":
                _answer_chat(seller, row_id, one.at, rng)
            elif one.data["kind"] == "review":
                opinion = said.review(seller, row_id)
                if opinion.status != "PROCESSED":
                    messaging.reply(seller=seller, review_id=row_id, actor=_SHOP, now=one.at, text=voices.text(
                        "answer", "good" if opinion.rating > 3 else "bad", voices.tongue_of(opinion.text), rng))
            else:
                question = said.question(seller, row_id)
                if question.status != "PROCESSED":
                    messaging.answer(seller=seller, question_id=row_id, actor=_SHOP, now=one.at, text=voices.text(
                        "answer", "question", voices.tongue_of(question.text), rng))
        except DomainError:
            continue


def _answer_chat(seller: SellerRef, chat_id: int, at: datetime, rng: Random) -> None:
    chat = said.chat(seller, chat_id)
    if not chat.awaiting:
        return
    if voices.is_thanks(chat.last_text):
        messaging.read(seller=seller, chat_id=chat_id, upto=0, actor=_SHOP, now=at)
        return
    messaging.send(seller=seller, chat_id=chat_id, actor=_SHOP, now=at, text=voices.text(
        "answer", "chat", voices.tongue_of(chat.last_text), rng))


def _goods(seller: SellerRef, group: Sequence[Due]) -> dict[int, tuple[PostingCard, LineRow]]:
    """The posting and the line that each errand is about, by errand."""
    cards = {card.number: card for card in orders.cards(seller, [one.reference for one in group])}
    return {one.id: (cards[one.reference], cards[one.reference].lines[
        one.data["line"] % len(cards[one.reference].lines)])
        for one in group if one.reference in cards and cards[one.reference].lines}


def _cards(seller: SellerRef, lines: Sequence[LineRow]) -> dict[int, voices.Card]:
    """What the cards of these goods tell, by SKU. Two queries."""
    made = {}
    for sku, (score, _names) in (catalog.scores(seller, [line.sku for line in lines]) if lines else {}).items():
        share = {group.key: group.share for group in score.groups}
        made[sku] = voices.Card(share["media"], (share["required"] + share["optional"]) // 2, share["text"],
                                score.total)
    return made


def snap(seller: SellerRef, product_id: int, rng: Random) -> bytes:
    """A buyer's photo of the goods: their own picture, askew and in other light; nothing where they have none."""
    draft = next((draft for _id, draft in catalog.drafts(seller, product_ids=[product_id]).values()), None)
    key = next((image.key for image in draft.images if image.key), "") if draft else ""
    if not key:
        return b""
    try:
        with Image.open(io.BytesIO(storage.open_bytes(key))) as source:
            picture = source.convert("RGB")
    except (DomainError, OSError):
        return b""
    picture.thumbnail((_PHOTO_SIDE, _PHOTO_SIDE))
    turned = picture.rotate(rng.uniform(-9, 9), Image.Resampling.BILINEAR, expand=True,
                            fillcolor=(rng.randrange(90, 160), rng.randrange(80, 130), rng.randrange(70, 110)))
    out = io.BytesIO()
    ImageEnhance.Brightness(turned).enhance(rng.uniform(0.7, 0.95)).save(out, "JPEG", quality=82)
    return out.getvalue()
