"""Of which goods papers are asked: types of products, and brands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog.queries import papers, reference, ruling
from sellerdesk.catalog.screening.tables import GoodsRule
from sellerdesk.catalog.types import TreeNode
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class CertifiedType:
    """A type of products of which papers are asked: always where `required`, of some goods only where not."""

    category_id: int
    category: str
    type_id: int
    type: str
    required: bool


def certified_types(seller: SellerRef, language: str, now: datetime) -> list[CertifiedType]:
    """The types whose products need papers in this shop, in the order of the tree. Two queries beyond rules."""
    rules = ruling.asking_papers(seller, now)
    return list(_walk(reference.tree(language), (), rules)) if rules else []


def _walk(nodes: Sequence[TreeNode], above: tuple[int, ...], rules: Sequence[GoodsRule]) -> Iterator[CertifiedType]:
    for node in nodes:
        line = (*above, node.id)
        yield from _walk(node.children, line, rules)
        for each in node.types:
            meant = [rule for rule in rules if _means(rule, each.id, line)]
            if meant:
                yield CertifiedType(node.id, node.name, each.id, each.name,
                                    any(not (rule.words or rule.schemes) for rule in meant))


def _means(rule: GoodsRule, type_id: int, line: Sequence[int]) -> bool:
    return (type_id in rule.types or not rule.categories.isdisjoint(line)) and not (
        type_id in rule.unless_types or not rule.unless_categories.isdisjoint(line))


def certified_brands(seller: SellerRef, language: str, now: datetime) -> list[tuple[str, bool]]:
    """Brands whose goods need a paper of the brand, by name, and whether the shop holds one that is valid.

    Three queries beyond rules.
    """
    wanted = {brand for rule in ruling.asking_papers(seller, now) if "brand" in rule.papers
              for brand in rule.brands}
    if not wanted:
        return []
    names = reference.value_texts(wanted, language)
    held = papers.held(seller, (), now.date()).brands
    return sorted((names[brand], brand in held) for brand in wanted if brand in names)
