"""Keeping papers: as made, searchable, for as long as the dated rule says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from sellerdesk.core import activity, clock, storage
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.handover import events, queries
from sellerdesk.handover.errors import PaperUnknown
from sellerdesk.handover.models import Paper
from sellerdesk.handover.types import LABELS, PaperFile
from sellerdesk.logistics import services as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.sellers.types import SellerRef

TYPES = {"pdf": "application/pdf", "zpl": "application/zpl"}
_A_TURN = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper just made."""

    id: int
    file: PaperFile


def maker(actor: Actor) -> str:
    """Who made something, as `queries.Viewer.maker_id` spells it."""
    return f"{actor.kind}:{actor.id}"[:40]


def keep(*, seller: SellerRef, kind: str, form: str, name: str, data: bytes, numbers: Sequence[str], pages: int,
         actor: Actor, now: datetime, warehouse_id: int = 0, carriage_id: int | None = None,
         source_version: int = 0, language: str = "", search: Sequence[str] = ()) -> Kept:
    """Put a paper into the archive. `numbers` are the postings on it, `search` what else finds it."""
    with atomic():
        days = dated.get("handover.kept", kind, now).value["days"]
        made = Paper.objects.create(
            seller_id=seller.id, kind=kind, form=form, name=name[:120], carriage_id=carriage_id,
            source_version=source_version, language=language, warehouse_id=warehouse_id, postings=len(numbers),
            numbers=list(numbers), pages=pages, size_bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            file_key=storage.save_bytes(f"papers/{seller.id}", data, form),
            keep_until=now + timedelta(days=days), created_at=now, maker_id=maker(actor),
            maker_label=actor.label[:200], search_text=orders.folded(name, *numbers, *search))
        activity.record(events.PAPER_MADE, now=now, actor=actor, seller_id=seller.id, target_type="paper",
                        target_id=made.pk, target_label=name,
                        data={"kind": kind, "form": form, "postings": len(numbers)})
        return Kept(made.pk, PaperFile(f"{made.name}.{form}", TYPES[form], data))


def open_paper(*, seller: SellerRef, paper_id: int, viewer: queries.Viewer = queries.EVERYBODY,
               of_carriage: bool = False) -> PaperFile:
    """The bytes of a paper, exactly as first made; with `of_carriage` of a carriage's only. Raises PaperUnknown."""
    row = _there(seller, paper_id, viewer)
    if of_carriage and row.carriage_id is None:
        raise PaperUnknown(paper_id)
    return PaperFile(f"{row.name}.{row.form}", TYPES[row.form], storage.open_bytes(row.file_key))


def reprint(*, seller: SellerRef, paper_id: int, viewer: queries.Viewer = queries.EVERYBODY) -> None:
    """Count that a paper is printed again; labels are counted for each of their parcels too. Raises PaperUnknown."""
    with atomic():
        row = _there(seller, paper_id, viewer)
        Paper.objects.filter(pk=row.pk).update(reprints=F("reprints") + 1)
        if row.kind == LABELS:
            logistics.note_labels(seller=seller, numbers=row.numbers)


def _there(seller: SellerRef, paper_id: int, viewer: queries.Viewer) -> Paper:
    rows = queries.visible(seller, viewer).exclude(file_key="")
    row = rows.filter(pk=paper_id).first() if 0 < paper_id < 2**63 else None
    if row is None:
        raise PaperUnknown(paper_id)
    return row


def end_terms(*, now: datetime) -> int:
    """Delete the files whose term is over, of all shops; returns how many. Doing it again changes nothing."""
    done = 0
    while True:
        rows = list(Paper.objects.filter(clock.shops(), keep_until__lte=now).exclude(file_key="")
                    .order_by("keep_until", "id").values_list("id", "file_key")[:_A_TURN])
        if not rows:
            return done
        # The row first: a file without a row is garbage, a row without its file would be a promise not kept.
        Paper.objects.filter(id__in=[id_ for id_, _ in rows]).update(file_key="")
        for _, key in rows:
            storage.delete(key)
        done += len(rows)


def forget_shop(*, seller_id: int) -> int:
    """A shop closed: papers that name buyers go at once, the others at their term. Returns how many files went."""
    rows = list(Paper.objects.filter(seller_id=seller_id, kind__in=("labels", "packing_slip")).exclude(file_key="")
                .values_list("id", "file_key"))
    Paper.objects.filter(id__in=[id_ for id_, _ in rows]).update(file_key="", search_text="")
    for _, key in rows:
        storage.delete(key)
    return len(rows)
