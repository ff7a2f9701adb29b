"""Reports by their code: documents of money that programs ask for and fetch when they are ready."""

from __future__ import annotations

from datetime import date

from sellerdesk.finance.errors import DocumentUnknown
from sellerdesk.finance.queries import documents as queries
from sellerdesk.finance.services import documents as services
from sellerdesk.finance.types.documents import DocumentRow
from sellerdesk.seller_api import parsing, report_files, roles, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import realization as models
from sellerdesk.seller_api.schemas.company_sales import B2bSalesRequest

#: type of the contract -> kind of document
_KINDS = {"MUTUAL_SETTLEMENT": "mutual_settlement", "COMPENSATION_REPORT": "compensation",
          "DECOMPENSATION_REPORT": "decompensation", "DOCUMENT_B2B_SALES": "b2b_sales",
          "REALIZATION_POSTING": "realization_posting"}
_TYPES = {kind: name for name, kind in _KINDS.items()}


def _create(call: Call, report_type: str, day: date, language: str) -> str:
    return services.make_document(
        seller=call.seller, kind=_KINDS[report_type], day=day, language=language, actor=call.actor, now=call.now,
        report_type=report_type.lower(), params={"date": f"{day:%Y-%m}"})


def _made(call: Call, report_type: str, request: models.CreateReportRequest) -> models.CreateReportResponse:
    language = call.language if request.language == "DEFAULT" else wire.LANGUAGES[request.language]
    return models.CreateReportResponse(result=models.ReportCode(
        code=_create(call, report_type, parsing.month(type(request), "date", request.date), language)))


@endpoint("/v1/finance/mutual-settlement", request=models.CreateReportRequest, answer=models.CreateReportResponse,
          right="finance:read")
def mutual_settlement(call: Call, request: models.CreateReportRequest) -> models.CreateReportResponse:
    """Asks for the mutual settlement of the quarter that a month lies in."""
    return _made(call, "MUTUAL_SETTLEMENT", request)


@endpoint("/v1/finance/compensation", request=models.CreateReportRequest, answer=models.CreateReportResponse,
          right="finance:read")
def compensation(call: Call, request: models.CreateReportRequest) -> models.CreateReportResponse:
    """Asks for the compensations of a month."""
    return _made(call, "COMPENSATION_REPORT", request)


@endpoint("/v1/finance/decompensation", request=models.CreateReportRequest, answer=models.CreateReportResponse,
          right="finance:read")
def decompensation(call: Call, request: models.CreateReportRequest) -> models.CreateReportResponse:
    """Asks for the compensations taken back in a month."""
    return _made(call, "DECOMPENSATION_REPORT", request)


@endpoint("/v1/finance/document-b2b-sales", request=B2bSalesRequest, answer=models.CreateReportResponse,
          right="finance:read")
def b2b_sales(call: Call, request: B2bSalesRequest) -> models.CreateReportResponse:
    """Asks for the register of a month's sales to companies."""
    return _made(call, "DOCUMENT_B2B_SALES", request)


@endpoint("/v1/report/realization/posting/create", request=models.CreatePostingReportRequest,
          answer=models.ReportCode, right="finance:read")
def realization_posting(call: Call, request: models.CreatePostingReportRequest) -> models.ReportCode:
    """Asks for the realisation of a month posting by posting, however long."""
    return models.ReportCode(code=_create(call, "REALIZATION_POSTING", date(request.year, request.month, 1),
                                          call.language))


@endpoint("/v1/report/info", request=models.ReportInfoRequest, answer=models.ReportInfoResponse, right="reports:read")
def info(call: Call, request: models.ReportInfoRequest) -> models.ReportInfoResponse:
    """Tells how far a report is, and where its file lies once it is ready."""
    if _may(call, "reports:make"):
        found = report_files.find(call, request.code)
        if found is not None:
            return models.ReportInfoResponse(result=found)
    if not _may(call, "finance:read"):
        raise DocumentUnknown()
    return models.ReportInfoResponse(result=_report(call, queries.by_code(call.seller, request.code)))


@endpoint("/v1/report/list", request=models.ReportListRequest, answer=models.ReportListResponse, right="reports:read")
def list_(call: Call, request: models.ReportListRequest) -> models.ReportListResponse:
    """Lists the reports that the key may ask for, the newest first."""
    wanted, last = request.report_type.upper(), request.page * request.page_size
    everything = wanted in ("", "ALL")
    rows, total = [], 0
    if _may(call, "finance:read"):
        kinds = tuple(_TYPES) if everything else (_KINDS.get(wanted, "-"),)
        documents, count = queries.documents_offset(call.seller, kinds=kinds, skip=0, limit=last)
        rows, total = [_report(call, row) for row in documents], count
    if _may(call, "reports:make"):
        files, count = report_files.listed(call, "" if everything else wanted, last)
        rows, total = [*rows, *files], total + count
    rows.sort(key=lambda row: (row.created_at, row.code), reverse=True)
    return models.ReportListResponse(result=models.Reports(
        reports=rows[last - request.page_size:last], total=total))


def _may(call: Call, right: str) -> bool:
    return roles.allows(call.caller.roles, right)


def _report(call: Call, row: DocumentRow) -> models.Report:
    path = queries.file_path(call.seller, row)
    return models.Report(
        code=row.code, status=row.state, error=row.error, file=call.base_url + path if path else "",
        report_type=_TYPES.get(row.kind, row.kind).lower(), params=row.params, created_at=row.created_at,
        expires_at=row.expires_at)
