"""Batches of labels, the archive of papers, carriages with their parcels."""

from __future__ import annotations

from django.db import models


class PrintChoice(models.Model):
    """How a shop prints labels, until somebody there chooses otherwise."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, related_name="+", primary_key=True)
    size = models.CharField(max_length=10)
    kind = models.CharField(max_length=3)
    first_cell = models.PositiveSmallIntegerField(default=1)


class Paper(models.Model):
    """A paper as it was made; its file is deleted after `keep_until`, the row tells that it once was."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    # One of types.PAPER_KINDS; pdf or zpl.
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=3)
    name = models.CharField(max_length=120)
    carriage_id = models.BigIntegerField(null=True)
    # Of a carriage's paper: the carriage's version and the language it tells; the same is not drawn twice.
    source_version = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    # The one warehouse it concerns; 0 for several. People of single warehouses see those, and what they made.
    warehouse_id = models.BigIntegerField(default=0)
    postings = models.PositiveIntegerField(default=0)
    # Their numbers, in the order of the pages.
    numbers = models.JSONField(default=list)
    pages = models.PositiveIntegerField(default=0)
    size_bytes = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    # Empty when the term is over.
    file_key = models.CharField(max_length=120, blank=True)
    keep_until = models.DateTimeField()
    created_at = models.DateTimeField()
    maker_id = models.CharField(max_length=40)
    maker_label = models.CharField(max_length=200)
    # How often it was printed again.
    reprints = models.PositiveIntegerField(default=0)
    # Numbers of postings and parcels on it, folded.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="handover_paper_newest"),
                   models.Index(fields=["keep_until"], name="handover_paper_term",
                                condition=~models.Q(file_key=""))]


class LabelBatch(models.Model):
    """Labels asked for together: what is ready is printed in one file, what is not is named with the reason."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    size = models.CharField(max_length=10)
    kind = models.CharField(max_length=3)
    first_cell = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=10)
    # As asked, in the order of the screen.
    numbers = models.JSONField()
    total = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default="pending")
    printed = models.PositiveIntegerField(default=0)
    # [number, code, ISO time or null]
    unprinted = models.JSONField(default=list)
    paper = models.ForeignKey("handover.Paper", on_delete=models.SET_NULL, null=True, related_name="+")
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    warehouse_id = models.BigIntegerField(default=0)
    # Who asked, as an Actor: the job acts in their name.
    actor = models.JSONField()
    maker_id = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="handover_batch_newest")]


class Carriage(models.Model):
    """The parcels of one delivery method that leave together on one day, handed over with one act."""

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    warehouse_id = models.BigIntegerField()
    delivery_method_id = models.BigIntegerField()
    departs_on = models.DateField()
    # Which carriage of the method it is on that day, from 1.
    partial_num = models.PositiveIntegerField(default=1)
    # See states.py.
    state = models.CharField(max_length=10, default="new")
    containers = models.PositiveIntegerField(default=0)
    # Kept counts of its parcels, so that lists need no join.
    postings = models.PositiveIntegerField(default=0)
    weight_g = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    formed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    # Whom the courier calls.
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_wechat = models.CharField(max_length=60, blank=True)
    contact_comment = models.CharField(max_length=300, blank=True)
    contact_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="handover_carriage_newest"),
                   models.Index(fields=["formed_at"], name="handover_carriage_open",
                                condition=models.Q(state__in=["formed", "sended"]))]


class CarriageParcel(models.Model):
    """A parcel's place in a carriage. A posting is in one live carriage at most, and the database says so."""

    carriage = models.ForeignKey("handover.Carriage", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    posting_number = models.CharField(max_length=28)
    tracking_number = models.CharField(max_length=40, blank=True)
    weight_g = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    city = models.CharField(max_length=100, blank=True)
    place = models.PositiveIntegerField()
    # "", accepted, missed: what the carrier's scans said.
    sight = models.CharField(max_length=8, blank=True)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting_number"], condition=models.Q(live=True),
                                               name="handover_parcel_once")]
        indexes = [models.Index(fields=["carriage", "place"], name="handover_parcel_place")]


from sellerdesk.handover.models_passes import ArrivalPass  # noqa: E402, F401
