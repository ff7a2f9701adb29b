"""Reading batches, papers and carriages. `viewer` narrows to what people of single warehouses may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.urls import reverse

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.db import cursor_decode, cursor_encode, fetch_all, json_param, json_rows
from sellerdesk.core.errors import Invalid
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.finance.queries import rates
from sellerdesk.finance.types import RateRow
from sellerdesk.handover import rules, states, texts
from sellerdesk.handover.errors import BatchUnknown, CarriageUnknown, PaperUnknown
from sellerdesk.handover.models import ArrivalPass, Carriage, CarriageParcel, LabelBatch, Paper, PrintChoice
from sellerdesk.handover.types import (
    PASS_HOURS,
    BatchCard,
    CarriageFilter,
    CarriageRow,
    DeclarationLine,
    Declarations,
    DeclarationSum,
    Export,
    PaperFilter,
    PaperRow,
    ParcelRow,
    PassFilter,
    PassRow,
    Printing,
    Unprinted,
    Waiting,
)
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.orders.queries import handing
from sellerdesk.orders.types import LineRow, PackedRow, PostingCard
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: of these warehouses only, where some are named; what one made oneself is seen in any case."""

    warehouse_ids: tuple[int, ...] = ()
    maker_id: str = ""


EVERYBODY = Viewer()


def printing(seller: SellerRef) -> Printing:
    """How the shop prints labels. One query."""
    row = PrintChoice.objects.filter(seller_id=seller.id).values_list("size", "kind", "first_cell").first()
    return Printing(*row) if row else Printing()


def batch(seller: SellerRef, batch_id: int, viewer: Viewer = EVERYBODY) -> BatchCard:
    """Raises BatchUnknown. One query."""
    rows = _narrowed(LabelBatch.objects.filter(seller_id=seller.id), viewer)
    row = rows.filter(pk=batch_id).first() if 0 < batch_id < 2**63 else None
    if row is None:
        raise BatchUnknown(batch_id)
    return BatchCard(
        row.pk, row.state, row.size, row.kind, row.total, row.printed,
        tuple(Unprinted(number, code, datetime.fromisoformat(at) if at else None)
              for number, code, at in row.unprinted),
        row.paper_id, row.created_at, row.done_at, row.job_id, row.first_cell)


def _narrowed(rows: QuerySet, viewer: Viewer) -> QuerySet:
    if not viewer.warehouse_ids:
        return rows
    return rows.filter(Q(warehouse_id__in=viewer.warehouse_ids) | Q(maker_id=viewer.maker_id))


def visible(seller: SellerRef, viewer: Viewer = EVERYBODY) -> QuerySet[Paper]:
    """The shop's papers that this person may see."""
    return _narrowed(Paper.objects.filter(seller_id=seller.id), viewer)


_PAPER = ("id", "kind", "form", "name", "carriage_id", "postings", "pages", "size_bytes", "created_at", "maker_label",
          "reprints", "file_key", "keep_until")


def papers_page(seller: SellerRef, *, filter: PaperFilter, viewer: Viewer = EVERYBODY, cursor: str | None = None,
                limit: int = 50) -> Page[PaperRow]:
    """A page of the archive, newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = visible(seller, viewer)
    if filter.kinds:
        rows = rows.filter(kind__in=filter.kinds)
    if filter.carriage_id:
        rows = rows.filter(carriage_id=filter.carriage_id)
    if filter.since:
        rows = rows.filter(created_at__gte=filter.since)
    if filter.to:
        rows = rows.filter(created_at__lt=filter.to)
    for word in orders.folded(filter.search[:200]).split():
        rows = rows.filter(search_text__contains=word)
    backwards = False
    if cursor:
        last_id, backwards = cursor_decode(cursor, 2)
        if not isinstance(last_id, int):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
        rows = rows.filter(id__gt=last_id) if backwards else rows.filter(id__lt=last_id)
    found = [_paper(row) for row in rows.order_by("id" if backwards else "-id").values_list(*_PAPER)[:limit + 1]]
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    return Page(found, cursor_encode(found[-1].id, False) if more or backwards else "",
                cursor_encode(found[0].id, True) if (more if backwards else bool(cursor)) else "")


def _paper(row: tuple) -> PaperRow:
    (id_, kind, form, name, carriage_id, postings, pages, size, at, maker, reprints, key, keep_until) = row
    return PaperRow(id_, kind, form, name, carriage_id, postings, pages, size, at, maker, reprints, bool(key),
                    keep_until)


def kept_paper(seller: SellerRef, carriage_id: int, kind: str, version: int, language: str) -> int | None:
    """The paper of a carriage as it is now, if it was made before. One query."""
    return Paper.objects.filter(
        seller_id=seller.id, carriage_id=carriage_id, kind=kind, source_version=version, language=language).exclude(
        file_key="").order_by("-id").values_list("id", flat=True).first()


def has_paper(seller: SellerRef, carriage_id: int, kind: str) -> bool:
    """Whether such a paper of a carriage was ever made. One query."""
    return Paper.objects.filter(seller_id=seller.id, carriage_id=carriage_id, kind=kind).exists()


def barcode_text(carriage_id: int) -> str:
    """What stands in bars on a carriage's papers. No query."""
    return rules.barcode(carriage_id)


