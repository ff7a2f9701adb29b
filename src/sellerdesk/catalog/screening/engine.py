"""The engine: tables compiled once, then one card at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sellerdesk.catalog.screening import contacts
from sellerdesk.catalog.screening.tables import GoodsRule, goods_rule
from sellerdesk.catalog.screening.texts import Lexicon, Reading, unmarked


@dataclass(frozen=True, slots=True)
class Goods:
    """A card as the engine sees it.

    `texts` are (field, text) pairs that people wrote; `category_ids` goes from the leaf up to the department;
    `attribute_ids` are those filled in; `papers` the kinds of valid papers it has.
    """

    type_id: int
    category_ids: tuple[int, ...] = ()
    texts: Sequence[tuple[str, str]] = ()
    attribute_ids: frozenset[int] = frozenset()
    brand_ids: frozenset[int] = frozenset()
    image_count: int = 0
    papers: frozenset[str] = frozenset()
    scheme: str = "fbs"
    route: str = "domestic"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `level` is block, needs_document or warn; `look`: a person should decide.

    `value` is what was found in the text, as written; `paper` the kind of paper asked for. `rule` and `rule_id` name
    the table and its version.
    """

    code: str
    level: str
    field: str
    rule: str
    rule_id: int
    policy: str = ""
    value: str = ""
    paper: str = ""
    attribute_id: int = 0
    look: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """One table of words. Its lists stand in the lexicon under its key and `block` or `look`."""

    key: str
    rule_id: int
    policy: str


@dataclass(frozen=True, slots=True)
class Screen:
    """All tables in force at one moment, ready to judge. Make it with `compile_screen`."""

    lexicon: Lexicon
    words: tuple[_Words, ...]
    contact_kinds: frozenset[str]
    contact_rule: tuple[int, str]
    min_images: int
    image_rule: tuple[int, str]
    everywhere: tuple[GoodsRule, ...]
    by_type: Mapping[int, tuple[GoodsRule, ...]]
    by_category: Mapping[int, tuple[GoodsRule, ...]]
    by_brand: Mapping[int, tuple[GoodsRule, ...]]
    rule_ids: tuple[int, ...] = field(default=())

    def judge(self, goods: Goods) -> tuple[Finding, ...]:
        """Everything found on one card, in the order a person reads it."""
        found: list[Finding] = []
        said: set[str] = set()
        for name, text in goods.texts:
            if text:
                said |= self._text(name, text, found)
        for rule in self._rules_for(goods):
            if _meant(rule, goods) and (not rule.words or rule.key in said):
                found += _goods_findings(rule, goods)
        if goods.image_count < self.min_images:
            found.append(Finding("too_few_images", "warn", "images", "images", *self.image_rule,
                                 value=str(goods.image_count)))
        return tuple(found)

    def brands_with_papers(self, goods: Goods) -> frozenset[int]:
        """The brands that goods like these may bear with papers of the brand only."""
        return frozenset(brand for brand, rules in self.by_brand.items() for rule in rules
                         if "brand" in rule.papers and not rule.words and _meant(rule, goods))

    def _text(self, name: str, text: str, found: list[Finding]) -> set[str]:
        """Findings of one text; returns the tags of all words in it."""
        text = unmarked(text)
        hits = self.lexicon.search(Reading(text))
        if hits:
            for words in self.words:
                hit = hits.get(f"{words.key} block")
                if hit:
                    found.append(Finding("stop_word", "block", name, words.key, words.rule_id, words.policy,
                                         hit.text[:120]))
                hit = hits.get(f"{words.key} look")
                if hit:
                    found.append(Finding("word_to_look_at", "warn", name, words.key, words.rule_id, words.policy,
                                         hit.text[:120], look=True))
        if self.contact_kinds:
            contact = contacts.find(text, self.contact_kinds)
            if contact:
                found.append(Finding("contact_in_text", "block", name, "contacts", *self.contact_rule,
                                     value=contact.text[:120]))
        return set(hits)

    def _rules_for(self, goods: Goods) -> Iterable[GoodsRule]:
        seen = {rule.key: rule for rule in self.by_type.get(goods.type_id, ())}
        for places, ids in ((self.by_category, goods.category_ids), (self.by_brand, goods.brand_ids)):
            for each in ids:
                seen |= {rule.key: rule for rule in places.get(each, ())}
        return (*seen.values(), *self.everywhere)


def _meant(rule: GoodsRule, goods: Goods) -> bool:
    """Whether the way these goods are sold, and what they are, fall under the rule."""
    return not ((rule.schemes and goods.scheme not in rule.schemes) or (rule.routes and goods.route not in rule.routes)
                or goods.type_id in rule.unless_types or not rule.unless_categories.isdisjoint(goods.category_ids))


def _goods_findings(rule: GoodsRule, goods: Goods) -> list[Finding]:
    def make(code: str, level: str, name: str, **more: Any) -> Finding:
        return Finding(code, level, name, rule.key, rule.rule_id, rule.policy, **more)

    found = [make("goods_attribute_needed", "block", f"attribute.{key}", attribute_id=key)
             for key in rule.attributes if key not in goods.attribute_ids]
    if rule.level == "block" and not rule.attributes:
        found.append(make("goods_banned", "block", "type_id"))
    if rule.level == "needs_document":
        found += [make("goods_paper_needed", "needs_document", "type_id", paper=kind)
                  for kind in rule.papers if kind not in goods.papers]
    if rule.level == "warn":
        found.append(make("goods_remark", "warn", "type_id", look=True))
    return found


def compile_screen(tables: Mapping[str, tuple[int, Mapping[str, Any]]]) -> Screen:
    """A screen from tables by key, each with the id of its version. Unknown keys are left aside."""
    words = tuple(_Words(key, rule_id, value.get("policy", ""))
                  for key, (rule_id, value) in sorted(tables.items()) if key.startswith("words."))
    lists: dict[str, Sequence[str]] = {f"{each.key} {name}": tables[each.key][1].get(name, ())
                                       for each in words for name in ("block", "look")}
    everywhere: list[GoodsRule] = []
    maps: tuple[dict[int, list[GoodsRule]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for key, (rule_id, value) in sorted(tables.items()):
        if not key.startswith("goods.") or value.get("disabled"):
            continue
        rule = goods_rule(key, rule_id, value)
        lists[key] = rule.words
        for places, ids in zip(maps, (rule.types, rule.categories, rule.brands), strict=True):
            for each in ids:
                places[each].append(rule)
        if not (rule.types or rule.categories or rule.brands):
            everywhere.append(rule)
    contact_id, contact = tables.get("contacts", (0, {}))
    image_id, images = tables.get("images", (0, {}))
    by_type, by_category, by_brand = ({key: tuple(rules) for key, rules in places.items()} for places in maps)
    return Screen(Lexicon(lists), words, frozenset(contact.get("kinds", ())), (contact_id, contact.get("policy", "")),
                  images.get("min_count", 0), (image_id, images.get("policy", "")), tuple(everywhere), by_type,
                  by_category, by_brand, tuple(sorted(rule_id for rule_id, _value in tables.values())))
