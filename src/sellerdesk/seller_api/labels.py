"""Labels of packed postings: at most 20 as one file, or any number as a task that tells what is not ready."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from sellerdesk.handover import queries as handover
from sellerdesk.handover import services as acts
from sellerdesk.handover.types import BatchCard, Printing
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, File, endpoint
from sellerdesk.seller_api.schemas import labels as models

# The contract's two kinds of tasks: the large label for the parcel, the small one of 58 × 40 mm.
_TASKS = (("big_label", Printing("75x120")), ("small_label", Printing("58x40")))


@endpoint(
    "/v2/posting/fbs/package-label",
    request=models.PostingFBSPackageLabelRequest,
    answer=models.PostingFBSPackageLabelResponse,
    right="postings:read",
    file_type="application/pdf",
    deprecated=True,
)
def package_label(
    call: Call, request: models.PostingFBSPackageLabelRequest
) -> models.PostingFBSPackageLabelResponse | File:
    """Prints the labels of up to 20 packed postings into one PDF, all or none."""
    scope.require(call, request.posting_number)
    paper = acts.label(
        seller=call.seller,
        numbers=request.posting_number,
        actor=call.actor,
        now=call.now,
        language=call.language,
        printing=_as_pdf(handover.printing(call.seller)),
    )
    file = File(paper.data, paper.content_type, "labels.pdf")
    if call.accept.startswith("application/json"):
        return models.PostingFBSPackageLabelResponse(
            file_content=base64.b64encode(file.content).decode(), file_name=file.name, content_type=file.content_type
        )
    return file


@endpoint(
    "/v1/posting/fbs/package-label/create",
    request=models.CreateLabelBatchRequest,
    answer=models.CreateLabelBatchResponse,
    right="postings:read",
    deprecated=True,
)
def create_v1(call: Call, request: models.CreateLabelBatchRequest) -> models.CreateLabelBatchResponse:
    """Starts a task that prints labels in the size the shop has chosen."""
    task_id = _start(call, request.posting_number, _as_pdf(handover.printing(call.seller)))
    return models.CreateLabelBatchResponse(result=models.CreateLabelBatchResult(task_id=task_id))


@endpoint(
    "/v2/posting/fbs/package-label/create",
    request=models.CreateLabelBatchRequest,
    answer=models.CreateLabelBatchV2Response,
    right="postings:read",
    deprecated=True,
)
def create_v2(call: Call, request: models.CreateLabelBatchRequest) -> models.CreateLabelBatchV2Response:
    """Starts two tasks that print labels, one in large and one in small."""
    return models.CreateLabelBatchV2Response(
        result=models.CreateLabelBatchV2Result(tasks=_tasks(call, request.posting_number))
    )


@endpoint(
    "/v3/posting/fbs/package-label/create",
    request=models.PostingFbsPackageLabelCreateRequest,
    answer=models.PostingFbsPackageLabelCreateResponse,
    right="postings:read",
)
def create_v3(
    call: Call, request: models.PostingFbsPackageLabelCreateRequest
) -> models.PostingFbsPackageLabelCreateResponse:
    """Starts two tasks that print labels, one in large and one in small."""
    return models.PostingFbsPackageLabelCreateResponse(tasks=_tasks(call, request.posting_numbers))


@endpoint(
    "/v1/posting/fbs/package-label/get",
    request=models.GetLabelBatchRequest,
    answer=models.GetLabelBatchResponse,
    right="postings:read",
    deprecated=True,
)
def get_v1(call: Call, request: models.GetLabelBatchRequest) -> models.GetLabelBatchResponse:
    """Tells how far a task is, where its file lies, and what has no label."""
    card = handover.batch(call.seller, request.task_id, _viewer(call))
    return models.GetLabelBatchResponse(
        result=models.GetLabelBatchResult(
            error="LABELS_NOT_MADE" if card.state == "error" else "",
            file_url=_file_url(call, card),
            printed_postings_count=card.printed,
            status=card.state,
            unprinted_postings=[
                models.UnprintedPosting(msg=str(reason), posting_number=number) for number, reason in _unprinted(card)
            ],
            unprinted_postings_count=len(card.unprinted),
        )
    )


@endpoint(
    "/v2/posting/fbs/package-label/get",
    request=models.PostingFbsPackageLabelGetRequest,
    answer=models.PostingFbsPackageLabelGetResponse,
    right="postings:read",
)
def get_v2(call: Call, request: models.PostingFbsPackageLabelGetRequest) -> models.PostingFbsPackageLabelGetResponse:
    """Tells how far a task is, where its file lies, and what has no label."""
    card = handover.batch(call.seller, request.task_id, _viewer(call))
    failed = models.LabelTaskError(code="LABELS_NOT_MADE", message="Create the task again")
    return models.PostingFbsPackageLabelGetResponse(
        status=models.LabelTaskStatus(
            code=card.state,
            postings_count=card.total,
            printed_postings_count=card.printed,
            unprinted_postings=[
                models.UnprintedPostingV2(message=str(reason), posting_number=number)
                for number, reason in _unprinted(card)
            ],
        ),
        file_url=_file_url(call, card),
        error=failed if card.state == "error" else None,
    )


def _tasks(call: Call, numbers: Sequence[str]) -> list[models.LabelTask]:
    return [models.LabelTask(task_id=_start(call, numbers, how), task_type=kind) for kind, how in _TASKS]


def _start(call: Call, numbers: Sequence[str], how: Printing) -> int:
    scope.require(call, numbers)
    return acts.start_batch(
        seller=call.seller, numbers=numbers, actor=call.actor, now=call.now, language=call.language, printing=how
    )


def _as_pdf(how: Printing) -> Printing:
    """The contract knows PDF only; the size stays the shop's own."""
    return Printing(how.size, "pdf", how.first_cell)


def _viewer(call: Call) -> handover.Viewer:
    return handover.Viewer(tuple(call.caller.warehouse_ids), f"key:{call.caller.key_id}")


def _unprinted(card: BatchCard) -> list[tuple[str, object]]:
    return [(one.number, handover.unprinted_text(one.code)) for one in card.unprinted]


def _file_url(call: Call, card: BatchCard) -> str:
    return call.base_url + handover.file_path(call.seller, card.paper_id) if card.paper_id else ""
