"""Two shops full of things: Anna's, whose ids are tried, and Clara's, who tries them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import transaction
from django.db.models import AutoField, BigAutoField
from django.test import Client

from sellerdesk.accounts.models import KnownDevice, RecoveryRequest, User
from sellerdesk.analytics.models import Idea, MailPlan, Report
from sellerdesk.catalog import queries as reading_catalog
from sellerdesk.catalog import services as catalog
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import ModerationCase, PaperFile
from sellerdesk.catalog.services import certificates
from sellerdesk.catalog.types import ProductDraft
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.db import as_owner, execute, fetch_all, is_postgres
from sellerdesk.core.models import SavedView
from sellerdesk.finance.models import Document as MoneyDocument
from sellerdesk.finance.models import Settlement, Transaction
from sellerdesk.handover import queries as papers
from sellerdesk.handover import services as handover
from sellerdesk.handover.types import PassInput
from sellerdesk.messaging import services as talking
from sellerdesk.messaging.rules import key_of, message_number
from sellerdesk.messaging.types import QuestionInput, ReviewInput, Said
from sellerdesk.notifications.models import Delivery, Endpoint, Note, Push
from sellerdesk.orders import services as selling
from sellerdesk.orders.models import Fault, Posting
from sellerdesk.orders.queries import ledger
from sellerdesk.orders.services import terms
from sellerdesk.orders.types import CancelWish
from sellerdesk.pricing import queries as pricing_queries
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import services as promotions
from sellerdesk.promotions.models import Strategy
from sellerdesk.promotions.types import JoinInput
from sellerdesk.promotions.types import Terms as PromotionTerms
from sellerdesk.returns import services as returns
from sellerdesk.returns.models import Claim, Giveout, Return
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.models import Approval, CustomRole, Document, JoinRequest, LegalChange, Membership
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.services import invitations, roles
from sellerdesk.sellers.team_types import Terms
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import services as supplies
from sellerdesk.supply.types import CargoInput, ItemInput
from sellerdesk.support import services as support
from sellerdesk.support.models import TicketFile
from sellerdesk.support.types import Attached
from tests import cookies
from tests.stall import Stall, build

NEVER = 987_654_321
NEVER_TEXT = "98765432-0001"


@pytest.fixture(autouse=True)
def _ids_that_stand_out(db: None) -> None:
    """Numbers of nine digits, other ones in each table, so that an id can be told from any other figure on a page."""
    for at, model in enumerate(apps.get_models()):
        column = model._meta.pk
        if not isinstance(column, (AutoField, BigAutoField)):
            continue
        table, start = model._meta.db_table, 400_000_000 + 100_000 * at
        if is_postgres():
            with as_owner():
                fetch_all("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column.column, start])
        else:
            execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    cookies.prove_now(client, user)
    return client


@dataclass
class World:
    """A shop with one of everything that has an id."""

    owner: User
    stall: Stall
    ids: dict[str, Any] = field(default_factory=dict)

    @property
    def seller(self) -> SellerRef:
        return self.stall.seller


def fill(owner: User, stall: Stall, mark: str, staff: User) -> World:
    """`mark` stands in every text that somebody may type, so that it can be looked for elsewhere."""
    seller, now = stall.seller, stall.now
    actor = Actor.user(owner.pk, str(owner))
    delivered, waiting = stall.handed_over()[0], stall.place(stall.request(buyer=f"{mark} buyer"))[0]
    stall.scan(delivered, "accepted", "at_pickup_point", "delivered")
    came = returns.request_returns(seller=seller, actor=Actor.buyer(mark), requests=[
        ReturnRequest(delivered, stall.sku(stall.mug), 1, "defective", now)])[0]
    returns.advance(return_ids=[came.return_id], to_state="arrived", at=now, actor=Actor.courier(mark))
    own, carried = stall.handed_over(stall.request((stall.mug, 1)), stall.request((stall.mug, 1)))
    for number in (own, carried):
        stall.scan(number, "accepted", "at_pickup_point", "delivered")
    Posting.objects.filter(number=own).update(scheme="rfbs", integration="non_integrated")
    wishes = returns.request_returns(seller=seller, actor=Actor.buyer(mark), requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", now, f"{mark} says") for number in (own, carried)])
    returns.advance(return_ids=[wishes[1].return_id], to_state="arrived", at=now, actor=Actor.courier(mark))
    returns.receive_many(seller=seller, return_ids=[wishes[1].return_id], actor=actor, now=now)
    gone = stall.place()[0]
    selling.cancel_posting(seller=seller, number=gone, reason_id=402, message=f"{mark} broke it", by="seller", actor=actor,
                           now=now)
    fault = Fault.objects.get(number=gone)
    dispute = terms.open_dispute(seller=seller, fault_id=fault.pk, text=f"{mark} was not at fault", actor=actor, now=now,
                                 files=[Upload(f"{mark}.txt", f"{mark} proof".encode())])
    mine = stall.place()[0]
    Posting.objects.filter(number=mine).update(scheme="rfbs", integration="non_integrated")
    asked = selling.ask_to_cancel(seller=seller, actor=Actor.buyer(mark), wishes=[
        CancelWish(mine, 505, f"{mark} asks", now)])[0].request_id
    Claim.objects.filter(pk=wishes[0].claim_id).update(state="ReceivedBySeller")
    [packed] = stall.packed(stall.request(buyer=f"{mark} buyer"))
    batch = handover.start_batch(seller=seller, numbers=[packed], actor=actor, now=now, language="en", at_once=True)
    carriage = handover.create_carriage(
        seller=seller, method_id=Posting.objects.get(number=packed).delivery_method_id, departs_on=None, actor=actor,
        now=now)
    [car] = handover.add_passes(seller=seller, carriage_id=carriage, actor=actor, now=now, passes=[PassInput(
        f"{mark} driver", "+7 900 000-11-22", mark, "A123BC77")])
    task = catalog.importing.submit_items(seller=seller, actor=actor, now=now, items=[
        ProductDraft(offer_id=f"{mark}-9", name=f"{mark} imported", type_id=91101, category_id=17000101)])
    key = sellers.create_key(seller=seller, name=f"{mark} key", roles=["Admin"], actor=actor, user_id=owner.pk,
                             real_now=now)
    sellers.add_member(seller=seller, user_id=staff.pk, role="warehouse", label=str(staff), actor=actor, now=now)
    role = roles.create_role(seller=seller, name=f"{mark} role", rights=["orders:posting:view"], actor=actor,
                             real_now=now)
    invitation = invitations.invite(seller=seller, email=f"{mark.lower()}@example.com", terms=Terms("analyst"),
                                    language="en", actor=actor, real_now=now)
    asker = User.objects.create(email=f"asks-{mark.lower()}@example.com", name=f"{mark} asks")
    join = JoinRequest.objects.create(seller_id=seller.id, user=asker, text=mark, created_at=now,
                                      expires_at=now + timedelta(days=14))
    paper = Document.objects.create(seller_id=seller.id, item_key="charter", file_name=f"{mark}.pdf", size_bytes=1,
                                    content_type="application/pdf", sha256="0", storage_key="none",
                                    uploaded_by=owner, created_at=now)
    change = LegalChange.objects.create(seller_id=seller.id, changes={"legal_name": mark}, requested_by=owner,
                                        created_at=now)
    certificate = certificates.create(
        seller=seller, actor=actor, now=now, product_ids=[stall.mug], files=[(f"{mark}.pdf", b"%PDF-1.4\n%%EOF\n")],
        paper=certificates.Paper("declaration", f"{mark}-1", f"{mark} paper", now.date()))
    case = ModerationCase.objects.create(seller_id=seller.id, product_id=stall.mug, kind="new", opened_at=now,
                                         due_at=now, comment=mark, after={"name": mark})
    view = SavedView.objects.create(user_id=owner.pk, seller_id=seller.id, page="orders.postings", name=mark,
                                    created_at=now)
    device = KnownDevice.objects.create(user=owner, token_hash=mark, first_seen_at=now, last_seen_at=now)
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={"name": mark, "credential": {}})
    approval = Approval.objects.create(seller_id=seller.id, kind="key_write", label=mark, asked_by=staff, asked_at=now,
                                       expires_at=now + timedelta(days=3))
    session = UserSession.objects.create(user=owner, session_key=mark, ip="127.0.0.1", user_agent="x", data={})
    lost = RecoveryRequest.objects.create(user=staff, email=f"lost-{mark.lower()}@example.com", story=mark,
                                          cancel_hash=mark, created_at=now, available_at=now + timedelta(days=3))
    pricing.set_prices(seller=seller, changes=[PriceInput(product_id=stall.pan, price="9")], actor=actor, now=now)
    [held] = pricing_queries.waiting(seller)
    run = pricing.start(seller=seller, search="", category_id=0, title=mark, actor=actor, now=now, rule={
        "field": "price", "percent_bp": 300, "formula": "", "rounding": "cents", "with_old": False})
    manual = catalog.productfiles.store(seller=seller, name=f"{mark}.pdf", now=now,
                                        data=f"%PDF-1.4\n% {mark}\n%%EOF\n".encode())
    Product.objects.filter(pk=stall.mug).update(documents=[
        {"id": manual.id, "name": manual.name, "source": "", "state": "ready"}])
    uploaded = catalog.picturefiles.upload(seller=seller, files=[(f"{mark}.png", io.BytesIO(mark.encode()))],
                                           actor=actor, now=now)
    note = Note.objects.create(seller_id=seller.id, user_id=owner.pk, kind="orders", event="orders.posting.created",
                               group=mark, values={"target": mark}, link="/orders/", happened_at=now, created_at=now)
    address = Endpoint.objects.create(seller_id=seller.id, url=f"https://{mark.lower()}.example.com/", secret="x",
                                      types=["TYPE_NEW_POSTING"], state="off", created_at=now)
    push = Push.objects.create(seller_id=seller.id, uid=f"msg_{mark}", type="TYPE_NEW_POSTING", key=mark,
                               body={"mark": mark}, happened_at=now, created_at=now)
    delivery = Delivery.objects.create(seller_id=seller.id, endpoint=address, push=push, key=mark, state="dropped",
                                       type="TYPE_NEW_POSTING", next_at=now, created_at=now)
    settled = Settlement.objects.create(
        seller_id=seller.id, number=1, kind="period", start_day=now.date(), end_day=now.date(), from_at=now, until_at=now,
        currency=seller.currency, opening_minor=0, accrued_minor=1, payout_minor=1, closing_minor=0, state="awaiting",
        pay_by=now.date(), planned_at=now, closed_at=now, changed_at=now)
    written = MoneyDocument.objects.create(
        seller_id=seller.id, code=f"REPORT_{mark}", kind="compensation", number=mark, start_day=now.date(),
        end_day=now.date(), language="en", currency=seller.currency, created_at=now, expires_at=now + timedelta(days=9))
    drafts = [supplies.create_draft(
        seller=seller, kind="direct", cluster_id=4001, items=[ItemInput(stall.sku(stall.mug), 2)], partial=False,
        actor=actor, now=now, real_now=now) for _ in range(2)]
    supply = supplies.create_supply(seller=seller, draft_id=drafts[0], storage_id=1_020_004_000_000_101,
                                    slot_from=(now + timedelta(days=1)).replace(hour=9, minute=0, second=0,
                                                                                microsecond=0), actor=actor, now=now)
    [(_, cargo)] = supplies.set_cargoes(seller=seller, supply_id=supply, replace=True, actor=actor, now=now, cargoes=[
        CargoInput(mark, "box", ((stall.sku(stall.mug), 2),))])
    done, _ = supplies.attempt(seller=seller, kind="pass", supply_id=supply, now=now, act=lambda: None, word=lambda _: ())
    buyer = Actor.buyer(mark)
    [chat] = talking.buyers_say(seller=seller, actor=buyer, said=[Said(waiting, f"{mark} asks where it is", now)])
    said = talking.send(seller=seller, chat_id=chat, text=f"{mark} answers", actor=actor, now=now)
    sheet = talking.send_file(seller=seller, chat_id=chat, name=f"{mark}.pdf", data=b"%PDF-1.4\n%%EOF", actor=actor, now=now)
    talking.write_note(seller=seller, chat_id=chat, text=f"{mark} notes", actor=actor, now=now)
    ready = talking.save_template(seller=seller, name=f"{mark} hello", text=mark, actor=actor, now=now)
    [opinion] = talking.write_reviews(seller=seller, actor=buyer, reviews=[
        ReviewInput(delivered, stall.sku(stall.mug), 2, f"{mark} is too small", now, mark)])
    [wonders] = talking.ask_questions(seller=seller, actor=buyer, questions=[
        QuestionInput(stall.mug, f"What size is {mark}?", now, mark)])
    told = talking.reply(seller=seller, review_id=opinion, text=f"{mark} is sorry", actor=actor, now=now)
    talking.answer(seller=seller, question_id=wonders, text=f"{mark} is 8 cm", actor=actor, now=now)
    ticket_id = support.open_ticket(
        seller=seller, user_id=owner.pk, email=owner.email, language="en", topic="money.fee", subject=f"{mark} asks",
        text=f"{mark} wants to know more", attached=Attached(), files=[Upload(f"{mark}.txt", mark.encode())],
        actor=actor, now=now)
    ticket_file = TicketFile.objects.get(message__ticket_id=ticket_id)
    action = promotions.create_own(seller=seller, actor=actor, now=now, terms=PromotionTerms(
        "discount", mark, now, now + timedelta(days=9), discount_bp=500))
    promotions.join(seller=seller, action_id=action, rows=[JoinInput(product_id=stall.mug)], actor=actor, now=now)
    promotions.move_own(seller=seller, action_id=action, state="active", actor=actor, now=now)
    strategy = Strategy.objects.create(id=uuid.uuid5(uuid.NAMESPACE_DNS, mark), seller_id=seller.id, name=mark,
                                       update_type="strategyCreated", updated_at=now, stop_loss_bp=3000, enabled=False,
                                       actor={})
    wish_id = promotions.ask(seller=seller, product_id=stall.mug, buyer_name=mark, buyer=mark, quantity=1, comment=mark,
                             requested_minor=800_00, actor=actor, now=now)
    report = Report.objects.create(seller_id=seller.id, code=f"REPORT_{mark}", kind="products", format="csv", title=mark,
                                   language="en", time_zone="UTC", created_at=now, expires_at=now + timedelta(days=30))
    plan = MailPlan.objects.create(seller_id=seller.id, user_id=owner.pk, email=owner.email, name=mark, every="day", hour=9,
                                   time_zone="UTC", language="en", format="csv", next_at=now, created_at=now)
    idea = Idea.objects.create(seller_id=seller.id, title=f"{mark} idea", owner_id=owner.pk, created_at=now)
    return World(owner, stall, {
        "figures_report_id": report.pk, "plan_id": plan.pk, "idea_id": idea.pk,
        "action_id": action, "strategy_id": str(strategy.pk), "discount_request_id": wish_id,
        "ticket_id": ticket_id, "ticket_file_id": ticket_file.pk,
        "draft_id": drafts[1], "supply_id": supply, "cargo_id": cargo, "operation_id": done,
        "supply_number": 2_000_000_000_000 + supply, "act_id": supply * 10 + 1,
        "settlement_id": settled.pk, "money_document_id": written.pk, "report_code": written.code,
        "note_id": note.pk, "endpoint_id": address.pk, "delivery_id": delivery.pk,
        "chat_id": chat, "message_id": said, "sheet_id": sheet, "template_id": ready, "review_id": opinion,
        "question_id": wonders, "reply_id": told, "chat_key": key_of("chat", chat), "review_key": key_of("review", opinion),
        "question_key": key_of("question", wonders), "reply_key": key_of("reply", told),
        "message_number": message_number(said),
        "report_id": talking.report_chat(seller=seller, chat_id=chat, reason="spam", comment=mark, actor=actor, now=now),
        "label_batch_id": batch, "carriage_id": carriage, "pass_id": car, "paper_id": papers.batch(seller, batch).paper_id,
        "proposal_id": 1, "version_id": reading_catalog.changes.of_product(seller, stall.mug).rows[0].change.id,
        "certificate_id": certificate, "certificate_number": f"{mark}-1", "case_id": case.pk,
        "file_id": PaperFile.objects.get(certificate_id=certificate).pk,
        "product_file_id": manual.id, "upload_id": uploaded, "item_id": held.id, "run_id": run, "batch_id": reading_catalog.changes.batches(seller).rows[0].id, "product_id": stall.mug, "warehouse_id": stall.warehouse_id, "number": waiting, "delivered": delivered,
        "task_id": task, "return_id": came.return_id, "claim_id": wishes[0].claim_id, "cancellation_id": asked,
        "fault_id": fault.pk, "dispute_id": dispute,
        "dispute_file_id": ledger.dispute_files(seller, dispute)[0].id,
        "place_id": Return.objects.get(pk=came.return_id).place_id,
        "giveout_id": Giveout.objects.get(seller_id=seller.id).pk, "key_id": key.id, "user_id": staff.pk, "role_id": role,
        "role": reading.own_role(seller, role).key, "invitation_id": invitation, "change_id": change.pk, "approval_id": approval.pk, "join_id": join.pk,
        "document_id": paper.pk, "view_id": view.pk, "device_id": device.pk, "passkey_id": passkey.pk,
        "session_id": session.pk, "request_id": lost.pk, "seller_id": seller.id,
        "transaction_id": Transaction.objects.filter(seller_id=seller.id).values_list("pk", flat=True).first(),
        "sku": stall.sku(stall.mug)})


@pytest.fixture
def world(anna: User, boris: User, shop: SellerRef, actor: Actor, now: Any, fresh_limits: None) -> World:
    """Anna's."""
    return fill(anna, build(shop, actor, now), "ANNAMARK", boris)


