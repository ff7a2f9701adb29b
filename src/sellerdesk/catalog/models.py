"""Category tree, attributes and dictionaries (of the marketplace); products, pictures and imports (of a seller)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Category(models.Model):
    """A node of the tree. Ids are the description_category_id of the API. Products hang on leaf + type."""

    id = models.BigIntegerField(primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    name_en = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    depth = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    disabled = models.BooleanField(default=False)
    source = models.CharField(max_length=20, default="starter")

    class Meta:
        indexes = [models.Index(fields=["parent", "position"], name="catalog_category_tree")]


class ProductType(models.Model):
    """A leaf's kind of goods. Ids are the type_id of the API."""

    id = models.BigIntegerField(primary_key=True)
    category = models.ForeignKey("catalog.Category", on_delete=models.CASCADE, related_name="+")
    name_en = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    # Everything by which the type may be found, folded: names and synonyms in three languages.
    search_text = models.TextField(blank=True)
    disabled = models.BooleanField(default=False)
    source = models.CharField(max_length=20, default="starter")

    class Meta:
        indexes = [models.Index(fields=["category"], name="catalog_type_category")]


class Dictionary(models.Model):
    id = models.BigIntegerField(primary_key=True)
    name_en = models.CharField(max_length=200)


class DictionaryValue(models.Model):
    id = models.BigIntegerField(primary_key=True)
    dictionary = models.ForeignKey("catalog.Dictionary", on_delete=models.CASCADE, related_name="+")
    value_en = models.CharField(max_length=300)
    value_ru = models.CharField(max_length=300)
    value_zh = models.CharField(max_length=300)
    info = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dictionary", "id"], name="catalog_value_page")]


class Attribute(models.Model):
    id = models.BigIntegerField(primary_key=True)
    name_en = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    description_en = models.TextField(blank=True)
    description_ru = models.TextField(blank=True)
    description_zh = models.TextField(blank=True)
    # String, Integer, Decimal, Boolean, URL, multiline: the API's words.
    kind = models.CharField(max_length=12)
    group_en = models.CharField(max_length=100, blank=True)
    group_ru = models.CharField(max_length=100, blank=True)
    group_zh = models.CharField(max_length=100, blank=True)
    group_id = models.PositiveSmallIntegerField(default=0)
    unit_en = models.CharField(max_length=20, blank=True)
    unit_ru = models.CharField(max_length=20, blank=True)
    unit_zh = models.CharField(max_length=20, blank=True)
    dictionary = models.ForeignKey("catalog.Dictionary", on_delete=models.PROTECT, null=True, related_name="+")
    is_collection = models.BooleanField(default=False)
    max_value_count = models.PositiveSmallIntegerField(default=1)
    category_dependent = models.BooleanField(default=False)


class TypeAttribute(models.Model):
    type = models.ForeignKey("catalog.ProductType", on_delete=models.CASCADE, related_name="+")
    attribute = models.ForeignKey("catalog.Attribute", on_delete=models.CASCADE, related_name="+")
    required = models.BooleanField(default=False)
    is_aspect = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    # Where the attribute is category dependent: the value ids allowed for this type; empty means all.
    value_ids = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "attribute"], name="catalog_typeattribute_once")]


class Product(models.Model):
    """A seller's card. Prices and stock live in their own domains, in narrow tables that change often.

    Ids come from core.ids in blocks per seller, so one seller's rows lie side by side.
    """

    class Status(models.TextChoices):
        """As the API calls them; `price_sent` is the normal final one: priced, stock may be sent."""

        PENDING = "pending"
        FAILED = "failed"
        MODERATING = "moderating"
        DECLINED = "declined"
        PROCESSED = "processed"
        PRICE_SENT = "price_sent"

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    offer_id = models.CharField(max_length=50)
    sku = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=500)
    # Optional titles in other languages: {"en": …, "ru": …, "zh-hans": …}.
    names = models.JSONField(default=dict)
    description = models.TextField(blank=True)
    descriptions = models.JSONField(default=dict)
    category = models.ForeignKey("catalog.Category", on_delete=models.PROTECT, related_name="+", db_index=False)
    type = models.ForeignKey("catalog.ProductType", on_delete=models.PROTECT, related_name="+", db_index=False)
    barcodes = models.JSONField(default=list)
    depth_mm = models.PositiveIntegerField(default=0)
    width_mm = models.PositiveIntegerField(default=0)
    height_mm = models.PositiveIntegerField(default=0)
    weight_g = models.PositiveIntegerField(default=0)
    vat = models.CharField(max_length=5, default="0")
    # [{"id": attribute id, "values": [{"dictionary_value_id": …, "value": …}]}], the API's own shape.
    attributes = models.JSONField(default=list)
    # [{"key", "thumb": stored files, "source": address it came from, "state": ready | waiting | failed, "error"}],
    # the first is the main one.
    images = models.JSONField(default=list)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    # Errors and warnings of the last check, as FieldError rows.
    errors = models.JSONField(default=list)
    # How many of them there are, so that lists need not look into the JSON.
    problem_count = models.PositiveSmallIntegerField(default=0)
    archived = models.BooleanField(default=False)
    # Words of name, offer id, sku and barcodes, folded for search.
    search_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "offer_id"], name="catalog_product_offer")]
        indexes = [models.Index(fields=["seller", "archived", "status", "id"], name="catalog_product_list")]


class Picture(models.Model):
    """A stored picture; the same bytes are kept once per seller."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    thumb_key = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "sha256"], name="catalog_picture_once")]


class ImportTask(models.Model):
    """One batch of product writes: a spreadsheet or a call of the API. Its id is the API's task_id."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CHECKING = "checking"
        APPLYING = "applying"
        DONE = "done"
        FAILED = "failed"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=10)
    file_name = models.CharField(max_length=255, blank=True)
    file_key = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # What went wrong with the file as a whole: [{"code", "message"…}].
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    job_id = models.BigIntegerField(null=True)
    actor = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="catalog_import_list")]


class ImportItem(models.Model):
    """One row of an import with its outcome."""

    task = models.ForeignKey("catalog.ImportTask", on_delete=models.CASCADE, related_name="+", db_index=False)
    row_number = models.PositiveIntegerField()
    offer_id = models.CharField(max_length=200, blank=True)
    product_id = models.BigIntegerField(default=0)
    # pending, imported, failed, skipped: the API's words; `outcome` says created, updated or unchanged.
    status = models.CharField(max_length=10, default="pending")
    outcome = models.CharField(max_length=10, blank=True)
    payload = models.JSONField(default=dict)
    # [{"column", "cell", "field", "code", "message", "value", "level", "attribute_id", "suggestions"}]
    errors = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "row_number"], name="catalog_importitem_row")]
        indexes = [models.Index(fields=["task", "status", "row_number"], name="catalog_importitem_list",
                                condition=~Q(status="imported"))]
