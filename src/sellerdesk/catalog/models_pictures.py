"""Uploads of pictures by file name, with what became of each file."""

from __future__ import annotations

from django.db import models

from sellerdesk.catalog import picture_states


class PictureUpload(models.Model):
    """Many pictures sent together: an archive, or loose files packed into one. `mode` is replace or add."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=[(one, one) for one in picture_states.ALL],
                             default=picture_states.WAITING)
    mode = models.CharField(max_length=10, blank=True)
    total = models.PositiveIntegerField(default=0)
    actor = models.JSONField()
    problem = models.JSONField(null=True)
    batch = models.ForeignKey("catalog.Batch", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="catalog_picture_uploads")]


class PictureFile(models.Model):
    """One file of an upload. `position` is its place among the pictures of its product, 0 for the main one."""

    upload = models.ForeignKey("catalog.PictureUpload", on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    product_id = models.BigIntegerField(null=True)
    matched_by = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=200, blank=True)
    thumb_key = models.CharField(max_length=200, blank=True)
    # The error as catalog.stored spells it, and offer ids that read like the name.
    why = models.JSONField(null=True)
    closest = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="catalog_picture_file_once")]
