"""Labels: a few as one file, many as tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Request

PostingNumber = Annotated[str, Meta(min_length=1)]
Numbers = Annotated[Sequence[PostingNumber], Meta(min_length=1, max_length=1000)]


class PostingFBSPackageLabelRequest(Request):
    posting_number: Annotated[Sequence[PostingNumber], Meta(min_length=1, max_length=20)]


class PostingFBSPackageLabelResponse(Answer, frozen=True):
    """The answer where JSON was asked for; otherwise the body is the PDF itself."""

    file_content: str
    file_name: str
    content_type: str


class CreateLabelBatchRequest(Request):
    posting_number: Numbers


class CreateLabelBatchResult(Answer, frozen=True):
    task_id: int


class CreateLabelBatchResponse(Answer, frozen=True):
    result: CreateLabelBatchResult


class LabelTask(Answer, frozen=True):
    """`task_type` is big_label or small_label."""

    task_id: int
    task_type: str


class CreateLabelBatchV2Result(Answer, frozen=True):
    tasks: Sequence[LabelTask]


class CreateLabelBatchV2Response(Answer, frozen=True):
    result: CreateLabelBatchV2Result


class PostingFbsPackageLabelCreateRequest(Request):
    posting_numbers: Numbers


class PostingFbsPackageLabelCreateResponse(Answer, frozen=True):
    tasks: Sequence[LabelTask]


class GetLabelBatchRequest(Request):
    task_id: Id


class UnprintedPosting(Answer, frozen=True):
    msg: str
    posting_number: str


class GetLabelBatchResult(Answer, frozen=True):
    """`status` is pending, in_progress, completed or error."""

    error: str
    file_url: str
    printed_postings_count: int
    status: str
    unprinted_postings: Sequence[UnprintedPosting]
    unprinted_postings_count: int


class GetLabelBatchResponse(Answer, frozen=True):
    result: GetLabelBatchResult


class PostingFbsPackageLabelGetRequest(Request):
    message: ClassVar[str] = "PostingFbsPackageLabelGetRequest"

    task_id: Id


class UnprintedPostingV2(Answer, frozen=True):
    message: str
    posting_number: str


class LabelTaskStatus(Answer, frozen=True):
    code: str
    postings_count: int
    printed_postings_count: int
    unprinted_postings: Sequence[UnprintedPostingV2]


class LabelTaskError(Answer, frozen=True):
    code: str
    message: str


class PostingFbsPackageLabelGetResponse(Answer, frozen=True):
    """`error` is there only for a task that failed as a whole."""

    status: LabelTaskStatus
    file_url: str = ""
    error: LabelTaskError | None = None
