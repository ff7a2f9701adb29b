"""A shop's own promotions: making, changing, their products, and voucher codes."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.money import Money
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.types import ActionRow, JoinInput, JoinOutcome, Kind, Level, Terms
from sellerdesk.seller_api import errors, wire
from sellerdesk.seller_api.actions import price_text
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import seller_actions as models
from sellerdesk.seller_api.schemas.returns import Nothing

_TYPES: dict[Kind, str] = {"discount": "DISCOUNT", "order_sum": "DISCOUNT_WITH_CONDITION",
                           "voucher": "VOUCHER_DISCOUNT", "instalment": "INSTALLMENT",
                           "multi_level": "MULTI_LEVEL_DISCOUNT_ON_AMOUNT"}
#: The contract gives an instalment no end.
_INSTALMENT_RUNS = timedelta(days=3650)
#: Drafts and paused ones are both off; archived ones are over.
_STATUS = {"draft": "PAUSED", "paused": "PAUSED", "planned": "PLANNED", "active": "ACTIVE", "ended": "ENDED",
           "archived": "ENDED"}


def _percent(value: float) -> int:
    return int((Decimal(repr(value)) * 100).to_integral_value())


def _minor(call: Call, value: float, field: str) -> int:
    try:
        return Money.parse(price_text(value), call.seller.currency, field=field).amount_minor
    except Invalid as error:
        raise _refused(error) from None


def _value(call: Call, kind: str, value: float) -> int:
    return _percent(value) if kind == "PERCENT" else _minor(call, value, "discount_value")


def _refused(error: Invalid) -> errors.ApiError:
    """A field of the terms that cannot be true, by its name."""
    fields: Sequence[FieldError] = error.fields
    name = fields[0].field if fields else error.code
    return errors.validation(f"invalid value of {name}")


def _make(call: Call, terms: Terms) -> models.CreateResponse:
    try:
        return models.CreateResponse(
            action_id=services.create_own(seller=call.seller, terms=terms, actor=call.actor, now=call.now))
    except Invalid as error:
        raise _refused(error) from None


def _change(call: Call, action_id: int, title: str, start: datetime, end: datetime, *,
            levels: Sequence[tuple[float, float]] | None = None, budget_minor: int = 0) -> Nothing:
    row = queries.action(call.seller, action_id)
    kept = row.terms
    made = kept.levels if levels is None else tuple(
        Level(_minor(call, amount, "order_amount"), _value(call, kept.discount_type, value))
        for amount, value in levels)
    terms = Terms(kept.kind, title, start, end, discount_bp=kept.discount_bp, discount_type=kept.discount_type,
                  levels=made, budget_minor=budget_minor, description=kept.description)
    try:
        services.change_own(seller=call.seller, action_id=action_id, terms=terms, actor=call.actor, now=call.now)
    except Invalid as error:
        raise _refused(error) from None
    return Nothing()


@endpoint("/v1/seller-actions/create/discount", request=models.CreateDiscountRequest, answer=models.CreateResponse,
          right="prices:write")
def create_discount(call: Call, request: models.CreateDiscountRequest) -> models.CreateResponse:
    """Makes a promotion that gives each product a price of its own. It begins turned off."""
    return _make(call, Terms("discount", request.title or "Discount", request.date_start, request.date_end,
                             discount_bp=_percent(request.min_action_percent)))


@endpoint("/v1/seller-actions/create/discount-with-condition", request=models.CreateConditionRequest,
          answer=models.CreateResponse, right="prices:write")
def create_condition(call: Call, request: models.CreateConditionRequest) -> models.CreateResponse:
    """Makes a promotion that takes something off from a sum of the order on."""
    level = Level(_minor(call, request.min_order_amount, "min_order_amount"),
                  _value(call, request.discount_type, request.discount_value))
    return _make(call, Terms("order_sum", request.title or "Discount from a sum", request.date_start, request.date_end,
                             discount_type=request.discount_type, levels=(level,)))


@endpoint("/v1/seller-actions/create/installment", request=models.CreateInstallmentRequest,
          answer=models.CreateResponse, right="prices:write")
def create_installment(call: Call, request: models.CreateInstallmentRequest) -> models.CreateResponse:
    """Makes a promotion by which buyers may pay in parts; it runs until it is archived, ten years at most."""
    return _make(call, Terms("instalment", request.title, request.date_start, request.date_start + _INSTALMENT_RUNS))


@endpoint("/v1/seller-actions/create/multi-level-discount", request=models.CreateMultiLevelRequest,
          answer=models.CreateResponse, right="prices:write")
def create_multi_level(call: Call, request: models.CreateMultiLevelRequest) -> models.CreateResponse:
    """Makes a promotion that takes more off the larger the order is."""
    levels = tuple(Level(_minor(call, one.order_amount, "order_amount"),
                         _value(call, request.discount_type, one.discount_value)) for one in request.discount_levels)
    return _make(call, Terms("multi_level", request.title or "Discount in levels", request.date_start,
                             request.date_end, discount_type=request.discount_type, levels=levels))


@endpoint("/v1/seller-actions/create/voucher", request=models.CreateVoucherRequest, answer=models.CreateResponse,
          right="prices:write")
def create_voucher(call: Call, request: models.CreateVoucherRequest) -> models.CreateResponse:
    """Makes a promotion whose discount needs a code; the codes are made at once."""
    asked = request.voucher_parameters
    return _make(call, Terms(
        "voucher", request.title, request.date_start, request.date_end, discount_type=request.discount_type,
        levels=(Level(0, _value(call, request.discount_type, request.discount_value)),),
        budget_minor=_minor(call, float(request.budget), "budget"), voucher_type=asked.type, private=asked.is_private,
        codes=asked.count_codes))


@endpoint("/v1/seller-actions/update/discount", request=models.UpdateDiscountRequest, answer=Nothing,
          right="prices:write")
def update_discount(call: Call, request: models.UpdateDiscountRequest) -> Nothing:
    """Gives a discount another name or other dates."""
    asked = request.action_parameters
    return _change(call, request.action_id, asked.title, asked.date_start, asked.date_end)


@endpoint("/v1/seller-actions/update/discount-with-condition", request=models.UpdateConditionRequest, answer=Nothing,
          right="prices:write")
def update_condition(call: Call, request: models.UpdateConditionRequest) -> Nothing:
    """Changes a discount from a sum."""
    asked = request.action_parameters
    return _change(call, request.action_id, asked.title, asked.date_start, asked.date_end,
                   levels=[(asked.min_order_amount, asked.discount_value)])


@endpoint("/v1/seller-actions/update/installment", request=models.UpdateInstallmentRequest, answer=Nothing,
          right="prices:write")
def update_installment(call: Call, request: models.UpdateInstallmentRequest) -> Nothing:
    """Gives an instalment another name or another beginning."""
    asked = request.action_parameters
    return _change(call, request.action_id, asked.title, asked.date_start, asked.date_start + _INSTALMENT_RUNS)


@endpoint("/v1/seller-actions/update/multi-level-discount", request=models.UpdateMultiLevelRequest, answer=Nothing,
          right="prices:write")
def update_multi_level(call: Call, request: models.UpdateMultiLevelRequest) -> Nothing:
    """Changes a discount in levels."""
    asked = request.action_parameters
    return _change(call, request.action_id, asked.title, asked.date_start, asked.date_end,
                   levels=[(one.order_amount, one.discount_value) for one in asked.discount_levels])


@endpoint("/v1/seller-actions/update/voucher", request=models.UpdateVoucherRequest, answer=Nothing,
          right="prices:write")
def update_voucher(call: Call, request: models.UpdateVoucherRequest) -> Nothing:
    """Changes a voucher; its codes stay."""
    asked = request.action_parameters
    return _change(call, request.action_id, asked.title, asked.date_start, asked.date_end,
                   levels=[(0.0, asked.discount_value)], budget_minor=_minor(call, float(asked.budget), "budget"))


@endpoint("/v1/seller-actions/change-activity", request=models.ChangeActivityRequest, answer=Nothing,
          right="prices:write")
def change_activity(call: Call, request: models.ChangeActivityRequest) -> Nothing:
    """Turns a promotion on or off."""
    services.move_own(seller=call.seller, action_id=request.action_id,
                      state="active" if request.is_turn_on else "paused", actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/seller-actions/archive", request=models.ActionIdRequest, answer=Nothing, right="prices:write")
def archive(call: Call, request: models.ActionIdRequest) -> Nothing:
    """Ends a promotion for good."""
    services.move_own(seller=call.seller, action_id=request.action_id, state="archived", actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/seller-actions/list", request=models.ListRequest, answer=models.ListResponse, right="prices:read")
def action_list(call: Call, request: models.ListRequest) -> models.ListResponse:
    """Lists own promotions, the latest end first."""
    kinds = {name: kind for kind, name in _TYPES.items()}
    wanted = [kinds[name] for name in request.action_type if name in kinds]
    rows = [] if request.action_type and not wanted else queries.shop_actions(
        call.seller, own=True, kinds=wanted, action_ids=request.action_ids, search=request.search)
    if request.status:
        rows = [row for row in rows if _STATUS[queries.status_of(row, call.now)] in request.status]
    shown = rows[request.offset:request.offset + request.limit]
    counts = queries.counts(call.seller, shown) if shown else {}
    return models.ListResponse(actions=[_action(call, row, counts[row.id].joined) for row in shown], total=len(rows))


def _action(call: Call, row: ActionRow, joined: int) -> models.ListResponseAction:
    terms, currency = row.terms, call.seller.currency

    def value(level: Level) -> float:
        return wire.percent(level.value) if terms.discount_type == "PERCENT" else wire.money_number(
            level.value, currency)

    first = terms.levels[0] if terms.levels else None
    open_ = row.state in ("draft", "active", "paused")
    return models.ListResponseAction(
        action_id=row.id,
        action_parameters=models.ActionParameter(
            title=terms.title, type=_TYPES[terms.kind], status=_STATUS[queries.status_of(row, call.now)],
            date_start=terms.starts_at, date_end=terms.ends_at,
            discount_type="INSTALLED_PERIOD" if terms.kind == "instalment" else terms.discount_type,
            discount_value=value(first) if first else 0.0,
            discount_levels=[models.LevelAnswer(order_amount=wire.money_number(one.from_minor, currency),
                                                discount_value=value(one)) for one in terms.levels]
            if terms.kind == "multi_level" else [],
            min_action_percent=wire.percent(terms.discount_bp),
            min_order_amount=wire.money_number(first.from_minor, currency) if first else 0.0,
            budget=wire.money_number(terms.budget_minor, currency),
            budget_spent=wire.money_number(row.spent_minor, currency),
            voucher_parameters=models.VoucherAnswer(terms.voucher_type, terms.codes, terms.private)
            if terms.kind == "voucher" else models.VoucherAnswer(),
            auto_stop_action_reason="BUDGET_EXCEEDED" if terms.budget_minor and row.spent_minor >= terms.budget_minor
            else "UNSPECIFIED"),
        allow_delete=open_, is_editable=open_, is_participated=joined > 0, is_turn_on=row.state == "active",
        sku_count=joined)


@endpoint("/v1/seller-actions/products/add", request=models.AddProductsRequest, answer=Nothing, right="prices:write")
def products_add(call: Call, request: models.AddProductsRequest) -> Nothing:
    """Adds products by SKU, all or none: a product that cannot be added refuses the call and names it."""
    _own(call, request.action_id)
    rows = [JoinInput(
        sku=row.sku, currency=row.currency, price=price_text(row.action_price) if row.action_price else None,
        percent_bp=_percent(row.discount_percent) if row.discount_percent else None) for row in request.products]
    outcomes = services.join(seller=call.seller, action_id=request.action_id, rows=rows, actor=call.actor, now=call.now,
                             all_or_none=True)
    _must_be_done(call, [(row.sku, one) for row, one in zip(request.products, outcomes, strict=True)])
    return Nothing()


@endpoint("/v1/seller-actions/products/delete", request=models.DeleteProductsRequest, answer=Nothing,
          right="prices:write")
def products_delete(call: Call, request: models.DeleteProductsRequest) -> Nothing:
    """Takes products out by SKU; those that were not in it are passed over."""
    _own(call, request.action_id)
    refs = catalog.refs(call.seller, skus=request.skus)
    if refs:
        services.leave(seller=call.seller, action_id=request.action_id, product_ids=[ref.id for ref in refs],
                       actor=call.actor, now=call.now)
    return Nothing()


def _own(call: Call, action_id: int) -> ActionRow:
    """Raises as for one that never was, for an action of the marketplace."""
    row = queries.action(call.seller, action_id)
    if not row.own:
        raise errors.ApiError(errors.Code.NOT_FOUND, "ACTION_UNKNOWN")
    return row


def _must_be_done(call: Call, made: Sequence[tuple[int, JoinOutcome]]) -> None:
    for sku, one in made:
        if not one.done and one.code not in ("NO_CHANGES",):
            raise errors.ApiError(
                errors.Code.INVALID_ARGUMENT,
                f"{one.code}: sku {sku}: {reason_text(one.code, one.data, call.seller.currency)}")


@endpoint("/v1/seller-actions/products/candidates", request=models.ProductsRequest, answer=models.ProductsResponse,
          right="prices:read")
def products_candidates(call: Call, request: models.ProductsRequest) -> models.ProductsResponse:
    """Lists products that could be added to an own promotion."""
    return _products(call, request, joined=False)


@endpoint("/v1/seller-actions/products/list", request=models.ProductsRequest, answer=models.ProductsResponse,
          right="prices:read")
def products_list(call: Call, request: models.ProductsRequest) -> models.ProductsResponse:
    """Lists products of an own promotion."""
    return _products(call, request, joined=True)


def _products(call: Call, request: models.ProductsRequest, joined: bool) -> models.ProductsResponse:
    row, currency = _own(call, request.action_id), call.seller.currency
    inside = {entry.product_id: entry for entry in queries.entries(call.seller, action_ids=[row.id])}
    found = [(ref, one) for ref, one in queries.candidates(call.seller, row)
             if (ref.id in inside) == joined and ref.id > request.cursor]
    shown = found[: request.limit]

    def price_of(product_id: int) -> int:
        return inside[product_id].price_minor if product_id in inside else 0

    return models.ProductsResponse(
        products=[
            models.ActionProduct(
                product_id=ref.id, offer_id=ref.offer_id, sku=[str(ref.sku)], name=ref.name,
                price=wire.money_number(one.price_minor, currency),
                base_price=wire.money_number(one.price_minor, currency),
                action_price=wire.money_number(price_of(ref.id), currency),
                discount_percent=wire.percent_of(one.price_minor - price_of(ref.id), one.price_minor)
                if price_of(ref.id) else 0.0,
                min_seller_price=wire.money_number(one.min_minor, currency), currency=currency, is_active=joined)
            for ref, one in shown
        ],
        cursor=shown[-1][0].id if shown else request.cursor,
        has_next=len(found) > len(shown),
    )


@endpoint("/v1/seller-actions/voucher/get", request=models.ActionIdRequest, answer=models.VoucherGetResponse,
          right="prices:read")
def voucher_get(call: Call, request: models.ActionIdRequest) -> models.VoucherGetResponse:
    """The codes of a voucher as a CSV file."""
    _own(call, request.action_id)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("code",), *((code,) for code, _uses in queries.codes(
        call.seller, request.action_id))])
    return models.VoucherGetResponse(file=base64.b64encode(out.getvalue().encode()).decode())
