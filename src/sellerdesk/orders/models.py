"""Orders, the postings they are shipped as, and their lines with prices and commission frozen at purchase."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Order(models.Model):
    """What one buyer bought at once from one seller. Its number is `<digits>-<4 digits>`."""

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=24, unique=True)
    buyer_name = models.CharField(max_length=120)
    buyer_phone = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=100)
    # Where the buyer lives, two letters.
    country = models.CharField(max_length=2, default="RU", db_default="RU")
    region = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)
    # Name and address in Latin letters for labels and declarations, where the shop wrote them; else they are spelled by
    # rule, see core.latin.
    latin_name = models.CharField(max_length=120, blank=True, db_default="")
    latin_address = models.CharField(max_length=300, blank=True, db_default="")
    # The company that buys, where one does: name, tax number, reason code (KPP) and address of its registration.
    company_name = models.CharField(max_length=200, blank=True, db_default="")
    company_tax_number = models.CharField(max_length=20, blank=True, db_default="")
    company_tax_reason = models.CharField(max_length=9, blank=True, db_default="")
    company_address = models.CharField(max_length=300, blank=True, db_default="")
    created_at = models.DateTimeField()


class Posting(models.Model):
    """The unit of work: packed, labelled and shipped as one. States and substates are the API's, see states.py."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=28, unique=True)
    parent_number = models.CharField(max_length=28, blank=True)
    # As the delivery method was when the order was taken: fbs, rfbs or fbo, and who tells where the parcel is.
    scheme = models.CharField(max_length=5, default="fbs")
    integration = models.CharField(max_length=20, default="platform")
    state = models.CharField(max_length=30)
    substate = models.CharField(max_length=50)
    previous_substate = models.CharField(max_length=50, blank=True)
    changed_at = models.DateTimeField()
    warehouse_id = models.BigIntegerField()
    delivery_method_id = models.BigIntegerField()
    tracking_number = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    # Sums of the lines, kept so that lists and boards need no join.
    units = models.PositiveIntegerField()
    weight_g = models.PositiveIntegerField(default=0)
    amount_minor = models.BigIntegerField()
    # Moscow, Пермь…: where it goes; kept here for lists.
    city = models.CharField(max_length=100, blank=True)
    in_process_at = models.DateTimeField()
    ship_by = models.DateTimeField()
    # When the shop itself delivers: the beginning of the time promised to the buyer, its end, and how often the shop
    # has changed it.
    deliver_from = models.DateTimeField(null=True)
    deliver_by = models.DateTimeField(null=True)
    slot_changes = models.PositiveSmallIntegerField(default=0)
    # An earlier hand-over that the shop has promised, before ship_by.
    cutoff_at = models.DateTimeField(null=True)
    # What the carrier said when it could not register the parcel.
    failure = models.CharField(max_length=300, blank=True)
    packed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason_id = models.PositiveIntegerField(null=True)
    cancel_message = models.CharField(max_length=500, blank=True)
    # seller, client, platform, delivery
    cancelled_by = models.CharField(max_length=10, blank=True)
    cancelled_after_ship = models.BooleanField(default=False)
    # Logistics quoted at purchase, with the rule version.
    logistics_minor = models.BigIntegerField(default=0)
    logistics_rule_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    # How many answers packing still waits for: marks, countries, weights…; nothing is packed before it is 0.
    open_needs = models.PositiveIntegerField(default=0, db_default=0)
    # In how many boxes the parcel travels, all under one number.
    box_count = models.PositiveSmallIntegerField(default=1, db_default=1)
    # What its carrier does not take of it as one parcel: what helps (split, method, none), then the bounds it breaks.
    over_limits = models.CharField(max_length=60, blank=True, db_default="")
    # Number, offer ids, skus, names, tracking and buyer, folded for search.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-in_process_at", "-id"], name="orders_posting_newest"),
            models.Index(fields=["seller", "state", "ship_by", "id"], name="orders_posting_due"),
            # Each order that the list offers has an index that ends it, so that no page sorts the shop's history.
            models.Index(fields=["seller", "ship_by", "id"], name="orders_posting_ship_by"),
            models.Index(fields=["seller", "amount_minor", "id"], name="orders_posting_amount"),
            models.Index(fields=["seller", "state", "-in_process_at", "-id"], name="orders_posting_of_state"),
            # The couriers' work list is small next to all postings ever made.
            models.Index(fields=["state", "substate", "id"], name="orders_posting_open",
                         condition=~Q(state__in=["delivered", "cancelled"])),
            # Terms: what waits for its hand-over in any shop, and what a shop handed over in a stretch of time.
            models.Index(fields=["ship_by", "id"], name="orders_posting_waiting",
                         condition=Q(handed_over_at=None, cancelled_at=None)),
            # With the scheme, so that counting reads no row.
            models.Index(fields=["seller", "handed_over_at", "scheme"], name="orders_posting_shipped",
                         condition=Q(handed_over_at__isnull=False)),
            # What ended without a sale, the newest first.
            models.Index(fields=["seller", "-cancelled_at", "-id"], name="orders_posting_ended",
                         condition=Q(cancelled_at__isnull=False)),
        ]


