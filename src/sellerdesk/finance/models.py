"""Double-entry ledger and the accruals that explain it. Append-only: corrections are new rows."""

from __future__ import annotations

from django.db import models


class Transaction(models.Model):
    """One booking; its lines sum to zero. `key` makes booking the same thing twice impossible.

    The database refuses to change or delete bookings and their lines (migration 0002).
    """

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    posting_number = models.CharField(max_length=28, blank=True)
    # What it changed for the seller: the sum of its lines on the account "seller", so that lists read one table.
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        indexes = [models.Index(fields=["seller", "-at", "-id"], name="finance_tx_newest"),
                   models.Index(fields=["seller", "posting_number"], name="finance_tx_posting")]


class Line(models.Model):
    """A side of a booking. On the account "seller" plus is what the marketplace owes the seller.

    Accounts: seller, buyer, commission, logistics, acquiring, penalties, storage (of returns), warehouses (of goods
    with the marketplace), compensations, instalments, payments (what shops pay in), payouts. Each act moves an amount
    from one account to another, so the lines of a booking sum to zero, kind by kind.
    """

    transaction = models.ForeignKey("finance.Transaction", on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=20)
    # One of rules.KINDS.
    kind = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rule_id = models.BigIntegerField(null=True)
    sku = models.BigIntegerField(null=True)
    quantity = models.IntegerField(default=0)
    # The version of the exchange rate that the buyer's price or the tariff's amount was made with; empty where it was
    # in this currency.
    rate_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "account", "kind"], name="finance_line_account")]


class ShopBalance(models.Model):
    """The sum of a shop's account, kept by every booking in its own transaction; proved against the lines each night.

    Also when the shop's next period is final, and how it wants to be paid.
    """

    seller = models.OneToOneField("sellers.Seller", on_delete=models.PROTECT, primary_key=True, related_name="+")
    currency = models.CharField(max_length=3)
    balance_minor = models.BigIntegerField(default=0, db_default=0)
    bookings = models.BigIntegerField(default=0, db_default=0)
    # The period that runs; empty until the calendar has been asked for the first time.
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    closes_at = models.DateTimeField(null=True)
    # auto: every period; manual: only when somebody of the shop asks.
    payout_mode = models.CharField(max_length=6, default="auto", db_default="auto")
    # No payout below this; the marketplace's own minimum holds as well.
    minimum_minor = models.BigIntegerField(default=0, db_default=0)
    # The first day of the month whose documents are made next; empty until the first month has ended.
    documents_from = models.DateField(null=True)
    checked_at = models.DateTimeField(null=True)
    # Kept less summed, at the last check. Anything but zero is a fault of the system.
    difference_minor = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [models.Index(fields=["closes_at"], name="finance_balance_due")]


class ShopKind(models.Model):
    """The sum of a shop's account by kind of line, payouts among them: kept and proved as `ShopBalance` is, and
    together the same amount."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    # One of rules.KINDS.
    kind = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "kind"], name="finance_shop_kind_once")]


class KindHour(models.Model):
    """The sum of a shop's account by hour and kind of line: kept and proved as `ShopKind` is, so that what a month was
    made of is read from a few thousand rows however much the shop sells.

    Hours are those of UTC; the ends of days elsewhere are read from the lines.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    hour = models.DateTimeField()
    # One of rules.KINDS.
    kind = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "hour", "kind"], name="finance_kind_hour_once")]


class BankAccount(models.Model):
    """Where a shop is paid. Rows are added, never changed: the newest one counts. Numbers are encrypted."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    # JSON of types.BankDetails, under core.crypto.
    details = models.BinaryField()
    # What pages show: the bank and the last four digits.
    bank_name = models.CharField(max_length=120)
    tail = models.CharField(max_length=4)
    currency = models.CharField(max_length=3)
    added_at = models.DateTimeField()
    # Nothing is paid to it before.
    frozen_until = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="finance_bank_newest")]


class Settlement(models.Model):
    """A closed stretch of a shop's account and the payout made of it: opening + accrued − payout = closing.

    Rows of a shop form a chain by `number`: each opens with what the one before it left.
    """

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    # period; manual: asked for by the shop; closing: of a shop that closes.
    kind = models.CharField(max_length=8)
    start_day = models.DateField()
    end_day = models.DateField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    opening_minor = models.BigIntegerField()
    accrued_minor = models.BigIntegerField()
    # The part of `accrued_minor` that was booked after the earlier period it belongs to had been closed.
    late_minor = models.BigIntegerField(default=0)
    payout_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField()
    state = models.CharField(max_length=8)
    # Why carried, held or failed: a word of the wording, perhaps with a remark of the operator.
    reason = models.CharField(max_length=24, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    rule_id = models.BigIntegerField(null=True)
    pay_by = models.DateField()
    planned_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    bank_account = models.ForeignKey("finance.BankAccount", on_delete=models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "number"], name="finance_settlement_once")]
        indexes = [models.Index(fields=["state", "planned_at", "id"], name="finance_settlement_due",
                                condition=models.Q(state__in=["awaiting", "failed"])),
                   models.Index(fields=["pay_by", "currency", "id"], name="finance_settlement_run")]


from sellerdesk.finance.models_companies import CompanySale  # noqa: E402, F401
from sellerdesk.finance.models_documents import Document  # noqa: E402, F401
