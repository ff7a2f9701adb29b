"""Reading what people reported who could not sign in."""

from __future__ import annotations

from sellerdesk.accounts.models import SigninProblem
from sellerdesk.accounts.types import ProblemRow
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import NotFound
from sellerdesk.core.types import Page

_FIELDS = ("id", "code", "created_at", "findings", "email", "text", "address", "agent", "state", "answered_by",
           "answer", "answered_at")


def signin_problems(*, search: str = "", state: str = "", cursor: str | None, limit: int) -> Page[ProblemRow]:
    """Problems, newest first; `search` is a code (with or without dashes) or an e-mail address."""
    rows = SigninProblem.objects.order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    if search:
        signs = "".join(sign for sign in search.upper() if sign.isalnum())
        code = f"CS-{signs[-8:-4]}-{signs[-4:]}" if len(signs) >= 8 else "-"
        rows = rows.filter(email=search.strip().lower()) if "@" in search else rows.filter(code=code)
    if cursor:
        rows = rows.filter(pk__lt=cursor_decode(cursor, 1)[0])
    picked = [ProblemRow(*row) for row in rows.values_list(*_FIELDS)[:limit + 1]]
    more = len(picked) > limit
    return Page(picked[:limit], next_cursor=cursor_encode(picked[limit - 1].id) if more else "", prev_cursor="")


def signin_problem(problem_id: int) -> ProblemRow:
    """Raises NotFound."""
    row = SigninProblem.objects.filter(pk=problem_id).values_list(*_FIELDS).first()
    if row is None:
        raise NotFound()
    return ProblemRow(*row)
