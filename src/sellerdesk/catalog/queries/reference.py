"""The marketplace's reference data: tree, types, attributes, dictionaries. The same for every seller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from rapidfuzz import fuzz, process

from sellerdesk.catalog import rules
from sellerdesk.catalog.models import Category, DictionaryValue, Product, ProductType, TypeAttribute
from sellerdesk.catalog.types import (
    AttributeInfo,
    DictionaryRow,
    TreeColumn,
    TreeEntry,
    TreeNode,
    TypeInfo,
    TypeNode,
)
from sellerdesk.core.db import fetch_all, placeholders
from sellerdesk.core.i18n import name_column
from sellerdesk.sellers.types import SellerRef

_MAX_WORDS = 6
_MAX_STEMS = 12
# More hits than anybody reads; the ranking looks at all of them.
_MAX_HITS = 500
_MAX_CANDIDATES = 2000
# Three letters of one word say nothing about what a product is.
_LEAST_LIKENESS = 3.0
# Shorter words read like half of all names.
_MIN_ALIKE = 4


def tree(language: str) -> list[TreeNode]:
    """The whole tree, names in one language. Two queries."""
    name = name_column(language)
    below: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in Category.objects.order_by("position", "id").values_list("id", "parent_id", name, "disabled"):
        below[row[1]].append(row)
    types: dict[int, list[TypeNode]] = defaultdict(list)
    for type_id, category_id, text, disabled in ProductType.objects.order_by("id").values_list(
            "id", "category_id", name, "disabled"):
        types[category_id].append(TypeNode(type_id, text, disabled))

    def made(row: tuple[Any, ...]) -> TreeNode:
        return TreeNode(row[0], row[2], row[3], tuple(made(child) for child in below[row[0]]), tuple(types[row[0]]))

    return [made(row) for row in below[None]]


def columns(category_id: int | None, language: str) -> list[TreeColumn]:
    """The tree open at a category, as columns from the top: each level on the way and what lies below. Three queries.

    Only what is open for new products; categories with nothing to choose below them are still shown, since a newer
    taxonomy may fill them.
    """
    name = name_column(language)
    path = category_path(category_id, language) if category_id else []
    parents = [0, *(each[0] for each in path)]
    types: dict[int, list[tuple[int, str]]] = defaultdict(list)
    level = Q(parent_id__in=parents[1:]) | Q(parent_id=None)
    for key, text, owner in ProductType.objects.filter(
            Q(category_id__in=parents[1:]) | Q(category__in=Category.objects.filter(level).values("id")),
            disabled=False).order_by("id").values_list("id", name, "category_id"):
        types[owner].append((key, text))
    below: dict[int, list[TreeEntry]] = defaultdict(list)
    for key, parent_id, text, inner in Category.objects.filter(level, disabled=False).order_by(
            "position", "id").annotate(inner=Exists(Category.objects.filter(parent_id=OuterRef("pk"), disabled=False))
                                       ).values_list("id", "parent_id", name, "inner"):
        only = types[key][0] if not inner and len(types[key]) == 1 else None
        below[parent_id or 0].append(TreeEntry(key, only[1] if only else text, only[0] if only else 0))
    names = {0: "", **dict(path)}
    made = []
    for at, key in enumerate(parents):
        entries = (*below[key], *(TreeEntry(key, text, type_id) for type_id, text in types.get(key, ()) if key))
        made.append(TreeColumn(key, names[key], entries, parents[at + 1] if at + 1 < len(parents) else 0))
    return made


def type_info(type_ids: Iterable[int], language: str = "en") -> dict[int, TypeInfo]:
    """Types by id, with their path from the top of the tree. Two queries."""
    name = name_column(language)
    rows = list(ProductType.objects.filter(id__in=set(type_ids)).values_list(
        "id", "name_en", "name_ru", "name_zh", "category_id", f"category__{name}", "disabled", name))
    paths = _paths({row[4] for row in rows}, name)
    return {row[0]: TypeInfo(row[0], row[7], {"en": row[1], "ru": row[2], "zh-hans": row[3]}, row[4], row[5],
                             paths.get(row[4], ()), row[6]) for row in rows}


def category_names(category_ids: Collection[int], language: str) -> dict[int, str]:
    """Names of categories by id; ids that are not there are left out. One query."""
    return dict(Category.objects.filter(id__in=list(category_ids)).values_list("id", name_column(language)))


def used_categories(seller: SellerRef) -> list[int]:
    """Categories that a shop has products in. One query."""
    return list(Product.objects.filter(seller_id=seller.id).order_by().values_list(
        "category_id", flat=True).distinct())


def types_of_category(category_id: int, language: str = "en") -> list[TypeInfo]:
    """The open types right below a category."""
    ids = ProductType.objects.filter(category_id=category_id, disabled=False).order_by("id").values_list(
        "id", flat=True)
    found = type_info(ids, language)
    return [found[key] for key in sorted(found)]


def category_path(category_id: int, language: str) -> list[tuple[int, str]]:
    """A category and all above it, from the top down. One query."""
    rows = fetch_all(
        f"WITH RECURSIVE up(id, parent_id, name, step) AS ("
        f" SELECT id, parent_id, {name_column(language)}, 0 FROM catalog_category WHERE id = %s"
        f" UNION ALL SELECT c.id, c.parent_id, c.{name_column(language)}, up.step + 1"
        f" FROM up JOIN catalog_category c ON c.id = up.parent_id)"
        f" SELECT id, name FROM up ORDER BY step DESC", [category_id])
    return [(row[0], row[1]) for row in rows]


def _paths(category_ids: Iterable[int], name: str) -> dict[int, tuple[str, ...]]:
    """Names from the top down to each category, in one recursive query."""
    ids = sorted(category_ids)
    rows = fetch_all(
        f"WITH RECURSIVE up(leaf, id, parent_id, name, step) AS ("
        f" SELECT id, id, parent_id, {name}, 0 FROM catalog_category WHERE id IN ({placeholders(ids)})"
        f" UNION ALL SELECT up.leaf, c.id, c.parent_id, c.{name}, up.step + 1"
        f" FROM up JOIN catalog_category c ON c.id = up.parent_id)"
        f" SELECT leaf, name FROM up ORDER BY leaf, step DESC", ids) if ids else []
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for leaf, text in rows:
        found[leaf] += (text,)
    return found


def types_search(query: str, language: str, limit: int = 20) -> list[TypeInfo]:
    """Open types found by words of their names, synonyms and categories in any of the three languages.

    When nothing holds all the words they are read as a product's title: the types it speaks of come, best first. When
    it speaks of none, those that read most alike, for slips of the keyboard. Two to four queries; the first reads all
    types, which at the 5,427 categories of the public taxonomy takes 3 to 6 ms on either database.
    """
    words = rules.fold(query).split()[:_MAX_WORDS]
    if not words:
        return []
    condition = Q(disabled=False, category__disabled=False)
    for word in words:
        condition &= Q(search_text__contains=word)
    rows = ProductType.objects.filter(condition).values_list("id", "search_text")[:_MAX_HITS]
    ids = [row[0] for row in sorted(rows, key=lambda row: (rules.rank(row[1], words), row[0]))[:limit]]
    ids = ids or _speaking_of(query, limit) or _alike(query, limit)
    found = type_info(ids, language)
    return [found[key] for key in ids if key in found]


def types_of_title(title: str, language: str, limit: int = 5) -> list[TypeInfo]:
    """The types a product's title speaks of, best first. Three queries at most."""
    ids = _speaking_of(title, limit)
    found = type_info(ids, language) if ids else {}
    return [found[key] for key in ids if key in found]


