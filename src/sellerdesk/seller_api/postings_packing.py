"""What packing asks about goods: units with marks, papers and weights, countries of origin, boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.errors import UnknownProduct
from sellerdesk.orders.types import Packing, UnitInput, UnitRow, UnitsInput
from sellerdesk.seller_api import parsing, scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import postings_packing as models

_TYPES = ("mandatory_mark", "jw_uin", "imei")


@endpoint(
    "/v6/fbs/posting/product/exemplar/create-or-get",
    request=models.ExemplarCreateOrGetV6Request,
    answer=models.ExemplarCreateOrGetV6Response,
    right="postings:write",
)
def exemplar_create_or_get(
    call: Call, request: models.ExemplarCreateOrGetV6Request
) -> models.ExemplarCreateOrGetV6Response:
    """Gives every unit of a posting an id and tells what must be known about it before packing."""
    scope.require(call, [request.posting_number])
    sheet = acts.create_units(seller=call.seller, number=request.posting_number)
    return models.ExemplarCreateOrGetV6Response(
        multi_box_qty=sheet.boxes,
        posting_number=sheet.number,
        products=[
            models.ExemplarProduct(
                exemplars=[
                    models.ProductExemplar(
                        exemplar_id=row.unit.id,
                        gtd=row.unit.gtd,
                        is_gtd_absent=row.unit.gtd_absent,
                        is_rnpt_absent=row.unit.rnpt_absent,
                        marks=[models.MarkAnswer(mark=mark, mark_type=kind) for kind, mark in _marks(row.unit)],
                        rnpt=row.unit.rnpt,
                        weight=_kilograms(row.unit.weight_g),
                    )
                    for row in line.units
                ],
                has_imei="imei" in line.wanted,
                is_gtd_needed="gtd" in line.wanted,
                is_jw_uin_needed="jw_uin" in line.wanted,
                is_mandatory_mark_needed="mandatory_mark" in line.wanted,
                is_mandatory_mark_possible=bool({"mandatory_mark", "optional_mark"} & set(line.needs)),
                is_rnpt_needed="rnpt" in line.wanted,
                product_id=line.sku,
                quantity=line.quantity,
                is_weight_needed="weight" in line.wanted,
                weight_max=_kilograms(line.most_g),
                weight_min=_kilograms(line.least_g if line.most_g else 0),
            )
            for line in sheet.lines
        ],
    )


@endpoint(
    "/v6/fbs/posting/product/exemplar/set",
    request=models.ExemplarSetV6Request,
    answer=models.EmptyAnswer,
    right="postings:write",
)
def exemplar_set(call: Call, request: models.ExemplarSetV6Request) -> models.EmptyAnswer:
    """Saves what is known about units, each product with all of its units; the status method tells what is wrong."""
    scope.require(call, [request.posting_number])
    units = {
        product.product_id: tuple(
            _unit(
                row.marks,
                id_=row.exemplar_id,
                gtd=row.gtd,
                gtd_absent=row.is_gtd_absent,
                rnpt=row.rnpt,
                rnpt_absent=row.is_rnpt_absent,
                weight=row.weight,
            )
            for row in product.exemplars
        )
        for product in request.products
    }
    outcome = acts.set_units(
        seller=call.seller,
        sheets=[UnitsInput(request.posting_number, units, request.multi_box_qty or None)],
        actor=call.actor,
        now=call.now,
    )[0]
    if outcome.error:
        raise outcome.error
    return models.EmptyAnswer()


@endpoint(
    "/v5/fbs/posting/product/exemplar/status",
    request=models.ExemplarStatusV5Request,
    answer=models.ExemplarStatusV5Response,
    right="postings:read",
)
def exemplar_status(call: Call, request: models.ExemplarStatusV5Request) -> models.ExemplarStatusV5Response:
    """Tells whether a posting may be packed, and what is wrong with the data of its units."""
    scope.require(call, [request.posting_number])
    sheet = orders.packing(call.seller, request.posting_number)
    return models.ExemplarStatusV5Response(
        posting_number=sheet.number,
        products=[
            models.ExemplarStatusProduct(exemplars=[_status(row) for row in line.units], product_id=line.sku)
            for line in sheet.lines
        ],
        status=_word(sheet),
    )


@endpoint(
    "/v5/fbs/posting/product/exemplar/validate",
    request=models.ExemplarValidateV5Request,
    answer=models.ExemplarValidateV5Response,
    right="postings:read",
)
def exemplar_validate(call: Call, request: models.ExemplarValidateV5Request) -> models.ExemplarValidateV5Response:
    """Checks codes, papers and weights without saving them."""
    scope.require(call, [request.posting_number])
    known = {line.sku for line in orders.packing(call.seller, request.posting_number).lines}
    units = {
        product.product_id: tuple(
            _unit(row.marks, gtd=row.gtd, rnpt=row.rnpt, weight=row.weight) for row in product.exemplars
        )
        for product in request.products
        if product.product_id in known
    }
    checked = acts.check_units(
        seller=call.seller, sheet=UnitsInput(request.posting_number, units), now=call.now
    )
    answers = []
    for product in request.products:
        rows = [_validated(unit, faults) for _, unit, faults in checked.get(product.product_id, ())]
        error = "" if product.product_id in known else UnknownProduct.code
        answers.append(
            models.ValidatedProduct(
                error=error,
                exemplars=rows,
                product_id=product.product_id,
                valid=not error and all(row.valid for row in rows),
            )
        )
    return models.ExemplarValidateV5Response(products=answers)


@endpoint(
    "/v1/fbs/posting/product/exemplar/update",
    request=models.ExemplarUpdateRequest,
    answer=models.EmptyAnswer,
    right="postings:write",
)
def exemplar_update(call: Call, request: models.ExemplarUpdateRequest) -> models.EmptyAnswer:
    """Puts changed data of units in place, for a posting that is packed and not handed over."""
    scope.require(call, [request.posting_number])
    acts.confirm_units(seller=call.seller, number=request.posting_number, actor=call.actor, now=call.now)
    return models.EmptyAnswer()


@endpoint(
    "/v2/posting/fbs/product/country/list",
    request=models.CountryListRequest,
    answer=models.CountryListResponse,
    right="postings:read",
)
def country_list(call: Call, request: models.CountryListRequest) -> models.CountryListResponse:
    """Lists countries of origin with their codes, those whose name holds the text asked for."""
    wanted = request.name_search.strip().casefold()
    return models.CountryListResponse(
        result=[
            models.Country(name=name, country_iso_code=code)
            for code, name in orders.countries(call.language).items()
            if wanted in name.casefold()
        ]
    )


@endpoint(
    "/v2/posting/fbs/product/country/set",
    request=models.CountrySetRequest,
    answer=models.CountrySetResponse,
    right="postings:write",
)
def country_set(call: Call, request: models.CountrySetRequest) -> models.CountrySetResponse:
    """Sets where a product of a posting was made."""
    scope.require(call, [request.posting_number])
    needs_gtd = acts.set_country(
        seller=call.seller,
        number=request.posting_number,
        sku=request.product_id,
        country=request.country_iso_code,
        actor=call.actor,
        now=call.now,
    )
    return models.CountrySetResponse(product_id=request.product_id, is_gtd_needed=needs_gtd)


@endpoint(
    "/v3/posting/multiboxqty/set",
    request=models.MultiBoxQtySetRequest,
    answer=models.MultiBoxQtySetResponse,
    right="postings:write",
)
def multi_box_qty_set(call: Call, request: models.MultiBoxQtySetRequest) -> models.MultiBoxQtySetResponse:
    """Sets in how many boxes a parcel travels."""
    scope.require(call, [request.posting_number])
    acts.set_boxes(
        seller=call.seller, number=request.posting_number, boxes=request.multi_box_qty, actor=call.actor, now=call.now
    )
    return models.MultiBoxQtySetResponse(result=models.MultiBoxQtyResult(result=True))


@endpoint(
    "/v1/posting/fbs/product/traceable/attribute",
    request=models.TraceableAttributeRequest,
    answer=models.TraceableAttributeResponse,
    right="postings:read",
)
def traceable_attributes(call: Call, request: models.TraceableAttributeRequest) -> models.TraceableAttributeResponse:
    """Lists what traceable goods of a posting must carry in its papers."""
    scope.require(call, [request.posting_number])
    sheet = orders.packing(call.seller, request.posting_number)
    return models.TraceableAttributeResponse(
        products=[
            models.RequiredAttributes(required_attributes=["rnpt"], sku=line.sku)
            for line in sheet.lines
            if "rnpt" in line.needs
        ]
    )


def _unit(marks: Sequence[models.Mark], *, id_: int = 0, gtd: str = "", gtd_absent: bool = False, rnpt: str = "",
          rnpt_absent: bool = False, weight: float = 0.0) -> UnitInput:
    """Kilograms become grams; marks are told apart by their type."""
    by_type: dict[str, list[str]] = {kind: [] for kind in _TYPES}
    for mark in marks:
        if mark.mark_type not in by_type:
            raise parsing.refuse(models.Mark, "mark_type", "value must be in list [mandatory_mark, jw_uin, imei]")
        by_type[mark.mark_type].append(mark.mark)
    # A unit has one mark; a second one would be lost in silence, so both are kept as one wrong code.
    return UnitInput(
        id=id_, mark=" ".join(by_type["mandatory_mark"]), uin=" ".join(by_type["jw_uin"]),
        imeis=tuple(by_type["imei"]), gtd=gtd, gtd_absent=gtd_absent, rnpt=rnpt, rnpt_absent=rnpt_absent,
        weight_g=round(weight * 1000) if weight else None,
    )  # fmt: skip


def _marks(unit: UnitInput) -> list[tuple[str, str]]:
    pairs = [("mandatory_mark", unit.mark), ("jw_uin", unit.uin), *(("imei", one) for one in unit.imeis)]
    return [(kind, mark) for kind, mark in pairs if mark]


def _kilograms(grams: int | None) -> float:
    return (grams or 0) / 1000


def _word(sheet: Packing) -> str:
    if sheet.state == "awaiting_packaging":
        return "ship_not_available" if sheet.open_needs else "ship_available"
    changed = any(row.proposed for line in sheet.lines for row in line.units)
    return "update_available" if changed else "update_not_available"


def _status(row: UnitRow) -> models.ExemplarStatus:
    unit = row.proposed or row.unit

    def checked(need: str, is_given: bool) -> str:
        return "" if not is_given else "failed" if row.faults.get(need) else "passed"

    return models.ExemplarStatus(
        exemplar_id=row.unit.id,
        gtd=unit.gtd,
        gtd_check_status=checked("gtd", bool(unit.gtd) or unit.gtd_absent),
        gtd_error_codes=row.faults.get("gtd", ()),
        is_gtd_absent=unit.gtd_absent,
        is_rnpt_absent=unit.rnpt_absent,
        marks=[
            models.MarkStatus(
                check_status=checked(kind, True), error_codes=row.faults.get(kind, ()), mark=mark, mark_type=kind
            )
            for kind, mark in _marks(unit)
        ],
        rnpt=unit.rnpt,
        rnpt_check_status=checked("rnpt", bool(unit.rnpt) or unit.rnpt_absent),
        rnpt_error_codes=row.faults.get("rnpt", ()),
        weight=_kilograms(unit.weight_g),
        weight_check_status=checked("weight", bool(unit.weight_g)),
        weight_error_codes=row.faults.get("weight", ()),
    )


def _validated(unit: UnitInput, faults: Mapping[str, Iterable[str]]) -> models.ValidatedExemplar:
    of_papers = [fault for need in ("gtd", "rnpt", "weight") for fault in faults.get(need, ())]
    marks = [
        models.ValidatedMark(errors=list(faults.get(kind, ())), mark=mark, mark_type=kind, valid=kind not in faults)
        for kind, mark in _marks(unit)
    ]
    return models.ValidatedExemplar(
        errors=of_papers, gtd=unit.gtd, marks=marks, rnpt=unit.rnpt, valid=not faults, weight=_kilograms(unit.weight_g)
    )
