"""A posting as the API spells it, in its two generations. Nothing is read here: cards come complete from orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from sellerdesk.catalog.types import ProductCard
from sellerdesk.core.i18n import localized
from sellerdesk.orders.types import CancelReason, LineRow, PostingCard
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas import postings_fbs_v3 as v3
from sellerdesk.seller_api.schemas import postings_fbs_v4 as v4

# Parcels go with the marketplace's own carriers; nothing here is arranged by the seller.
INTEGRATION = "ozon"
_ACTIONS = {
    "ship": ("ship",),
    "label": ("has_barcode_for_printing", "label_download", "label_download_small"),
    "cancel": ("cancel",),
}
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
        )

    def detail(
        self,
        card: PostingCard,
        *,
        products: Mapping[int, ProductCard],
        siblings: Sequence[str] | None,
        exemplars: bool,
    ) -> v3.FbsPostingDetail:
        return v3.FbsPostingDetail(
            **self._common(card),
            products=[_product_detail(line, card.currency, products.get(line.product_id)) for line in card.lines],
            addressee=None,
            financial_data=self._finances_v3(card) if self.wanted.financial_data else None,
            previous_substatus=card.previous_substate or None,
            fact_delivery_date=card.delivered_at,
            product_exemplars=v3.FbsPostingProductExemplars(
                products=[v3.FbsPostingExemplarProduct(sku=line.sku, exemplars=()) for line in card.lines]
            )
            if exemplars
            else None,
            related_postings=v3.RelatedPostings(
                related_posting_numbers=[number for number in siblings if number != card.number]
            )
            if siblings is not None
            else None,
        )

    def _common(self, card: PostingCard) -> dict[str, Any]:
        carrier = localized(card.carrier_names, self.language, card.carrier_code)
        return {
            "posting_number": card.number,
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
            "available_actions": sorted(word for name in card.available_actions for word in _ACTIONS.get(name, ())),
            "cancellation": self._cancellation(card),
            "tracking_number": card.tracking_number,
            "tpl_integration_type": INTEGRATION,
            "integration_type_flow": INTEGRATION,
            "delivering_date": card.handed_over_at,
            "parent_posting_number": card.parent_number,
            # The marketplace delivers, so the buyer's name and address stay with it.
            "customer": None,
            "analytics_data": self._analytics(card, carrier) if self.wanted.analytics_data else None,
            "barcodes": parts.PostingBarcodes(lower_barcode=card.lower_barcode, upper_barcode=card.upper_barcode)
            if self.wanted.barcodes
            else None,
            "legal_info": parts.PostingLegalInfo() if self.wanted.legal_info else None,
        }

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
                    customer_price=wire.money(line.price_minor, card.currency),
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
                    customer_price=wire.money_number(line.price_minor, card.currency),
                    customer_currency_code=card.currency,
                )
                for line in card.lines
            ],
            cluster_from=card.warehouse_city,
            cluster_to=card.city,
        )


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
    }


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