def _speaking_of(title: str, limit: int) -> list[int]:
    asked = rules.stems(title)[:_MAX_STEMS]
    if not asked:
        return []
    wanted = Q()
    for stem in asked:
        wanted |= Q(search_text__contains=stem)
    rows = ProductType.objects.filter(wanted, disabled=False, category__disabled=False).values_list("id", "search_text")
    scored = [(rules.likeness(asked, text), key) for key, text in rows[:_MAX_CANDIDATES]]
    best = max((score for score, _key in scored), default=0.0)
    # What is half as good as the best is not what the title speaks of.
    return [key for score, key in sorted(scored, key=lambda one: (-one[0], one[1]))[:limit]
            if score >= max(best / 2, _LEAST_LIKENESS)]


def _alike(query: str, limit: int) -> list[int]:
    if len(query.strip()) < _MIN_ALIKE:
        return []
    choices = dict(ProductType.objects.filter(disabled=False, category__disabled=False).values_list(
        "id", "search_text"))
    return [key for _text, _score, key in process.extract(
        rules.fold(query), {key: text.split(rules.PATH_MARK)[0] for key, text in choices.items()},
        scorer=fuzz.partial_ratio, limit=limit, score_cutoff=75)]


def attributes(type_id: int, language: str) -> list[AttributeInfo]:
    """What a type asks for, in the order of its form. One query; empty for an unknown type."""
    lang = name_column(language).removeprefix("name_")
    rows = TypeAttribute.objects.filter(type_id=type_id).order_by("position", "attribute_id").values_list(
        "attribute_id", f"attribute__name_{lang}", f"attribute__description_{lang}", "attribute__kind",
        "attribute__group_id", f"attribute__group_{lang}", f"attribute__unit_{lang}", "attribute__dictionary_id",
        "attribute__is_collection", "attribute__max_value_count", "required", "is_aspect",
        "attribute__category_dependent", "position", "value_ids", "attribute__complex_id")
    return [AttributeInfo(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7] or 0, row[8], row[9], row[10],
                          row[11], row[12], row[13], tuple(row[14]), row[15]) for row in rows]


def attribute_names(attribute_ids: Iterable[int], language: str) -> dict[int, str]:
    from sellerdesk.catalog.models import Attribute

    return dict(Attribute.objects.filter(id__in=set(attribute_ids)).values_list("id", name_column(language)))


