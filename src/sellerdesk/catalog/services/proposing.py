"""Values that a dictionary lacks: sellers propose them, operators decide, accepted ones can be chosen at once."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import events, queries, rules
from sellerdesk.catalog.errors import ProposalDecided, ValueRefused
from sellerdesk.catalog.models import Attribute, DictionaryValue, TypeAttribute, ValueProposal
from sellerdesk.core import activity, ids
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.sellers.types import SellerRef

MAX_LENGTH = 100
# Accepted values get ids of a range of their own, above those of the starter catalogue and of taxonomies.
_FIRST_ID = 990_000_000


def propose(*, seller: SellerRef, type_id: int, attribute_id: int, text: str, actor: Actor, now: datetime) -> int:
    """Ask for a value; returns the proposal's id, the old one where the shop has asked for it already.

    Raises ValueRefused with `value_empty`, `value_too_long`, `value_exists`, or `value_not_asked` where the type has no
    list for that attribute.
    """
    text = rules.clean(text)
    kinds, dictionaries = queries.check_rules([type_id])
    rule = kinds[type_id].attributes.get(attribute_id) if type_id in kinds else None
    if rule is None or rule.dictionary_id not in dictionaries:
        raise ValueRefused("value_not_asked", _("This product type has no list of values for that attribute."),
                           field="text")
    if not text:
        raise ValueRefused("value_empty", _("Write the value that is missing."), field="text")
    if len(text) > MAX_LENGTH:
        raise ValueRefused("value_too_long", _("A value has at most %(limit)s characters."), field="text",
                           data={"limit": MAX_LENGTH})
    known = dictionaries[rule.dictionary_id].by_text.get(rules.fold(text))
    if known and (not rule.allowed or known in rule.allowed):
        raise ValueRefused("value_exists", _("“%(value)s” is in the list already. Choose it there."), field="text",
                           data={"value": text})
    with atomic():
        locked(f"catalog.proposal:{seller.id}")
        same = ValueProposal.objects.filter(seller_id=seller.id, type_id=type_id, attribute_id=attribute_id,
                                            folded=rules.fold(text), state=ValueProposal.State.WAITING).first()
        if same:
            return same.pk
        made = ValueProposal.objects.create(
            seller_id=seller.id, type_id=type_id, attribute_id=attribute_id, text=text, folded=rules.fold(text),
            by=actor.label[:200], created_at=now)
        activity.record(events.VALUE_PROPOSED.name, now=now, actor=actor, seller_id=seller.id, target_type="proposal",
                        target_id=made.pk, target_label=text)
        return made.pk


def accept(*, proposal_id: int, value_en: str, value_ru: str, value_zh: str, actor: Actor, now: datetime) -> int:
    """Take a proposed value into the dictionary, in three languages; returns the value's id.

    An empty text is taken from the proposal. Where the type allows some values only, the new one is among them from now
    on. Raises ProposalDecided when somebody was faster.
    """
    with atomic():
        proposal = _decide(proposal_id, ValueProposal.State.ACCEPTED, "", actor, now)
        dictionary_id = Attribute.objects.values_list("dictionary_id", flat=True).get(pk=proposal.attribute_id)
        texts = [rules.clean(text)[:300] or proposal.text for text in (value_en, value_ru, value_zh)]
        locked(f"catalog.dictionary:{dictionary_id}")
        value = DictionaryValue.objects.filter(dictionary_id=dictionary_id, value_en=texts[0]).first()
        if value is None:
            value = DictionaryValue.objects.create(
                id=_FIRST_ID + ids.allocate("catalog.value")[0], dictionary_id=dictionary_id, value_en=texts[0],
                value_ru=texts[1], value_zh=texts[2])
        asked = TypeAttribute.objects.get(type_id=proposal.type_id, attribute_id=proposal.attribute_id)
        if asked.value_ids and value.pk not in asked.value_ids:
            TypeAttribute.objects.filter(pk=asked.pk).update(value_ids=[*asked.value_ids, value.pk])
        ValueProposal.objects.filter(pk=proposal_id).update(value_id=value.pk)
        activity.record(events.VALUE_ACCEPTED.name, now=now, actor=actor, seller_id=proposal.seller_id,
                        target_type="proposal", target_id=proposal_id, target_label=proposal.text,
                        data={"value_id": value.pk})
        return value.pk


def refuse(*, proposal_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Refuse a proposed value, with a reason its shop reads. Raises ValueRefused `reason_empty`, ProposalDecided."""
    if not rules.clean(reason):
        raise ValueRefused("reason_empty", _("Say why, so that the shop knows what to choose instead."), field="reason")
    with atomic():
        proposal = _decide(proposal_id, ValueProposal.State.REFUSED, rules.clean(reason)[:500], actor, now)
        activity.record(events.VALUE_REFUSED.name, now=now, actor=actor, seller_id=proposal.seller_id,
                        target_type="proposal", target_id=proposal_id, target_label=proposal.text,
                        data={"reason": proposal.reason})


def _decide(proposal_id: int, state: str, reason: str, actor: Actor, now: datetime) -> ValueProposal:
    moved = ValueProposal.objects.filter(pk=proposal_id, state=ValueProposal.State.WAITING).update(
        state=state, reason=reason, decided_by=actor.label[:200], decided_at=now)
    if not moved:
        raise ProposalDecided()
    return ValueProposal.objects.get(pk=proposal_id)