@pytest.fixture
def rival(clara: User, dated_rules: None, rival_shop: SellerRef, now: Any, fresh_limits: None) -> World:
    """Clara's, with the same offer ids."""
    clerk = User.objects.create_user("carl@example.com", "x" * 20, name="CLARAMARK clerk")
    stall = build(rival_shop, Actor.user(clara.pk, "CLARAMARK"), now)
    from sellerdesk.inventory.models import Warehouse

    Product.objects.filter(seller_id=rival_shop.id).update(name="CLARAMARK mug", search_text="mug claramark")
    Warehouse.objects.filter(seller_id=rival_shop.id).update(name="CLARAMARK depot")
    return fill(clara, stall, "CLARAMARK", clerk)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace, so that hundreds of requests meet the same world."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


@pytest.fixture
def member(shop: SellerRef, now: Any) -> Callable[..., Client]:
    """Somebody in Anna's shop with exactly these rights; the rights can be changed later by `grant`."""

    def make() -> Client:
        user = User.objects.create_user("nina@example.com", "x" * 20, name="Nina")
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        CustomRole.objects.create(seller_id=shop.id, key="own-nina", name="Nina's", rights=[], created_at=now)
        Membership.objects.create(user=user, seller_id=shop.id, role="own-nina", created_at=now)
        return sign_in(user)

    return make


