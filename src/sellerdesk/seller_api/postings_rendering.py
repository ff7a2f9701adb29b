"""A posting as the API spells it, in its two generations. No query is made here: cards come complete from orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from sellerdesk.catalog.types import ProductCard
from sellerdesk.core.i18n import localized
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import CancelReason, LineRow, Packing, PostingCard
from sellerdesk.seller_api import tariffication, wire
from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas import postings_fbs_v3 as v3
from sellerdesk.seller_api.schemas import postings_fbs_v4 as v4

# The API's word for parcels that the marketplace carries; the other kinds are spelled as here.
INTEGRATIONS = {"platform": "ozon"}
_ENDED_BY = {"seller": "seller", "client": "client", "platform": "ozon", "delivery": "delivery"}


class Wanted(Protocol):
    """Which blocks the client asked for: the `with` of any listing."""

    analytics_data: bool
    barcodes: bool
    financial_data: bool
    legal_info: bool


@dataclass(frozen=True, slots=True)
class Rendering:
    """How to spell postings for one call: language, reasons for cancelling, wanted blocks."""

    language: str
    now: datetime
    reasons: Mapping[int, CancelReason]
    wanted: Wanted

    def newer(self, card: PostingCard) -> v4.PostingV4:
        return v4.PostingV4(
            **self._common(card),
            products=[
                v4.PostingProductV4(
                    sku=line.sku,
                    offer_id=line.offer_id,
                    name=line.name,
                    quantity=line.quantity,
                    price=wire.money(line.price_minor, card.currency),
                    weight=line.weight_g / 1000,
                )
                for line in card.lines
            ],
            addressee=None,
            financial_data=self._finances_v4(card) if self.wanted.financial_data else None,
            volume_weight=card.weight_g / 1000,
            tariffication=tariffication.newer(card, self.now),
        )

    def older(self, card: PostingCard) -> v3.FbsPosting:
        return v3.FbsPosting(
            **self._common(card),
            products=[
                v3.FbsPostingProduct(
                    sku=line.sku,
                    offer_id=line.offer_id,
                    name=line.name,
                    quantity=line.quantity,
                    price=wire.money_text(line.price_minor, card.currency),
                    currency_code=card.currency,
                )
                for line in card.lines
            ],
            addressee=None,
            financial_data=self._finances_v3(card) if self.wanted.financial_data else None,
            tariffication=tariffication.older(card, self.now),
        )

    def detail(
        self,
        card: PostingCard,
        *,
        products: Mapping[int, ProductCard],
        siblings: Sequence[str] | None,
        packing: Packing | None,
    ) -> v3.FbsPostingDetail:
        return v3.FbsPostingDetail(
            **self._common(card) | {"customer": self._customer(card, parts.PostingCustomer)},
            products=[_product_detail(line, card.currency, products.get(line.product_id)) for line in card.lines],
            addressee=None,
            financial_data=self._finances_v3(card) if self.wanted.financial_data else None,
            previous_substatus=card.previous_substate or None,
            tariffication=tariffication.older(card, self.now),
            fact_delivery_date=card.delivered_at,
            product_exemplars=_exemplars(packing) if packing else None,
            related_postings=v3.RelatedPostings(
                related_posting_numbers=[number for number in siblings if number != card.number]
            )
            if siblings is not None
            else None,
        )

    def _common(self, card: PostingCard) -> dict[str, Any]:
        carrier = localized(card.carrier_names, self.language, card.carrier_code)
        needs = orders.requirements(card)
        return {
            "posting_number": card.number,
            "tariffication_steps": tariffication.listed(card, self.now),
            "order_id": card.order_id,
            "order_number": card.order_number,
            "status": card.state,
            "substatus": card.substate,
            "delivery_method": parts.PostingDeliveryMethod(
                id=card.delivery_method_id,
                name=card.delivery_method_name,
                warehouse_id=card.warehouse_id,
                warehouse=card.warehouse_name,
                tpl_provider_id=card.carrier_number,
                tpl_provider=carrier,
            ),
            "in_process_at": card.in_process_at,
            "shipment_date": card.ship_by,
            "shipment_date_without_delay": card.ship_by,
            "available_actions": list(card.api_actions),
            "cancellation": self._cancellation(card),
            "tracking_number": card.tracking_number,
            "tpl_integration_type": INTEGRATIONS.get(card.integration, card.integration),
            "integration_type_flow": INTEGRATIONS.get(card.integration, card.integration),
            "delivering_date": card.handed_over_at,
            "parent_posting_number": card.parent_number,
            "customer": self._customer(card, parts.PostingListedCustomer),
            "analytics_data": self._analytics(card, carrier) if self.wanted.analytics_data else None,
            "barcodes": parts.PostingBarcodes(lower_barcode=card.lower_barcode, upper_barcode=card.upper_barcode)
            if self.wanted.barcodes
            else None,
            "requirements": _requirements(needs),
            "optional": parts.PostingOptional(
                products_with_possible_mandatory_mark=_texts(needs.get("optional_mark", ()))
            ),
            "is_multibox": card.box_count > 1,
            "multi_box_qty": card.box_count,
            "legal_info": _legal_info(card) if self.wanted.legal_info else None,
        }

    def _customer(
        self, card: PostingCard, model: type[parts.PostingCustomer]
    ) -> parts.PostingCustomer | None:
        """Where the marketplace delivers, the buyer stays with it; a shop that delivers itself must find the door."""
        person = orders.buyer(card, self.now)
        if card.scheme != "rfbs" or person.hidden_since:
            return None
        return model(
            customer_id=card.order_id,
            name=person.name,
            phone=person.phone,
            address=parts.PostingAddress(
                country=card.country,
                zip_code="",
                city=card.city,
                region=card.region,
                address_tail=", ".join(part for part in (card.city, person.address) if part),
            ),
        )

    def _cancellation(self, card: PostingCard) -> parts.PostingCancellation:
        if not card.cancelled_by:
            return parts.PostingCancellation()
        reason = self.reasons.get(card.cancel_reason_id or 0)
        return parts.PostingCancellation(
            cancel_reason_id=card.cancel_reason_id or 0,
            cancel_reason=localized(reason.names, self.language) if reason else "",
            cancellation_type=_ENDED_BY[card.cancelled_by],
            cancelled_after_ship=card.cancelled_after_ship,
            affect_cancellation_rating=bool(reason and reason.counts_in_rating),
            cancellation_initiator=_initiator(card.cancelled_by),
        )

    def _analytics(self, card: PostingCard, carrier: str) -> parts.PostingAnalyticsData:
        return parts.PostingAnalyticsData(
            region=card.region,
            city=card.city,
            warehouse_id=card.warehouse_id,
            warehouse=card.warehouse_name,
            tpl_provider_id=card.carrier_number,
            tpl_provider=carrier,
            delivery_date_begin=card.deliver_by,
            delivery_date_end=card.deliver_by,
            payment_type_group_name=_("Bank card"),
            delivery_type="PVZ",
            is_legal=card.company is not None,
        )

    def _finances_v4(self, card: PostingCard) -> v4.FinancialDataV4:
        return v4.FinancialDataV4(
            products=[
                v4.FinancialProductV4(
                    **_finances(line, card.currency),
                    commission=v4.FinancialCommissionV4(
                        amount=wire.money_number(line.commission_minor, card.currency),
                        currency=card.currency,
                        percent=line.commission_bp // 100,
                    ),
                    customer_price=wire.money(*_for_buyer(line, card.currency)),
                )
                for line in card.lines
            ],
            cluster_from=card.warehouse_city,
            cluster_to=card.city,
        )

    def _finances_v3(self, card: PostingCard) -> v3.FinancialDataV3:
        return v3.FinancialDataV3(
            products=[
                v3.FinancialDataProductV3(
                    **_finances(line, card.currency),
                    currency_code=card.currency,
                    commission_amount=wire.money_number(line.commission_minor, card.currency),
                    commission_percent=line.commission_bp // 100,
                    commissions_currency_code=card.currency,
                    customer_price=wire.money_number(*_for_buyer(line, card.currency)),
                    customer_currency_code=_for_buyer(line, card.currency)[1],
                )
                for line in card.lines
            ],
            cluster_from=card.warehouse_city,
            cluster_to=card.city,
        )


def _legal_info(card: PostingCard) -> parts.PostingLegalInfo:
    """The company that bought; empty texts where a person did."""
    return parts.PostingLegalInfo(company_name=card.company_name, inn=card.company_tax_number,
                                  kpp=card.company_tax_reason)


def _for_buyer(line: LineRow, currency: str) -> tuple[int, str]:
    """What a unit cost the buyer, in the buyer's currency."""
    return (line.buyer_price_minor, line.buyer_currency) if line.buyer_currency else (line.price_minor, currency)