def papers_of(seller: SellerRef, posting_number: str, viewer: Viewer = EVERYBODY, limit: int = 5) -> list[PaperRow]:
    """The latest papers a posting stands on whose files are there. One query."""
    word = orders.folded(posting_number)
    return [_paper(row) for row in visible(seller, viewer).filter(search_text__contains=word).exclude(file_key="")
            .order_by("-id").values_list(*_PAPER)[:limit]]


# How long a link of the API to a file can be used, real time.
LINK_SECONDS = 24 * 3600
_SALT = "handover.paper"
_DECLARATION = "handover.declaration"


def unprinted_text(code: str) -> Any:
    """Why a posting has no label, lazily translated."""
    return texts.UNPRINTED[code]


def file_path(seller: SellerRef, paper_id: int) -> str:
    """A path under which a program without a session can fetch a paper for a day. No query."""
    token = signing.dumps([seller.id, paper_id], salt=_SALT, compress=True)
    return reverse("handover:file", args=[token])


def of_token(token: str) -> tuple[int, int]:
    """Shop and paper of such a link. Raises PaperUnknown for one that is too old or not ours."""
    try:
        seller_id, paper_id = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise PaperUnknown(0) from None
    return int(seller_id), int(paper_id)


def kind_text(kind: str) -> Any:
    """What a kind of paper is called, lazily translated."""
    return texts.KINDS[kind]


def carriage_text(state: str) -> tuple[Any, str]:
    """A carriage's state in words, lazily translated, and its tone."""
    return texts.CARRIAGES[state]


# -- carriages ---------------------------------------------------------------------------------------------------


def carriage_rows(seller: SellerRef, viewer: Viewer = EVERYBODY) -> QuerySet[Carriage]:
    """The shop's carriages that this person may see: those of their warehouses."""
    rows = Carriage.objects.filter(seller_id=seller.id)
    return rows.filter(warehouse_id__in=viewer.warehouse_ids) if viewer.warehouse_ids else rows


def passes(seller: SellerRef, where: PassFilter, *, viewer: Viewer = EVERYBODY, cursor: str | None = None,
           limit: int = 100) -> Page[PassRow]:
    """Passes by number, those for warehouses that the viewer sees. One query. Raises Invalid `cursor_invalid`."""
    rows = ArrivalPass.objects.filter(seller_id=seller.id)
    if viewer.warehouse_ids:
        rows = rows.filter(warehouse_id__in=viewer.warehouse_ids)
    if where.ids:
        rows = rows.filter(pk__in=where.ids)
    if where.carriage_id is not None:
        rows = rows.filter(carriage_id=where.carriage_id)
    if where.returns is not None:
        rows = rows.filter(carriage__isnull=where.returns) if not where.returns else rows.filter(
            Q(carriage__isnull=True) | Q(with_returns=True))
    if where.warehouse_ids:
        rows = rows.filter(warehouse_id__in=where.warehouse_ids)
    if where.place_ids:
        rows = rows.filter(place_id__in=where.place_ids)
    if where.active_at:
        rows = rows.filter(arrives_at__gt=where.active_at - timedelta(hours=PASS_HOURS)).exclude(
            carriage__state=states.CANCELLED)
    return keyset(rows, "id", cursor=cursor, limit=limit, columns=_PASS).map(lambda row: PassRow(*row))


_PASS = ("id", "carriage_id", "warehouse_id", "place_id", "driver", "phone", "model", "plate", "with_returns",
         "arrives_at", "carriage__state")


