"""D01: every page × nobody, a rival, a colleague without the right, one with it, an operator. Made from the router."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from sellerdesk.sellers import permissions
from tests.tenancy.conftest import NEVER, NEVER_TEXT, grant, plain, rows_of, sign_in, undone

pytestmark = pytest.mark.django_db

#: Parameters that are nobody's: words of ours, and reference data that all shops share.
SHARED = {"category_id", "macro_id", "topic_key", "policy_key", "rule_key", "decision", "kind", "part", "item_key", "type_id", "attribute_id", "status", "act", "step",
          "place_id", "tariff", "tariff_key", "form", "day", "currency", "own_kind"}
SHARED_VALUES = {"category_id": 17000101, "macro_id": 1, "topic_key": "money.fee", "policy_key": "texts", "rule_key": "contacts", "decision": "approve", "kind": "email", "part": "figures", "item_key": "charter", "type_id": 91101, "attribute_id": 1, "act": "delivering", "step": "arbitration",
                 "place_id": 1, "tariff": "veloport.standard", "tariff_key": "veloport.standard", "form": "pdf", "day": "2026-11-25", "currency": "RUB", "own_kind": "discount"}
#: Counted for each person anew, so a number is never somebody else's.
OWN_COUNT = {("accounts", "number")}
#: Holding the link is the right to open it; who may answer is tested with the invitations.
BY_LINK = {"token", "uidb36", "key"}
#: The same name for different things.
RENAMED = {("accounts", "key_id"): "passkey_id", ("accounts", "number"): "history_number",
           ("core", "row_id"): "view_id", ("catalog", "change_id"): "version_id",
           ("analytics", "report_id"): "figures_report_id", ("orders", "request_id"): "cancellation_id", ("finance", "document_id"): "money_document_id",
           ("promotions", "request_id"): "discount_request_id"}
#: What a form needs to get as far as looking for the thing.
BODIES: dict[str, dict[str, Any]] = {
    "sellers:key_rotate": {"overlap_hours": 24}, "sellers:member_change": {"role": "analyst"},
    "sellers:role": {"name": "Another", "rights": [permissions.BOARD_VIEW]},
    "sellers:key_networks": {"networks": "203.0.113.0/24"}, "inventory:save": {"free": "3"},
    "pricing:save": {"price": "900"}, "catalog:product_price": {"price": "900"},
    "catalog:product_stock": {"stock": "3"}, "orders:cancel": {"reason_id": "352", "message": ""},
    "catalog:import_steer": {"act": "confirm"}, "orders:tracking": {"tracking_number": "AB-12345"},
    "orders:cutoff": {"cutoff": "2026-12-01T10:00"}, "orders:code": {"code": "0000"},
    "orders:timeslot": {"begin": "2026-12-01T10:00", "end": "2026-12-01T12:00"},
    "support:reply": {"text": "More words"}, "support:rate": {"stars": "4"},
    "sellers:recovery_decide": {"decision": "approve"}, "messaging:send": {"text": "Hello"},
    "messaging:edit": {"text": "Hello"}, "messaging:note": {"note": "x"}, "messaging:report_chat": {"reason": "spam"},
    "messaging:review": {"text": "Sorry"}, "messaging:question": {"text": "8 cm"},
    "messaging:review_status": {"status": "PROCESSED"}, "messaging:question_status": {"status": "PROCESSED"},
    "messaging:report_review": {"reason": "insult"}, "messaging:reply_edit": {"text": "Other"},
    "messaging:template": {"name": "Mine", "text": "Mine"},
    "supply:add_cargo": {"units-1": "1"}, "supply:slots": {"slot": "2026-11-25T09:00:00+00:00"},
    "inventory:count": {"found": "3"}, "inventory:warehouse_pause": {"reason": "Rest"},
    "inventory:warehouse": {"name": "Mine", "city": "X", "time_zone": "UTC", "cut_off": "12:00",
                            "preparation_hours": "1", "state": "active"},
}
#: What belongs to one person of the shop, so that colleagues with the right do not find it either.
PERSONAL = {"analytics:plan_stop"}
#: An announcement is for many shops; whom it does not concern is tested with the announcements.
SHARED |= {"announcement_id"}
SHARED_VALUES |= {"announcement_id": 987_654_322}
LIBRARIES = ("allauth.", "django.", "sellerdesk.core.http.", "sellerdesk.seller_api")


@dataclass(frozen=True)
class Page:
    name: str
    kind: str
    right: str
    params: tuple[str, ...]

    @property
    def own(self) -> list[str]:
        """Parameters that belong to somebody."""
        return [one for one in self.params
                if one not in SHARED and (self.name.partition(":")[0], one) not in OWN_COUNT]

    def thing(self, param: str) -> str:
        return RENAMED.get((self.name.partition(":")[0], param), param)

    def path(self, ids: dict[str, Any], **changed: Any) -> str:
        values = {one: SHARED_VALUES.get(one) if one in SHARED else ids[self.thing(one)] for one in self.params}
        return reverse(self.name, kwargs={**values, **changed})


def walk(patterns: Any, spaces: tuple[str, ...] = (), params: tuple[str, ...] = ()) -> Iterator[Page]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from walk(one.url_patterns, inner, (*params, *one.pattern.converters))
        elif isinstance(one, URLPattern):
            view = one.callback
            access = getattr(view, "access", None)
            if view.__module__.startswith(LIBRARIES) or not isinstance(access, tuple) or not one.name:
                continue
            found = (*params, *one.pattern.converters, *getattr(one.pattern, "regex", re.compile("")).groupindex)
            yield Page(":".join((*spaces, one.name)), *access, tuple(dict.fromkeys(found)))


def pages() -> list[Page]:
    return [page for page in walk(get_resolver().url_patterns) if not set(page.params) & BY_LINK]


def ids_of(world: Any) -> dict[str, Any]:
    from sellerdesk.accounts.models import SecurityEvent

    number = SecurityEvent.objects.filter(user=world.owner).order_by("number").values_list("number", flat=True).first()
    return {**world.ids, "history_number": number}


#: Acts of a list that go back to it and say in a message what became of the one row, found or not.
TOLD_IN_A_MESSAGE = {"pricing:save", "pricing:release_one", "pricing:discard_one", "inventory:save", "orders:pack",
                     "handover:label", "orders:hand_over", "returns:receive", "returns:dispose", "notifications:note"}


def ask(client: Client, page: Page, method: str, path: str) -> Any:
    client.cookies.pop("messages", None)
    return client.post(path, BODIES.get(page.name, {})) if method == "post" else client.get(path)


def test_D01_every_page_with_an_id_is_in_the_table(world):
    known = ids_of(world)
    lacking = [f"{page.name}: {one}" for page in pages() for one in page.own
               if page.kind in ("seller", "user") and known.get(page.thing(one)) is None]

    assert lacking == []
    assert len([page for page in pages() if page.kind == "seller"]) > 50


def test_D01_a_rival_meets_the_same_bytes_as_for_an_id_that_never_was_and_changes_nothing(world, rival):
    ids, client = ids_of(world), sign_in(rival.owner)
    before = rows_of(world.seller.id, world.owner.pk, world.ids["user_id"])
    faults = []
    for page in pages():
        if page.kind not in ("seller", "user") or not page.own:
            continue
        for param in page.own:
            real = ids[page.thing(param)]
            never: Any = NEVER_TEXT if isinstance(real, str) else NEVER
            # Other parameters are the rival's own, so that only this one is wrong.
            others = {one: ids_of(rival)[page.thing(one)] for one in page.own}
            for method in ("get", "post"):
                answers = []
                for tried in (real, never):
                    with undone():
                        path = page.path(ids_of(rival), **{**others, param: tried})
                        answer = ask(client, page, method, path)
                        answers.append(plain(answer, tried, world.seller.id))
                        if answer.status_code == 302:
                            told = plain(client.get("/account/"), tried)[2]
                            answers[-1] = (*answers[-1][:2], told)
                        if "ANNAMARK" in answers[-1][2]:
                            faults.append(f"{method} {page.name}: shows Anna's data")
                if answers[0] != answers[1]:
                    faults.append(f"{method} {page.name} {param}: {answers[0][:2]} is not {answers[1][:2]}")
                elif answers[0][0] not in (404, 405, 302 if page.name in TOLD_IN_A_MESSAGE else 404):
                    faults.append(f"{method} {page.name} {param}: {answers[0][0]}")

    assert faults == []
    assert rows_of(world.seller.id, world.owner.pk, world.ids["user_id"]) == before


def test_D01_nobody_gets_in_without_signing_in(world):
    ids, client, faults = ids_of(world), Client(), []
    for page in pages():
        if page.kind == "public":
            continue
        path = page.path({**ids, "item_id": 1, "problem_id": 1})
        for method in ("get", "post"):
            with undone():
                answer = ask(client, page, method, path)
            refused = answer.status_code == 405 or (
                answer.status_code == 302 and answer["Location"].startswith(("/accounts/login/", "/accounts/")))
            if not refused:
                faults.append(f"{method} {page.name}: {answer.status_code} {answer.headers.get('Location')}")

    assert faults == []


def test_D01_each_page_of_a_shop_opens_with_its_right_and_with_no_other(world, member):
    ids, client, owner, faults = ids_of(world), member(), sign_in(world.owner), []
    for page in pages():
        if page.kind != "seller":
            continue
        path = page.path(ids)
        for method in ("get", "post"):
            grant(permissions.SHOP_RIGHTS - {page.right})
            with undone():
                without = ask(client, page, method, path)
            if page.name == "home" and without.status_code == 302:
                continue  # they start with another page
            if without.status_code not in (403, 405) or (
                    without.status_code == 403 and page.right not in without.content.decode()):
                faults.append(f"{method} {page.name} without {page.right}: {without.status_code}")
            # The world's ticket is its owner's; a colleague sees those of others with a second right.
            grant({page.right, permissions.TICKET_VIEW} if page.name.startswith("support:") else {page.right})
            with undone():
                having = ask(client, page, method, path)
            with undone():
                owners = ask(owner, page, method, path)
            if page.name in PERSONAL and having.status_code == 404:
                continue
            # Nothing is there for nobody: 404 for the owner too. 403 is for rights one does not have to pass on.
            fine = {owners.status_code} if owners.status_code == 404 else {200, 204, 302, 405, 409, 422}
            if having.status_code not in fine and not (
                    having.status_code == 403 and page.right not in having.content.decode()):
                faults.append(f"{method} {page.name} with {page.right}: {having.status_code}")

    assert faults == []


def test_D01_pages_of_operators_do_not_exist_for_sellers_nor_shops_for_operators(world, operator_client):
    ids, anna, faults = {**ids_of(world), "item_id": 1, "problem_id": 1, "report_id": 1}, sign_in(world.owner), []
    for page in pages():
        path = page.path(ids) if page.kind in ("seller", "operator") else ""
        for method in ("get", "post"):
            if page.kind == "operator":
                with undone():
                    answer = ask(anna, page, method, path)
                if answer.status_code not in (404, 405):
                    faults.append(f"{method} {page.name} as a seller: {answer.status_code}")
            elif page.kind == "seller":
                with undone():
                    answer = ask(operator_client, page, method, path)
                if not (answer.status_code == 405 or (answer.status_code == 302 and "/console/" in answer["Location"])):
                    faults.append(f"{method} {page.name} as an operator: {answer.status_code}")

    assert faults == []


#: Addresses that take ids in what is sent, with what to send for somebody's things.
SENT = {
    "orders:bulk": lambda ids: {"action": "pack", "ids": [ids["number"]]},
    "handover:pick_list": lambda ids: {"ids": [ids["number"]]},
    "handover:packing_slips": lambda ids: {"ids": [ids["number"]]},
    "handover:labels": lambda ids: {"ids": [ids["delivered"]]},
    "catalog:products_bulk": lambda ids: {"action": "archive", "ids": [ids["product_id"]]},
    "pricing:percent": lambda ids: {"ids": str(ids["product_id"]), "percent": "10", "apply": "1", "seen": "x"},
    "pricing:quarantine_bulk": lambda ids: {"action": "release", "ids": [ids["item_id"]]},
    "returns:pass_remove": lambda ids: {"pass": ids["pass_id"]},
    "returns:bulk": lambda ids: {"action": "receive", "ids": [ids["return_id"]]},
    "promotions:requests_selected": lambda ids: {"do": "approve", "ids": [ids["discount_request_id"]]},
    "messaging:reviews_bulk": lambda ids: {"action": "PROCESSED", "ids": [ids["review_id"]]},
    "messaging:questions_bulk": lambda ids: {"action": "PROCESSED", "ids": [ids["question_id"]]},
    "sellers:switch": lambda ids: {"seller": ids["seller_id"]},
    "sellers:recovery": lambda ids: {"person": ids["user_id"], "new_email": "x@example.com", "story": "x"},
}


@pytest.mark.parametrize("name", SENT)
def test_D01_ids_in_what_is_sent_reach_nothing_of_a_rivals(name, world, rival):
    ids, client = ids_of(world), sign_in(rival.owner)
    before = rows_of(world.seller.id, world.owner.pk, world.ids["user_id"])
    never = {key: NEVER_TEXT if isinstance(value, str) else NEVER for key, value in ids.items()}
    answers = []
    for tried in (ids, never):
        with undone():
            sent = SENT[name](tried)
            client.cookies.pop("messages", None)
            answer = client.post(reverse(name), sent)
            shown = plain(answer, *[one for value in sent.values() for one in (value if isinstance(value, list) else [value])])
            told = plain(client.get("/account/"), *tried.values())[2] if answer.status_code == 302 else ""
            answers.append((shown, told))
            assert rows_of(world.seller.id, world.owner.pk, world.ids["user_id"]) == before

    assert answers[0] == answers[1]


@pytest.mark.parametrize("query", ["warehouse={warehouse_id}", "q={number}", "q={sku}", "c={cursor}"])
@pytest.mark.parametrize("name", ["orders:postings", "inventory:stocks", "catalog:products", "pricing:prices",
                                  "returns:returns", "finance:balance", "messaging:chats", "messaging:reviews",
                                  "messaging:questions"])
def test_D01_filters_and_cursors_find_nothing_of_a_rivals(name, query, world, rival):
    from sellerdesk.core.db import cursor_encode

    try:
        address = reverse(name)
    except NoReverseMatch:
        pytest.fail(f"{name} is gone")
    ids = {**ids_of(world), "cursor": cursor_encode("n", world.ids["product_id"])}

    page = sign_in(rival.owner).get(f"{address}?tab=all&{query.format(**ids)}").content.decode()

    assert "ANNAMARK" not in page
    assert world.ids["number"] not in page.replace(query.format(**ids), "").replace(f'value="{ids["number"]}"', "")
