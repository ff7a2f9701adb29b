"""Asking the rule engine about cards on their way in, and opening cases where a person must look."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from sellerdesk.catalog import defaults, reviewing, rules, screening, states, stored
from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog.errors import MESSAGES, PAPER_NEEDED
from sellerdesk.catalog.models_moderation import ModerationCase
from sellerdesk.catalog.moderation_types import Submitted, Verdict
from sellerdesk.catalog.queries import papers, reference, ruling
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import db_time, execute, json_param, json_rows
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

BRAND_ATTRIBUTE = 85
_SYSTEM = Actor.system("moderation")
# The screens compiled last, by the tables they were made from; two or three are in use at a time.
_compiled: dict[str, screening.Screen] = {}
_KEPT_SCREENS = 4


def in_force(at: datetime) -> tuple[screening.Screen, reviewing.ReviewRule]:
    """The tables of a moment, compiled once for as long as they stay the same."""
    found = {key: (rule.id, rule.value) for key, rule in dated.all_of(defaults.SCREENING, at).items()}
    mark = json.dumps(found, sort_keys=True)
    screen = _compiled.get(mark)
    if screen is None:
        if len(_compiled) >= _KEPT_SCREENS:
            _compiled.clear()
        screen = _compiled[mark] = screening.compile_screen(found)
    return screen, reviewing.ReviewRule.of(*found.get("review", (0, {})))


def judge(seller: SellerRef, rows: Sequence[Submitted], now: datetime) -> list[Verdict]:
    """One verdict per card, in the order given. One query for categories, and one for papers where any are asked for.

    A card is judged when it is new or a listed field changes; otherwise it stays where it is.
    """
    screen, review = in_force(now)
    changed = [_changed(row, review) for row in rows]
    judged = [row.existing is None or bool(fields) for row, fields in zip(rows, changed, strict=True)]
    lines = reference.category_lines({row.content["category_id"] for row, is_judged in zip(rows, judged, strict=True)
                                    if is_judged})
    route = ruling.route(seller.country)
    found = [screen.judge(goods_of(row.content, lines, route)) if is_judged else ()
             for row, is_judged in zip(rows, judged, strict=True)]
    if seller.twin_of is not None:
        # Nobody looks at the cards or papers of a test shop; what its rules refuse is refused as in the live one.
        found = [tuple(one for one in findings if not one.paper) for findings in found]
    asked = {row.existing["id"] if row.existing else 0 for row, findings in zip(rows, found, strict=True)
             if any(one.paper for one in findings)}
    held = papers.held(seller, asked - {0}, now.date()) if asked else papers.Held()
    named = {one.attribute_id for findings in found for one in findings} - {0}
    names = reference.attribute_names(named, get_language() or "en") if named else {}
    return [_verdict(seller, row, fields, is_judged, _without_held(row, findings, held), lines, review, screen.rule_ids,
                     names) for row, fields, is_judged, findings in zip(rows, changed, judged, found, strict=True)]


def _changed(row: Submitted, review: reviewing.ReviewRule) -> list[str]:
    return [name for name in sorted(review.fields)
            if row.existing is None or row.existing[name] != row.content[name]]


def goods_of(content: Mapping[str, Any], lines: Mapping[int, tuple[int, ...]], route: str) -> screening.Goods:
    """A card's columns as the engine sees them."""
    texts = [("name", content["name"]), *((f"names.{key}", text) for key, text in content["names"].items()),
             ("description", content["description"]),
             *((f"descriptions.{key}", text) for key, text in content["descriptions"].items())]
    for each in (*content["attributes"], *(one for row in content["complexes"] for one in row["attributes"]
                                            if one["id"] not in rules.ADDRESS_ATTRIBUTES)):
        texts += [(f"attribute.{each['id']}", value["value"]) for value in each["values"]
                  if not value["dictionary_value_id"]]
    category_id = content["category_id"]
    return screening.Goods(
        content["type_id"], lines.get(category_id, (category_id,)), texts,
        frozenset(each["id"] for each in content["attributes"]), brands_of(content), len(content["images"]),
        route=route)


def brands_lacking_papers(seller: SellerRef, type_id: int, category_id: int, now: datetime) -> frozenset[int]:
    """Brands that a product of this type may bear only with papers which the shop lacks. At most two queries."""
    screen, _review = in_force(now)
    if not screen.by_brand:
        return frozenset()
    line = reference.category_lines({category_id}).get(category_id, (category_id,))
    asked = screen.brands_with_papers(screening.Goods(type_id, line, [], frozenset(), frozenset(), 0,
                                                      route=ruling.route(seller.country)))
    return asked - papers.held(seller, (), now.date()).brands if asked else asked


def brands_of(content: Mapping[str, Any]) -> frozenset[int]:
    """The brands a card names, as values of the brand dictionary."""
    return frozenset(value["dictionary_value_id"] for each in content["attributes"] if each["id"] == BRAND_ATTRIBUTE
                     for value in each["values"]) - {0}


def _without_held(row: Submitted, findings: Sequence[screening.Finding],
                  held: papers.Held) -> tuple[screening.Finding, ...]:
    """What is left once the papers that the product has are taken into account."""
    if not any(one.paper for one in findings):
        return tuple(findings)
    kinds = held.kinds(row.existing["id"] if row.existing else 0, brands_of(row.content))
    return tuple(one for one in findings if one.paper not in kinds)