class PostingLine(models.Model):
    posting = models.ForeignKey("orders.Posting", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    quantity = models.PositiveIntegerField()
    # Per unit, with packing; kept because parcels are priced by weight when a posting is split.
    weight_g = models.PositiveIntegerField(default=0)
    # Size of one packed unit and whether it holds a battery, kept for the same reason.
    depth_mm = models.PositiveIntegerField(default=0)
    width_mm = models.PositiveIntegerField(default=0)
    height_mm = models.PositiveIntegerField(default=0)
    batteries = models.BooleanField(default=False)
    # Per unit, as sold.
    price_minor = models.BigIntegerField()
    old_price_minor = models.BigIntegerField(default=0)
    # For the whole line, with the version of the rule that gave it.
    commission_minor = models.BigIntegerField()
    commission_bp = models.PositiveIntegerField()
    commission_rule_id = models.BigIntegerField()
    # What packing asks of this product, words of packing.needs, as the rules were when it was ordered.
    needs = models.CharField(max_length=120, blank=True, db_default="")
    # What the buyer pays per unit, in their currency, and the version of the exchange rate that made it; empty for
    # older lines, and no rate where both are the same.
    buyer_price_minor = models.BigIntegerField(default=0, db_default=0)
    buyer_currency = models.CharField(max_length=3, blank=True, db_default="")
    rate_id = models.BigIntegerField(null=True)
    # What customs are told of one unit where it is not the price: as declared, the same in the shop's currency, and
    # the version of the rate of the declared currency.
    declared_minor = models.BigIntegerField(default=0, db_default=0)
    declared_currency = models.CharField(max_length=3, blank=True, db_default="")
    declared_price_minor = models.BigIntegerField(default=0, db_default=0)
    declared_rate_id = models.BigIntegerField(null=True)
    # ISO code of the country of origin, where it is asked for.
    country = models.CharField(max_length=2, blank=True, db_default="")
    # The price without promotions, 0 where none was met, and the actions that made the price, with spaces between.
    list_price_minor = models.BigIntegerField(default=0, db_default=0)
    action_ids = models.CharField(max_length=80, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["seller", "product", "-id"], name="orders_line_product")]


class PostingCount(models.Model):
    """How many postings of a shop are where. A number is the sum of its rows, which the database writes itself, see
    services/counting.py; nothing else does.

    On PostgreSQL rows are only added and now and then folded into one, so that nobody waits for anybody and a reader
    sees the same as by counting; on SQLite, which has one writer, there is one row for each place.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    warehouse_id = models.BigIntegerField()
    scheme = models.CharField(max_length=5)
    state = models.CharField(max_length=30)
    substate = models.CharField(max_length=50)
    postings = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["seller", "warehouse_id", "state"], name="orders_count_place")]


from sellerdesk.orders.models_invoices import Invoice, InvoiceFile  # noqa: E402, F401
from sellerdesk.orders.models_requests import CancelRequest  # noqa: E402, F401
from sellerdesk.orders.models_terms import Dispute, DisputeFile, Fault, TermDay, TermNotice  # noqa: E402, F401
from sellerdesk.orders.models_units import Exemplar, ScanAct  # noqa: E402, F401
