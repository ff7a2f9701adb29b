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
    # Attributes with the same number are filled in together, row by row; 0: it stands by itself.
    complex_id = models.BigIntegerField(default=0, db_default=0)


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
        """As the API calls them, see catalog.states; `price_sent` is the normal final one: priced."""

        DRAFT = "draft"
        PENDING = "pending"
        FAILED = "failed"
        MODERATING = "moderating"
        DECLINED = "declined"
        PROCESSED = "processed"
        PRICE_SENT = "price_sent"
        HIDDEN = "hidden"

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
    # Rows of attributes that belong together: [{"id": complex id, "attributes": as above}].
    complexes = models.JSONField(default=list, db_default=[])
    # [{"key", "thumb": stored files, "source": address it came from, "state": ready | waiting | failed, "error"}],
    # the first is the main one.
    images = models.JSONField(default=list)
    # [{"id": a ProductFile or 0, "name", "source", "state": ready | waiting | failed, "why"}] in the buyer's order.
    documents = models.JSONField(default=list, db_default=[])
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    # Why it is hidden: one of states.HIDDEN_BECAUSE.
    hidden_because = models.CharField(max_length=20, blank=True, default="")
    # It goes on selling while a moderator looks at a change.
    in_review = models.BooleanField(default=False)
    # Errors and warnings of the last check, as FieldError rows.
    errors = models.JSONField(default=list)
    # How many of them there are, so that lists need not look into the JSON.
    problem_count = models.PositiveSmallIntegerField(default=0)
    archived = models.BooleanField(default=False)
    # Who put it into the archive: manual, auto (long without sales) or seasonal; empty outside the archive.
    archived_how = models.CharField(max_length=8, blank=True, default="", db_default="")
    archived_at = models.DateTimeField(null=True)
    # Content score, 0 to 100: see scoring.py.
    score = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Products of one shop with the same key are one card to buyers: see rules.model_key.
    model_key = models.CharField(max_length=200, blank=True, default="", db_default="")
    # What its card says of the brand, see rules.brand: figures are summed up by it.
    brand_id = models.BigIntegerField(default=0, db_default=0)
    brand = models.CharField(max_length=200, blank=True, default="", db_default="")
    # Words of name, offer id, sku and barcodes, folded for search.
    search_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "offer_id"], name="catalog_product_offer")]
        indexes = [models.Index(fields=["seller", "archived", "status", "id"], name="catalog_product_list"),
                   models.Index(fields=["seller", "archived", "id"], name="catalog_product_newest"),
                   models.Index(fields=["seller", "model_key", "id"], name="catalog_product_model",
                                condition=~Q(model_key="")),
                   # All that the tabs of the list count of a card, so that counting reads no cards.
                   models.Index(fields=["seller", "archived", "status", "score", "problem_count"],
                                name="catalog_product_tabs"),
                   models.Index(fields=["seller", "category", "brand_id", "brand", "id"],
                                name="catalog_product_figures")]


class Picture(models.Model):
    """A file a seller sent, and the picture it shows: the same pixels, under whatever bytes, are kept once per seller.

    The sizes between thumb and picture are there once `sized_at` is set.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    thumb_key = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    pixels = models.CharField(max_length=64, blank=True)
    sized_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "sha256"], name="catalog_picture_once")]
        indexes = [models.Index(fields=["seller", "pixels"], name="catalog_picture_pixels"),
                   models.Index(fields=["seller", "key"], name="catalog_picture_key")]


class ProductFile(models.Model):
    """A PDF that a seller gave to products: the same bytes are kept once per seller, and stay while history speaks of
    them."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    size_bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "sha256"], name="catalog_productfile_once")]


class ImportTask(models.Model):
    """One batch of product writes: a spreadsheet or a call of the API. Its id is the API's task_id."""

    class State(models.TextChoices):
        """See import_states for the moves between them."""

        WAITING = "waiting"
        PARSING = "parsing"
        MAPPING = "mapping"
        CHECKING = "checking"
        READY = "ready"
        APPLYING = "applying"
        PAUSED = "paused"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=10)
    file_name = models.CharField(max_length=255, blank=True)
    file_key = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_format = models.CharField(max_length=4, blank=True)
    # product, price, stock or images: what the rows may change.
    kind = models.CharField(max_length=8, default="product")
    # Whether a person looks at the dry run before anything is written.
    ask = models.BooleanField(default=False)
    # How the file was understood: {"sheet", "header", "columns": [{"index", "heading", "key"}], "types": [ids]}.
    layout = models.JSONField(default=dict)
    # What the dry run foresees: {"created", "updated", "unchanged", "failed", "moderated", "quarantine"}.
    forecast = models.JSONField(default=dict)
    # The last row that the running stage has done, and how many.
    cursor = models.PositiveIntegerField(default=0)
    stage_done = models.PositiveIntegerField(default=0)
    # Which run of the worker may write; pausing and resuming begins another.
    run = models.PositiveIntegerField(default=0)
    # Real time of the last progress, to tell when it hangs.
    moved_at = models.DateTimeField(null=True)
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
        indexes = [models.Index(fields=["seller", "-id"], name="catalog_import_list"),
                   models.Index(fields=["seller", "file_sha256"], name="catalog_import_file")]