def in_live_carriages(seller: SellerRef, numbers: Sequence[str], besides: int = 0) -> set[str]:
    """Which of these postings are in a carriage that was not cancelled, other than `besides`. One query."""
    if not numbers:
        return set()
    return {row[0] for row in fetch_all(
        f"""SELECT p.posting_number FROM {json_rows("v", number="text")} CROSS JOIN handover_carriageparcel p
            WHERE p.posting_number = v.number AND p.live AND p.seller_id = %s AND p.carriage_id <> %s""",
        [json_param([[number] for number in numbers]), seller.id, besides])}


def carriage(seller: SellerRef, carriage_id: int, viewer: Viewer = EVERYBODY) -> CarriageRow:
    """Raises CarriageUnknown. Three queries."""
    found = carriages(seller, CarriageFilter(ids=(carriage_id,)), viewer=viewer, limit=1) \
        if 0 < carriage_id < 2**63 else []
    if not found:
        raise CarriageUnknown(carriage_id)
    return found[0]


def carriages(seller: SellerRef, filter: CarriageFilter, *, viewer: Viewer = EVERYBODY, limit: int = 50,
              before_id: int = 0) -> list[CarriageRow]:
    """Carriages, newest first. Three queries."""
    rows = carriage_rows(seller, viewer)
    methods = {one.id: one for one in logistics.methods(seller)}
    method_ids = set(filter.method_ids)
    if filter.integrations:
        fitting = {id_ for id_, one in methods.items() if one.integration in filter.integrations}
        method_ids = (method_ids & fitting if method_ids else fitting) or {0}
    for column, values in (("id", filter.ids), ("state", filter.states), ("delivery_method_id", sorted(method_ids)),
                           ("warehouse_id", filter.warehouse_ids)):
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    if filter.since:
        rows = rows.filter(departs_on__gte=filter.since)
    if filter.to:
        rows = rows.filter(departs_on__lte=filter.to)
    if before_id:
        rows = rows.filter(id__lt=before_id)
    names = {one.id: one.name for one in inventory.warehouses(seller)}
    made = []
    for row in rows.order_by("-id")[:limit]:
        method = methods[row.delivery_method_id]
        made.append(CarriageRow(
            row.pk, row.state, row.warehouse_id, names.get(row.warehouse_id, ""), method.id, method.name,
            method.carrier_number, method.carrier_names, method.scheme, method.integration, row.departs_on,
            row.partial_num, row.postings, row.accepted, row.missed, row.containers, row.weight_g, row.created_at,
            row.formed_at, row.changed_at, row.contact_phone, row.contact_wechat, row.contact_comment, row.contact_at,
            row.version, states.available_actions(row.state, row.missed, row.containers)))
    return made


def parcels(seller: SellerRef, carriage_id: int, limit: int = 10_000) -> list[ParcelRow]:
    """The parcels of a carriage in the order of its papers. One query."""
    return [ParcelRow(*row) for row in CarriageParcel.objects.filter(
        seller_id=seller.id, carriage_id=carriage_id).order_by("place").values_list(
        "posting_number", "tracking_number", "sight", "weight_g", "units", "amount_minor", "currency", "city")[:limit]]


def declarations(seller: SellerRef, carriage_id: int, viewer: Viewer = EVERYBODY, *, now: datetime) -> Declarations:
    """What customs are told of a carriage's goods, parcel by parcel and added up. Ten queries. Raises CarriageUnknown.

    Cards are read as they are now; prices, values, rates and weights as they were ordered. Consignees are named as long
    as buyers are shown at `now`.
    """
    carriage(seller, carriage_id, viewer)
    inside = parcels(seller, carriage_id)
    return _declared(seller, carriage_id, orders.cards(seller, [one.number for one in inside]), now)


def declaration(seller: SellerRef, number: str, *, now: datetime) -> tuple[Export, Declarations, tuple[str, str]]:
    """The customs declaration of one parcel that has left the shop, with name and address of the buyer in Latin letters
    as long as buyers are shown. Raises PaperUnknown for one that has not, and for
    one that crosses no customs border."""
    found = next(iter(orders.cards(seller, [number])), None)
    if found is None or found.handed_over_at is None or not handing.crosses_customs(
            found.warehouse_country or seller.country, found.country, found.in_process_at):
        raise PaperUnknown(0)
    return (_export(found.id, number, found.handed_over_at), _declared(seller, 0, [found], now),
            _consignee(found, now))


