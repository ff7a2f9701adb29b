"""What buyers and shops say to each other: chats about postings, reviews and questions about products."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Chat(models.Model):
    """One conversation about a posting. Unread and awaiting are kept with every message, so that lists only read."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting_number = models.CharField(max_length=28)
    order_number = models.CharField(max_length=24)
    warehouse_id = models.BigIntegerField(default=0)
    # The goods of the first line, for whoever looks at a list.
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    buyer_name = models.CharField(max_length=120)
    scheme = models.CharField(max_length=5)
    opened = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # What windows hang on: payment, the posting's end, the buyer's last word; and the rule messaging.windows.
    paid_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    buyer_at = models.DateTimeField(null=True)
    write_until = models.DateTimeField(null=True)
    rule_id = models.BigIntegerField()
    last_at = models.DateTimeField()
    last_id = models.BigIntegerField(default=0)
    last_by = models.CharField(max_length=6, blank=True)
    last_text = models.CharField(max_length=200, blank=True)
    # Messages of the buyer that the shop has not read, and whether the buyer had the last word.
    unread = models.PositiveIntegerField(default=0)
    awaiting = models.BooleanField(default=False)
    seller_read_id = models.BigIntegerField(default=0)
    buyer_read_id = models.BigIntegerField(default=0)
    assignee_id = models.BigIntegerField(null=True)
    assignee = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Posting, goods, buyer and everything said, folded for search.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-last_at", "-id"], name="messaging_chat_newest"),
            models.Index(fields=["seller", "id"], name="messaging_chat_unread", condition=Q(unread__gt=0)),
            models.Index(fields=["seller", "write_until"], name="messaging_chat_awaiting",
                         condition=Q(awaiting=True, opened=True)),
            # What time does looks at these alone.
            models.Index(fields=["write_until"], name="messaging_chat_ends",
                         condition=Q(opened=True, write_until__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["seller", "posting_number"], name="messaging_chat_once")]


class Message(models.Model):
    """What one side said. Contacts are taken out before it is stored; the text as typed is kept nowhere."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    chat = models.ForeignKey("messaging.Chat", on_delete=models.CASCADE, related_name="+", db_index=False)
    # buyer or seller
    by = models.CharField(max_length=6)
    author = models.CharField(max_length=200, blank=True)
    # text, image or file
    kind = models.CharField(max_length=5, default="text")
    text = models.CharField(max_length=1000, blank=True)
    file_key = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    masked = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["chat", "id"], name="messaging_message_in_chat")]


class Translation(models.Model):
    """A message in another language, as a translator gave it."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey("messaging.Message", on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "language"], name="messaging_translated_once")]


class Note(models.Model):
    """What colleagues write to each other beside a chat. No buyer sees it."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    chat = models.ForeignKey("messaging.Chat", on_delete=models.CASCADE, related_name="+")
    author = models.CharField(max_length=200)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()


class Template(models.Model):
    """A ready answer with variables in braces."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    text = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "name"], name="messaging_template_name")]


class Review(models.Model):
    """A buyer's opinion of one product of a posting."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    posting_number = models.CharField(max_length=28)
    author = models.CharField(max_length=120)
    rating = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=3000, blank=True)
    # NEW, VIEWED or PROCESSED, the API's words.
    status = models.CharField(max_length=9, default="NEW")
    # DELIVERED or CANCELLED
    order_status = models.CharField(max_length=9)
    # Whether it counts in the rating, by the rule messaging.counting.
    counts = models.BooleanField(default=True)
    rule_id = models.BigIntegerField()
    # Taken off by the marketplace after a report.
    removed = models.BooleanField(default=False)
    photos = models.PositiveSmallIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    # How many buyers found it useful, and how many did not.
    likes = models.PositiveIntegerField(default=0)
    dislikes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-at", "-id"], name="messaging_review_newest"),
            models.Index(fields=["seller", "id"], name="messaging_review_open", condition=~Q(status="PROCESSED")),
            models.Index(fields=["product", "at"], name="messaging_review_counts", condition=Q(counts=True)),
        ]
        constraints = [models.UniqueConstraint(fields=["posting_number", "sku"], name="messaging_review_once")]


class ReviewPhoto(models.Model):
    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    review = models.ForeignKey("messaging.Review", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class Question(models.Model):
    """What somebody wants to know about a product before buying it."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    author = models.CharField(max_length=120)
    text = models.CharField(max_length=1000)
    # One of types.TOPICS.
    topic = models.CharField(max_length=10)
    status = models.CharField(max_length=9, default="NEW")
    answers = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-at", "-id"], name="messaging_question_newest"),
            models.Index(fields=["seller", "id"], name="messaging_question_open", condition=~Q(status="PROCESSED")),
            models.Index(fields=["seller", "product"], name="messaging_question_of"),
        ]


class Reply(models.Model):
    """A public answer under a review or a question; buyers see it when moderation has let it through."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    review = models.ForeignKey("messaging.Review", on_delete=models.CASCADE, related_name="+", null=True)
    question = models.ForeignKey("messaging.Question", on_delete=models.CASCADE, related_name="+", null=True)
    by = models.CharField(max_length=6)
    author = models.CharField(max_length=200)
    text = models.CharField(max_length=3000)
    # moderation, published or rejected; the reason is a word of rules.judge_reply.
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    # When moderation ends, and when it ended.
    publish_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["publish_at"], name="messaging_reply_due", condition=Q(state="moderation"))]
        constraints = [models.CheckConstraint(name="messaging_reply_about",
                                              condition=Q(review__isnull=False) ^ Q(question__isnull=False))]


class Report(models.Model):
    """A shop's complaint about a chat or a review. Operators decide."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    chat = models.ForeignKey("messaging.Chat", on_delete=models.CASCADE, related_name="+", null=True)
    review = models.ForeignKey("messaging.Review", on_delete=models.CASCADE, related_name="+", null=True)
    reason = models.CharField(max_length=20)
    comment = models.CharField(max_length=1000, blank=True)
    # open, upheld or declined
    state = models.CharField(max_length=8, default="open")
    answer = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="messaging_report_open", condition=Q(state="open")),
                   models.Index(fields=["seller", "-id"], name="messaging_report_newest")]
        constraints = [
            models.UniqueConstraint(fields=["chat"], condition=Q(state="open"), name="messaging_report_chat_once"),
            models.UniqueConstraint(fields=["review"], condition=Q(state="open"), name="messaging_report_review_once"),
        ]
