"""What hangs on products in higher domains: an order, a supply. The catalogue never imports them; they register here.

A product that something hangs on is never deleted, and what makes it the variant it is (its aspects) stays as it was
when it was bought.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sellerdesk.sellers.types import SellerRef

Question = Callable[[SellerRef, Sequence[int]], set[int]]
_questions: dict[str, Question] = {}


def register(name: str, question: Question) -> None:
    """`question` answers which of the products something hangs on, in one query. The same name again replaces it."""
    _questions[name] = question


def tied(seller: SellerRef, product_ids: Sequence[int]) -> set[int]:
    """The products that something hangs on. One query for each domain that registered."""
    return set().union(*(question(seller, product_ids) for question in _questions.values())) if product_ids else set()