def exports(seller: SellerRef, since: datetime, to: datetime, viewer: Viewer = EVERYBODY) -> list[Export]:
    """The declarations of parcels that left the shop in a stretch of time and cross a customs border. Two queries."""
    countries = {one.id: one.country for one in inventory.warehouses(seller)}
    return [_export(one.id, one.number, one.handed_over_at) for one in handing.dispatched(
        seller, since, to, viewer.warehouse_ids) if handing.crosses_customs(
        countries.get(one.warehouse_id) or seller.country, one.country, one.handed_over_at)]


def _export(posting_id: int, number: str, handed_over_at: datetime) -> Export:
    day = handed_over_at.date()
    return Export(number, rules.declaration_number(posting_id, day), day)


def declaration_path(seller: SellerRef, number: str) -> str:
    """A path under which a program without a session can fetch the declaration of a parcel for a day. No query."""
    return reverse("handover:declaration", args=[signing.dumps([seller.id, number], salt=_DECLARATION, compress=True)])


def of_declaration_token(token: str) -> tuple[int, str]:
    """Shop and posting of such a link. Raises PaperUnknown for one that is too old or not ours."""
    try:
        seller_id, number = signing.loads(token, salt=_DECLARATION, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise PaperUnknown(0) from None
    return int(seller_id), str(number)


def _consignee(card: PostingCard, now: datetime) -> tuple[str, str]:
    shown = orders.buyer(card, now).hidden_since is None
    return (card.name_in_latin, card.address_in_latin) if shown else ("", "")


def _declared(seller: SellerRef, carriage_id: int, cards: Sequence[PostingCard], now: datetime) -> Declarations:
    kept = rates.by_version()
    told = catalog.customs_cards(seller, {line.product_id for card in cards for line in card.lines})
    lines = []
    for card in cards:
        consignee = _consignee(card, now)
        for line in card.lines:
            goods = told.get(line.product_id) or catalog.CustomsCard(line.product_id, "", "", "", "")
            country = line.country or goods.country
            lines.append(DeclarationLine(
                card.number, card.tracking_number, line.product_id, line.offer_id, goods.name or line.name,
                goods.hs_code, goods.usual_code, country, line.quantity, line.weight_g * line.quantity,
                *_value(line, card.currency, kept),
                tuple(word for word in goods.missing if word != "country" or not country), consignee))
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in lines:
        added = sums[one.hs_code, one.country]
        for at, value in enumerate((one.quantity, one.weight_g, one.own_minor)):
            added[at] += value
    return Declarations(carriage_id, seller.currency, tuple(lines), tuple(
        DeclarationSum(*key, *values) for key, values in sorted(sums.items())))


def _value(line: LineRow, currency: str, kept: Mapping[int, RateRow]) -> tuple[int, str, int, bool, RateRow | None]:
    """Value, currency, the same in the shop's, whether it was declared, and the rate of its currency."""
    if line.declared_minor:
        return (line.declared_minor * line.quantity, line.declared_currency,
                line.declared_price_minor * line.quantity, True, kept.get(line.declared_rate_id or 0))
    return line.amount_minor, currency, line.amount_minor, False, kept.get(line.rate_id or 0)


def waiting(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> list[Waiting]:
    """Packed parcels by delivery method that are in no carriage, the most urgent first. Four queries."""
    packed = handing.packed(seller, warehouse_ids=warehouse_ids)
    taken = in_live_carriages(seller, [one.number for one in packed])
    groups: dict[int, list[PackedRow]] = defaultdict(list)
    for one in packed:
        if one.number not in taken:
            groups[one.method_id].append(one)
    if not groups:
        return []
    methods = {one.id: one for one in logistics.methods(seller)}
    names = {one.id: one.name for one in inventory.warehouses(seller)}
    found = [
        Waiting(id_, methods[id_].name, methods[id_].carrier_names, methods[id_].warehouse_id,
                names.get(methods[id_].warehouse_id, ""), len(group), sum(one.weight_g for one in group),
                min(one.ship_by for one in group)) for id_, group in groups.items()]
    return sorted(found, key=lambda one: (one.first_due, one.method_id))


def carriage_of(seller: SellerRef, posting_number: str) -> CarriageRow | None:
    """The live carriage a posting is in. At most four queries."""
    id_ = CarriageParcel.objects.filter(seller_id=seller.id, posting_number=posting_number, live=True).values_list(
        "carriage_id", flat=True).first()
    return carriage(seller, id_) if id_ else None
