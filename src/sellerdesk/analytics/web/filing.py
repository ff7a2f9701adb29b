"""The report of the explorer: what a saved view shows, as a file. Registered with the report centre."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from sellerdesk.analytics import queries
from sellerdesk.analytics.services import reporting
from sellerdesk.analytics.services.report_rows import Sheet
from sellerdesk.analytics.web import asking, explorer
from sellerdesk.sellers.types import SellerRef


def figures(seller: SellerRef, params: dict[str, Any], zone: ZoneInfo, language: str) -> Sheet:
    """`query` as in the explorer's address, `today` the day it was asked on."""
    asked = asking.read(QueryDict(str(params.get("query") or "")), date.fromisoformat(str(params["today"])),
                        own_warehouses=tuple(params.get("warehouse_ids") or ()))
    question = asking.everything(asked)
    found = (queries.compared(seller, question, *asked.other, zone=zone, language=language) if asked.compare
             else queries.answer(seller, question, zone=zone, language=language))
    columns, rows = explorer.table(asked, found, seller.currency)
    return Sheet(columns, iter(rows))


def register() -> None:
    reporting.register("figures", figures)