def value_texts(value_ids: Iterable[int], language: str) -> dict[int, str]:
    """Dictionary values in one language by their ids. One query."""
    ids = set(value_ids)
    return dict(DictionaryValue.objects.filter(id__in=ids).values_list(
        "id", name_column(language, "value"))) if ids else {}


def attribute_values(type_id: int, attribute_id: int, language: str, last_value_id: int = 0, limit: int = 100,
                     search: str = "") -> tuple[list[DictionaryRow], bool]:
    """A page of the values an attribute may have for a type, by id; whether there are more. Two queries.

    With `search`, the values that contain the text, those that begin with it first.
    """
    asked = TypeAttribute.objects.filter(type_id=type_id, attribute_id=attribute_id).values_list(
        "attribute__dictionary_id", "value_ids").first()
    if asked is None or not asked[0]:
        return [], False
    column = name_column(language, "value")
    rows = DictionaryValue.objects.filter(dictionary_id=asked[0])
    if asked[1]:
        rows = rows.filter(id__in=asked[1])
    if search:
        # Case of Cyrillic letters is beyond SQLite's LIKE, and a dictionary is short: compare here.
        wanted = rules.fold(search)
        every = rows.order_by("id").values_list("id", column, "info", "value_en", "value_ru", "value_zh")
        hits = [row for row in every if any(wanted in rules.fold(text) for text in row[3:])]
        hits.sort(key=lambda row: (not rules.fold(row[1]).startswith(wanted), rules.fold(row[1])))
        return [DictionaryRow(*row[:3]) for row in hits[:limit]], len(hits) > limit
    page = list(rows.filter(id__gt=last_value_id).order_by("id").values_list("id", column, "info")[:limit + 1])
    return [DictionaryRow(*row) for row in page[:limit]], len(page) > limit


def form_options(type_id: int, language: str) -> dict[int, list[DictionaryRow]]:
    """The values each attribute of a type may have, by attribute, in the reader's order. Three queries."""
    kinds, dictionaries = check_rules([type_id])
    kind = kinds.get(type_id)
    at = {"en": 0, "ru": 1, "zh-hans": 2}.get(language, 0)
    made: dict[int, list[DictionaryRow]] = {}
    for rule in kind.attributes.values() if kind else ():
        if rule.dictionary_id in dictionaries:
            texts = dictionaries[rule.dictionary_id].texts
            made[rule.id] = [DictionaryRow(key, text[at]) for key, text in texts.items()
                             if not rule.allowed or key in rule.allowed]
    return made


def check_rules(type_ids: Sequence[int]) -> tuple[dict[int, rules.TypeRule], dict[int, rules.Dictionary]]:
    """All that `rules.check` needs for these types: three queries, whatever their number.

    The dictionary of types itself is left out: a card's type is never looked up by text there.
    """
    kinds = {row[0]: row for row in ProductType.objects.filter(id__in=set(type_ids)).values_list(
        "id", "category_id", "disabled", "category__disabled")}
    asked: dict[int, dict[int, rules.AttributeRule]] = {key: {} for key in kinds}
    for row in TypeAttribute.objects.filter(type_id__in=kinds).order_by("type_id", "position").values_list(
            "type_id", "attribute_id", "attribute__kind", "required", "attribute__dictionary_id",
            "attribute__max_value_count", "value_ids", "is_aspect", "attribute__complex_id"):
        asked[row[0]][row[1]] = rules.AttributeRule(row[1], row[2], row[3], row[4] or 0, row[5], frozenset(row[6]),
                                                    row[7], row[8])
    dictionary_ids = {rule.dictionary_id for each in asked.values() for rule in each.values()
                      if rule.dictionary_id and rule.id != rules.TYPE_ATTRIBUTE}
    texts: dict[int, dict[int, tuple[str, str, str]]] = {key: {} for key in dictionary_ids}
    for dictionary_id, value_id, en, ru, zh in DictionaryValue.objects.filter(
            dictionary_id__in=dictionary_ids).values_list("dictionary_id", "id", "value_en", "value_ru", "value_zh"):
        texts[dictionary_id][value_id] = (en, ru, zh)
    return ({key: rules.TypeRule(key, row[1], row[2] or row[3], asked[key]) for key, row in kinds.items()},
            {key: rules.Dictionary(each) for key, each in texts.items()})


def category_lines(category_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Each category with those above it, the narrowest first. One query, none for no categories."""
    if not category_ids:
        return {}
    rows = fetch_all(
        "WITH RECURSIVE line(leaf, id, parent_id, step) AS ("
        " SELECT id, id, parent_id, 0 FROM catalog_category"
        f" WHERE id IN ({placeholders(list(category_ids))})"
        " UNION ALL SELECT line.leaf, up.id, up.parent_id, line.step + 1 FROM line"
        " JOIN catalog_category up ON up.id = line.parent_id WHERE line.step < 12)"
        " SELECT leaf, id FROM line ORDER BY leaf, step", list(category_ids))
    found: dict[int, tuple[int, ...]] = {}
    for leaf, each in rows:
        found[leaf] = (*found.get(leaf, ()), each)
    return found