def _finances(line: LineRow, currency: str) -> dict[str, Any]:
    """Prices and discount per unit, payout for the line."""
    before = max(line.old_price_minor, line.price_minor)
    discount = before - line.price_minor
    return {
        "product_id": line.sku,
        "quantity": line.quantity,
        "price": wire.money_number(line.price_minor, currency),
        "old_price": wire.money_number(before, currency),
        "total_discount_value": wire.money_number(discount, currency),
        "total_discount_percent": wire.percent_of(discount, before),
        "payout": wire.money_number(line.amount_minor - line.commission_minor, currency),
        "actions": line.action_ids.split(),
    }


def _texts(skus: Sequence[int]) -> list[str]:
    return [str(sku) for sku in skus]


def _requirements(needs: Mapping[str, Sequence[int]]) -> parts.PostingRequirements:
    return parts.PostingRequirements(
        products_requiring_gtd=_texts(needs.get("gtd", ())),
        products_requiring_country=_texts(needs.get("country", ())),
        products_requiring_mandatory_mark=_texts(needs.get("mandatory_mark", ())),
        products_requiring_rnpt=_texts(needs.get("rnpt", ())),
        products_requiring_jw_uin=_texts(needs.get("jw_uin", ())),
        products_requiring_change_country=_texts(needs.get("change_country", ())),
        products_requiring_imei=_texts(needs.get("imei", ())),
        products_requiring_weight=_texts(needs.get("weight", ())),
    )


