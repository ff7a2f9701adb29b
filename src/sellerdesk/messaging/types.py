"""What crosses the border of the messaging domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

BUYER, SELLER = "buyer", "seller"
MOST_TEXT = 1000
MOST_REPLY = 3000
MOST_NOTE = 2000
MOST_FILE_BYTES = 10 * 1024 * 1024
MOST_PHOTOS = 10
STATUSES = ("NEW", "VIEWED", "PROCESSED")
#: Why a shop reports a chat or a review; operators decide.
ABUSE_REASONS = ("insult", "blackmail", "spam", "contacts", "other")
FAKE_REASONS = ("not_bought", "other_goods", "insult", "advertising", "delivery_only", "other")
#: What buyers ask about, and the field of the editor where the card is mended.
TOPICS: Mapping[str, str] = {
    "size": "size", "material": "attributes", "colour": "attributes", "set": "description", "fit": "description",
    "care": "description", "delivery": "", "warranty": "description", "stock": "", "other": "",
}


@dataclass(frozen=True, slots=True)
class Windows:
    """A dated policy: for how long a shop may begin a chat, and answer in one. Hours; 0 is not at all.

    `until_delivered`: once begun, a chat stays open while the posting is on its way.
    """

    start_after_payment: int
    start_after_end: int
    until_delivered: bool
    reply: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What windows depend on. `ended_at` is when the posting was delivered or cancelled."""

    paid_at: datetime
    ended_at: datetime | None
    buyer_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A conversation as lists show it. `write_until` None with `opened`: for as long as the posting is on its way."""

    id: int
    posting_number: str
    order_number: str
    product_id: int
    sku: int
    offer_id: str
    name: str
    buyer_name: str
    scheme: str
    opened: bool
    created_at: datetime
    last_at: datetime
    last_id: int
    last_by: str
    last_text: str
    unread: int
    awaiting: bool
    write_until: datetime | None
    seller_read_id: int
    buyer_read_id: int
    assignee_id: int | None
    assignee: str
    version: int

    @property
    def may_write(self) -> bool:
        return self.opened


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message. `kind` is text, image or file; `masked` says that contacts were taken out of it."""

    id: int
    chat_id: int
    by: str
    author: str
    kind: str
    text: str
    file_key: str
    file_name: str
    size_bytes: int
    at: datetime
    edited_at: datetime | None
    masked: bool
    translation: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TemplateRow:
    id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ChatFilter:
    """Empty means no restriction. `tab` is awaiting, unread, mine, open, closed or all."""

    tab: str = "all"
    search: str = ""
    assignee_id: int = 0
    user_id: int = 0
    posting_number: str = ""
    since: datetime | None = None
    to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A buyer says something about a posting. `read`: having read what the shop wrote before. An image is its bytes."""

    posting_number: str
    text: str
    at: datetime
    image: bytes = b""
    read: bool = True


@dataclass(frozen=True, slots=True)
class Photo:
    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """A buyer's opinion of one SKU of a posting."""

    posting_number: str
    sku: int
    rating: int
    text: str
    at: datetime
    author: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """What another buyer thinks of a review: of use or not."""

    review_id: int
    useful: bool


@dataclass(frozen=True, slots=True)
class ReviewRow:
    id: int
    product_id: int
    sku: int
    offer_id: str
    name: str
    posting_number: str
    author: str
    rating: int
    text: str
    status: str
    order_status: str
    counts: bool
    removed: bool
    photos: int
    videos: int
    comments: int
    likes: int
    dislikes: int
    at: datetime
    reported: bool = False


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A reply under a review or a question. `state` is moderation, published or rejected, with the reason then."""

    id: int
    about_id: int
    by: str
    author: str
    text: str
    state: str
    reason: str
    at: datetime
    published_at: datetime | None
    edited_at: datetime | None = None
    to_question: bool = False


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Empty means no restriction. `tab` is open, processed or all; ends of times are exclusive."""

    tab: str = "all"
    search: str = ""
    ratings: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    media: str = ""
    order_status: str = ""
    counts: str = ""
    product_id: int = 0
    skus: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()
    since: datetime | None = None
    to: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionInput:
    product_id: int
    text: str
    at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    id: int
    product_id: int
    sku: int
    offer_id: str
    name: str
    author: str
    text: str
    topic: str
    status: str
    answers: int
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    tab: str = "all"
    search: str = ""
    statuses: tuple[str, ...] = ()
    topic: str = ""
    product_id: int = 0
    ids: tuple[int, ...] = ()
    since: datetime | None = None
    to: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A product with how many asked about it, and what they asked about most; `field` mends the card."""

    product_id: int
    sku: int
    offer_id: str
    name: str
    questions: int
    topic: str
    of_topic: int

    @property
    def field(self) -> str:
        return TOPICS.get(self.topic, "")


@dataclass(frozen=True, slots=True)
class Rating:
    """The average of the reviews that count, in hundredths of a star, and how many they are."""

    hundredths: int
    count: int

    @property
    def stars(self) -> float:
        return self.hundredths / 100


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A shop says that a review is fake, or a chat abusive; operators decide."""

    id: int
    seller_id: int
    kind: str
    chat_id: int | None
    review_id: int | None
    reason: str
    comment: str
    excerpt: str
    state: str
    answer: str
    created_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something in messaging that waits for the shop: `kind` is chat, review or question, `due_at` the last moment."""

    kind: str
    id: int
    title: str
    text: str
    since: datetime
    due_at: datetime | None
    url_name: str