def grant(rights: Any) -> None:
    CustomRole.objects.filter(key="own-nina").update(rights=sorted(rights))


_CHANGING = re.compile(
    r'\b[A-Za-z0-9]{64}\b|<code>[\w-]{20,}</code>')


def plain(response: Any, *texts: Any) -> tuple[int, str, str]:
    """Status, place and text of an answer, without what changes with every request and without the id tried."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [unescape(body.decode("utf-8", "replace")), response.headers.get("Location", "")]
    for text in sorted({str(one) for one in texts}, key=len, reverse=True):
        # Only what stands out: a word of two letters is on every page.
        if len(text) > 5:
            parts = [part.replace(text, "#") for part in parts]
    return response.status_code, parts[1], _CHANGING.sub("", parts[0])


def rows_of(seller_id: int, *user_ids: int) -> str:
    """A digest of every row that belongs to a shop or to these people, over all tables."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        columns = {one.attname for one in model._meta.concrete_fields}
        if model._meta.label == "sellers.Seller":
            rows = model._default_manager.filter(pk=seller_id)
        elif "seller_id" in columns:
            rows = model._default_manager.filter(seller_id=seller_id)
        elif "user_id" in columns and user_ids:
            rows = model._default_manager.filter(user_id__in=user_ids)
        else:
            continue
        for row in rows.order_by("pk").values_list():
            digest.update(json.dumps([model._meta.label, row], default=str).encode())
    return digest.hexdigest()