def _exemplars(packing: Packing) -> v3.FbsPostingProductExemplars:
    return v3.FbsPostingProductExemplars(
        products=[
            v3.FbsPostingExemplarProduct(
                sku=line.sku,
                exemplars=[
                    v3.FbsPostingExemplar(
                        exemplar_id=row.unit.id,
                        mandatory_mark=row.unit.mark,
                        gtd=row.unit.gtd,
                        is_gtd_absent=row.unit.gtd_absent,
                        rnpt=row.unit.rnpt,
                        is_rnpt_absent=row.unit.rnpt_absent,
                        weight=(row.unit.weight_g or 0) / 1000,
                        imei=row.unit.imeis,
                    )
                    for row in line.units
                ],
            )
            for line in packing.lines
        ]
    )


def _product_detail(line: LineRow, currency: str, product: ProductCard | None) -> v3.PostingProductDetail:
    return v3.PostingProductDetail(
        sku=line.sku,
        offer_id=line.offer_id,
        name=line.name,
        quantity=line.quantity,
        price=wire.money_text(line.price_minor, currency),
        currency_code=currency,
        dimensions=v3.ProductDimensions(
            height=f"{product.height_mm}.00",
            length=f"{product.depth_mm}.00",
            weight=str(product.weight_g),
            width=f"{product.width_mm}.00",
        )
        if product
        else None,
        weight_max=line.weight_g / 1000,
    )


def _initiator(ended_by: str) -> str:
    words = {
        "seller": _("Seller"),
        "client": _("Buyer"),
        "platform": _("Marketplace"),
        "delivery": _("Delivery service"),
    }
    return words[ended_by]
