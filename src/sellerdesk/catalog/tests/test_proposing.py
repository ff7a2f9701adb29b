"""Values that a list lacks: proposed by a shop, decided by an operator, usable at once when accepted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import ProposalDecided, ValueRefused
from sellerdesk.catalog.models import DictionaryValue, TypeAttribute, ValueProposal
from sellerdesk.catalog.services import products, proposing
from sellerdesk.catalog.types import ValueInput

pytestmark = pytest.mark.django_db
BRAND, COLOUR, TYPE = 85, 10096, 91101


def test_an_accepted_value_can_be_chosen_at_once(shop, tree, depot, draft, actor, now):
    TypeAttribute.objects.filter(type_id=TYPE, attribute_id=BRAND).update(value_ids=[126745801])
    mine = draft("HP-1", attributes={BRAND: [ValueInput(0, "Никс")]})
    refused = products.apply_drafts(seller=shop, drafts=[mine], actor=actor, now=now)

    proposal = proposing.propose(seller=shop, type_id=TYPE, attribute_id=BRAND, text=" Nyx ", actor=actor, now=now)
    value_id = proposing.accept(proposal_id=proposal, value_en="Nyx", value_ru="Никс", value_zh="", actor=actor, now=now)
    taken = products.apply_drafts(seller=shop, drafts=[mine], actor=actor, now=now)

    assert (refused[0].outcome, taken[0].outcome) == ("failed", "created")
    value = DictionaryValue.objects.get(pk=value_id)
    assert (value.value_en, value.value_ru, value.value_zh) == ("Nyx", "Никс", "Nyx")
    assert queries.proposals(shop).rows[0].state == "accepted"


@pytest.mark.parametrize(("attribute_id", "text", "code"), [
    (BRAND, "  ", "value_empty"), (BRAND, "x" * 101, "value_too_long"), (BRAND, "NO BRAND", "value_exists"),
    (9048, "Aria", "value_not_asked"), (1, "Aria", "value_not_asked")])
def test_what_makes_no_sense_to_propose_is_refused(shop, tree, actor, now, attribute_id, text, code):
    with pytest.raises(ValueRefused) as refused:
        proposing.propose(seller=shop, type_id=TYPE, attribute_id=attribute_id, text=text, actor=actor, now=now)

    assert (refused.value.fields[0].code, ValueProposal.objects.count()) == (code, 0)


def test_the_same_value_is_asked_for_once_and_decided_once(shop, tree, actor, now):
    first = proposing.propose(seller=shop, type_id=TYPE, attribute_id=COLOUR, text="Ultra teal", actor=actor, now=now)
    again = proposing.propose(seller=shop, type_id=TYPE, attribute_id=COLOUR, text="ULTRA  teal", actor=actor, now=now)
    with pytest.raises(ValueRefused):
        proposing.refuse(proposal_id=first, reason=" ", actor=actor, now=now)

    proposing.refuse(proposal_id=first, reason="Choose turquoise.", actor=actor, now=now)

    assert first == again
    with pytest.raises(ProposalDecided):
        proposing.accept(proposal_id=first, value_en="", value_ru="", value_zh="", actor=actor, now=now)
    assert not DictionaryValue.objects.filter(value_en__icontains="teal").exists()


def test_the_shop_asks_and_reads_the_answer_and_the_operator_decides(anna_client, clara_client, operator_client, shop, tree):
    address = reverse("catalog:propose", args=[TYPE])
    wrong = anna_client.post(address, {"attribute": BRAND, "text": "No brand"})
    anna_client.post(address, {"attribute": BRAND, "text": "Nyx"})
    queue = operator_client.get(reverse("console:proposals")).content.decode()
    proposal = ValueProposal.objects.get()
    operator_client.post(reverse("console:proposal_decide", args=[proposal.pk]),
                         {"decision": "refuse", "reason": "Hand in the papers of the brand first."})

    assert wrong.status_code == 422
    assert "is in the list already" in wrong.content.decode()
    assert "Nyx" in queue
    assert "Hand in the papers of the brand first." in anna_client.get(address).content.decode()
    assert "Nyx" not in clara_client.get(address).content.decode()
    assert anna_client.get(reverse("console:proposals")).status_code == 404
