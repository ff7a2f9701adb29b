"""Two shops full of things: Anna's, whose ids are tried, and Clara's, who tries them."""

from __future__ import annotations

import hashlib
import json
import re
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
from sellerdesk.catalog import services as catalog
from sellerdesk.catalog.types import ProductDraft
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute, fetch_all, is_postgres
from sellerdesk.core.models import SavedView
from sellerdesk.finance.models import Transaction
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.models import CustomRole, Document, LegalChange, Membership
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.services import invitations, roles
from sellerdesk.sellers.team_types import Terms
from sellerdesk.sellers.types import SellerRef
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
    task = catalog.importing.submit_items(seller=seller, actor=actor, now=now, items=[
        ProductDraft(offer_id=f"{mark}-9", name=f"{mark} imported", type_id=91101, category_id=17000101)])
    key = sellers.create_key(seller=seller, name=f"{mark} key", roles=["Admin"], actor=actor, user_id=owner.pk,
                             real_now=now)
    sellers.add_member(seller=seller, user_id=staff.pk, role="warehouse", label=str(staff), actor=actor, now=now)
    role = roles.create_role(seller=seller, name=f"{mark} role", rights=["orders:posting:view"], actor=actor,
                             real_now=now)
    invitation = invitations.invite(seller=seller, email=f"{mark.lower()}@example.com", terms=Terms("analyst"),
                                    language="en", actor=actor, real_now=now)
    paper = Document.objects.create(seller_id=seller.id, item_key="charter", file_name=f"{mark}.pdf", size_bytes=1,
                                    content_type="application/pdf", sha256="0", storage_key="none",
                                    uploaded_by=owner, created_at=now)
    change = LegalChange.objects.create(seller_id=seller.id, changes={"legal_name": mark}, requested_by=owner,
                                        created_at=now)
    view = SavedView.objects.create(user_id=owner.pk, seller_id=seller.id, page="orders.postings", name=mark,
                                    created_at=now)
    device = KnownDevice.objects.create(user=owner, token_hash=mark, first_seen_at=now, last_seen_at=now)
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={"name": mark, "credential": {}})
    session = UserSession.objects.create(user=owner, session_key=mark, ip="127.0.0.1", user_agent="x", data={})
    lost = RecoveryRequest.objects.create(user=staff, email=f"lost-{mark.lower()}@example.com", story=mark,
                                          cancel_hash=mark, created_at=now, available_at=now + timedelta(days=3))
    return World(owner, stall, {
        "product_id": stall.mug, "warehouse_id": stall.warehouse_id, "number": waiting, "delivered": delivered,
        "task_id": task, "return_id": came.return_id, "key_id": key.id, "user_id": staff.pk, "role_id": role,
        "role": reading.own_role(seller, role).key, "invitation_id": invitation, "change_id": change.pk,
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
    from sellerdesk.catalog.models import Product
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