class ColumnName(models.Model):
    """A heading that a shop has said the meaning of; the next file with it needs no asking."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    # Folded as headings are compared.
    heading = models.CharField(max_length=200)
    # The column's key; empty means: leave it out.
    key = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "heading"], name="catalog_columnname_once")]


class ImportItem(models.Model):
    """One row of an import with its outcome."""

    task = models.ForeignKey("catalog.ImportTask", on_delete=models.CASCADE, related_name="+", db_index=False)
    row_number = models.PositiveIntegerField()
    offer_id = models.CharField(max_length=200, blank=True)
    product_id = models.BigIntegerField(default=0)
    # pending, imported, failed, skipped: the API's words; `outcome` says created, updated, unchanged or failed, for a
    # pending row as the dry run foresees it. Rows of files keep their cells: {"cells": [texts], "edits": {key: text}}.
    status = models.CharField(max_length=10, default="pending")
    outcome = models.CharField(max_length=10, blank=True)
    payload = models.JSONField(default=dict)
    # [{"column", "cell", "field", "code", "message", "value", "level", "attribute_id", "suggestions"}]
    errors = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "row_number"], name="catalog_importitem_row")]
        indexes = [models.Index(fields=["task", "status", "row_number"], name="catalog_importitem_list",
                                condition=~Q(status="imported"))]


class Batch(models.Model):
    """One act on many products, through any door, as it can be looked at and undone."""

    class State(models.TextChoices):
        APPLIED = "applied"
        UNDOING = "undoing"
        UNDONE = "undone"
        PARTLY_UNDONE = "partly_undone"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    # file, api, form, grid, percent, stock, images, archive, restore, undo, system …: the door it came through.
    source = models.CharField(max_length=20)
    title = models.CharField(max_length=255, blank=True)
    actor = models.JSONField(default=dict)
    actor_label = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    import_task = models.ForeignKey("catalog.ImportTask", on_delete=models.SET_NULL, null=True, related_name="+")
    undo_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=14, choices=State.choices, default=State.APPLIED)
    undo_until = models.DateTimeField()
    job_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="catalog_batch_list")]


class Change(models.Model):
    """What a batch did to one product. Keys are flat: fields of the card, `archived`, `price.price`, `stock.<id>`."""

    class Undo(models.TextChoices):
        NONE = ""
        DONE = "done"
        CONFLICT = "conflict"

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    batch = models.ForeignKey("catalog.Batch", on_delete=models.CASCADE, related_name="+", db_index=False)
    # No foreign key: the history of a product that was taken back stays, so that it can be brought back again.
    product_id = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    created = models.BooleanField(default=False)
    deleted = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undo = models.CharField(max_length=8, choices=Undo.choices, default=Undo.NONE, blank=True)
    # Why it could not be set back: {"keys": […], "by", "at", "reason"}.
    conflict = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "product_id", "-id"], name="catalog_change_product"),
            models.Index(fields=["batch", "id"], name="catalog_change_batch"),
        ]


class EditorDraft(models.Model):
    """What a person has typed into the editor and not saved yet. `product_id` 0 is a new card of the type."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    product_id = models.BigIntegerField(default=0)
    type = models.ForeignKey("catalog.ProductType", on_delete=models.CASCADE, related_name="+", db_index=False)
    # Field → list of texts, as the form sends them.
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "user", "product_id", "type"],
                                               name="catalog_draft_once")]


class ShopSetting(models.Model):
    """What a shop decided about its cards."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, related_name="+", primary_key=True)
    copying_forbidden = models.BooleanField(default=False)


class ProductBarcode(models.Model):
    """Barcodes one by one, to find what they belong to; the card's own list is the truth."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["code", "product"], name="catalog_barcode_code")]


class ValueProposal(models.Model):
    """A value that a shop misses in the list of an attribute."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    type = models.ForeignKey("catalog.ProductType", on_delete=models.CASCADE, related_name="+", db_index=False)
    attribute = models.ForeignKey("catalog.Attribute", on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=100)
    folded = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    value_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "type", "attribute", "folded"],
                                               condition=Q(state="waiting"), name="catalog_proposal_once")]
        indexes = [models.Index(fields=["seller", "-id"], name="catalog_proposal_list"),
                   models.Index(fields=["id"], condition=Q(state="waiting"), name="catalog_proposal_queue")]


class DayCount(models.Model):
    """How often a shop did what is counted by the day. Days begin at 03:00 in Moscow."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=20)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "name", "day"], name="catalog_daycount_once")]


# Cases, certificates and their files are tables of this domain too; they have a file of their own.
from sellerdesk.catalog.models_moderation import (  # noqa: E402, F401
    Certificate,
    CertificateProduct,
    Decision,
    ModerationCase,
    PaperFile,
)
from sellerdesk.catalog.models_pictures import PictureFile, PictureUpload  # noqa: E402, F401
