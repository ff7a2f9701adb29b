"""Reading figures. Each function needs a fixed number of queries, whatever the shop sells."""

from sellerdesk.analytics.queries.behaviour import queries_found, queries_of_goods, wanted
from sellerdesk.analytics.queries.board import board, figures, news, tasks
from sellerdesk.analytics.queries.explorer import answer, compared
from sellerdesk.analytics.queries.reports import file_of, idea, ideas, plans, report, reports, waiting_reports
from sellerdesk.analytics.queries.sales import counted_until

__all__ = ["answer", "board", "compared", "counted_until", "figures", "file_of", "idea", "ideas", "news", "plans",
           "queries_found", "queries_of_goods", "report", "reports", "tasks", "waiting_reports", "wanted"]