def _verdict(seller: SellerRef, row: Submitted, changed: Sequence[str], judged: bool,
             findings: Sequence[screening.Finding], lines: Mapping[int, tuple[int, ...]],
             review: reviewing.ReviewRule, rule_ids: tuple[int, ...],
             names: Mapping[int, str]) -> Verdict:
    existing = row.existing
    status = existing["status"] if existing else None
    category_id = row.content["category_id"]
    why = reviewing.reasons(
        review, changed=changed, status=status, flagged=any(one.look for one in findings),
        offer_id=row.content["offer_id"], seller_id=seller.id,
        category_ids=lines.get(category_id, (category_id,))) if judged and seller.twin_of is None else ()
    place, because = reviewing.place(
        status=status, hidden_because=existing["hidden_because"] if existing else "", priced=row.priced, judged=judged,
        papers_missing=any(one.paper for one in findings), why=why,
        stops=reviewing.stops_selling(review, why, changed))
    errors = tuple(explain(one, names) for one in findings)
    remarks = tuple(stored.error_row(error) for error, one in zip(errors, findings, strict=True)
                    if one.level != "block") if judged else tuple(existing["errors"] if existing else ())
    return Verdict(
        place, because, place in states.ACCEPTED and (bool(why) or bool(existing and existing["in_review"])), errors,
        any(one.level == "block" for one in findings), remarks, why, reviewing.risk(why, len(findings)),
        tuple(finding_row(one) for one in findings), rule_ids,
        {name: existing[name] for name in changed} if existing else {}, {name: row.content[name] for name in changed})


def explain(finding: screening.Finding, names: Mapping[int, str]) -> FieldError:
    """A finding as people and programs read it: the same code at every door."""
    data: dict[str, Any] = {"value": finding.value, "level": "error" if finding.level == "block" else "warning",
                            "screening": finding.level, "rule": finding.rule, "rule_id": finding.rule_id,
                            "policy": finding.policy}
    if finding.attribute_id:
        data["attribute_id"] = finding.attribute_id
        data["attribute"] = names.get(finding.attribute_id, str(finding.attribute_id))
    if finding.paper:
        data["paper"] = finding.paper
    message = PAPER_NEEDED[finding.paper] if finding.paper else MESSAGES[finding.code]
    return FieldError(finding.field, finding.code, message, finding.value, data)


def finding_row(finding: screening.Finding) -> dict[str, Any]:
    """A finding for keeping with a case."""
    return {key: value for key, value in asdict(finding).items() if value}


def open_cases(seller: SellerRef, verdicts: Sequence[tuple[int, str, Verdict]], *, new: frozenset[int],
               now: datetime) -> None:
    """Open a case for each product (id, offer id, verdict) that a person must look at, or renew its open one.

    A fixed number of statements, and none where nobody needs to look.
    """
    wanted = {product_id: (offer_id, verdict) for product_id, offer_id, verdict in verdicts if verdict.reasons}
    if not wanted:
        return
    due_at = due_from(now)
    known = {case.product_id: case for case in ModerationCase.objects.filter(product_id__in=wanted, state="open")}
    for product_id, case in known.items():
        verdict = wanted[product_id][1]
        case.reasons = sorted({*case.reasons, *verdict.reasons})
        case.before = {**verdict.before, **case.before} if case.kind != "new" else {}
        case.after = {**case.after, **verdict.after}
    fresh = {product_id: pair for product_id, pair in wanted.items() if product_id not in known}
    if known:
        columns = {"id": "int", "reasons": "json", "before": "json", "after": "json", **_SEEN}
        sets = ", ".join(f"{name} = v.{name}" for name in columns if name != "id")
        execute(f"UPDATE catalog_moderationcase SET {sets} FROM {json_rows('v', **columns)}"
                " WHERE catalog_moderationcase.id = v.id AND catalog_moderationcase.state = 'open'", [json_param([
                    [case.pk, case.reasons, case.before, case.after, *_seen(wanted[product_id][1], case.risk)]
                    for product_id, case in known.items()])])
    if fresh:
        columns = {"product_id": "int", "kind": "text", "reasons": "json", "before": "json", "after": "json", **_SEEN}
        execute(f"INSERT INTO catalog_moderationcase ({', '.join(columns)}, seller_id, state, opened_at, due_at,"
                f" comment, second_opinion, remarks) SELECT {', '.join(f'v.{name}' for name in columns)}, %s, 'open',"
                f" %s, %s, '', '', '[]' FROM {json_rows('v', **columns)}", [
                    seller.id, db_time(now), db_time(due_at), json_param([
                        [product_id, "new" if product_id in new else "change", verdict.reasons, verdict.before,
                         verdict.after, *_seen(verdict, 0)] for product_id, (_offer, verdict) in fresh.items()])])
    activity.record_many([
        Entry(events.CASE_OPENED.name, now, _SYSTEM, seller.id, "product", str(product_id), offer_id,
              data={"reasons": list(verdict.reasons), "sells": verdict.in_review})
        for product_id, (offer_id, verdict) in fresh.items()])


_SEEN = {"findings": "json", "rule_ids": "json", "risk": "int", "sells": "bool"}


def _seen(verdict: Verdict, known_risk: int) -> list[Any]:
    """What the engine saw, as _SEEN stores it."""
    return [verdict.findings, verdict.rule_ids, max(verdict.risk, known_risk), verdict.in_review]


def due_from(now: datetime) -> datetime:
    """When the answer to a case opened now is due: working days of the marketplace's zone and calendar."""
    days = int(dated.get("catalog.review_days", "", now).value)
    calendar = dated.all_of(defaults.SCREENING, now).get("calendar")
    holidays = calendar.value.get("holidays", ()) if calendar else ()
    return reviewing.due(now, days, zoneinfo.ZoneInfo(settings.TIME_ZONE), holidays)
