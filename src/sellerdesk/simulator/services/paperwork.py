"""Papers that the demo's goods need, accepted so that they can be sold; and work for the demo's moderators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import moderation
from sellerdesk.catalog.queries.wording import remark
from sellerdesk.catalog.services import certificates, deciding, products
from sellerdesk.catalog.types import ItemOutcome, ProductFilter
from sellerdesk.core.actor import Actor
from sellerdesk.sellers.types import SellerRef

#: The paper of a demo ends some weeks after its history, so that the notice of it can be seen.
VALID_DAYS = 85
_PDF = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def hand_in(*, seller: SellerRef, outcomes: Sequence[ItemOutcome], actor: Actor, now: datetime) -> None:
    """Hand in a paper of each kind that the goods were found to lack, and let an operator accept it."""
    lacking: dict[str, list[int]] = defaultdict(list)
    for outcome in outcomes:
        for error in outcome.errors:
            if error.code == "goods_paper_needed" and outcome.product_id:
                lacking[str(error.data["paper"])].append(outcome.product_id)
    for kind, product_ids in sorted(lacking.items()):
        paper = certificates.Paper(
            type=kind, number=f"ЕАЭС N RU Д-{seller.country}.РА01.В.{seller.id % 100_000:05d}/26",
            name="茶、咖啡和甜食" if seller.country == "CN" else "Чай, кофе и сладости", issued_on=now.date(),
            expires_on=now.date() + timedelta(days=VALID_DAYS), accordance="technical_regulations_eac")
        made = certificates.create(seller=seller, paper=paper, files=[("declaration.pdf", _PDF)],
                                   product_ids=product_ids, actor=actor, now=now)
        certificates.decide(certificate_id=made, accepted=True, actor=Actor.system("demo"), now=now)


#: What some sellers of the demo add to their cards, so that a moderator has something to look at.
_DOUBTFUL = {"ru": ("Чудо-средство от усталости.", "Качество как оригинал."),
             "zh": ("神效护理，见效快。", "明星同款。"), "en": ("Clinically proven.", "Like the original.")}


def raise_doubts(*, seller: SellerRef, language: str, operator_id: int, actor: Actor, now: datetime) -> None:
    """A few changes that need a look, a decision that is appealed, and a paper that waits: work for an operator."""
    rows = catalog.products_page(seller, filter=ProductFilter(sort="id"), limit=6).rows
    drafts = catalog.drafts(seller, product_ids=[row.id for row in rows])
    doubts = _DOUBTFUL[language]
    changed = [replace(draft, description=f"{draft.description} {doubts[at % 2]}".strip())
               for at, (_id, draft) in enumerate(list(drafts.values())[:3])]
    products.apply_drafts(seller=seller, drafts=changed, actor=actor, now=now)
    cases = moderation.cases_page(tab="waiting", me=operator_id, now=now, seller_id=seller.id, limit=1).rows
    if not cases:
        return
    deciding.decide(case_id=cases[0].id, verdict="declined", given=[remark("text_forbidden", doubts[0])],
                    operator_id=operator_id, actor=Actor.system("demo"), now=now)
    if language == "zh":
        deciding.appeal(seller=seller, product_id=cases[0].product_id, comment="检测报告已附上。",
                        files=[("report.pdf", _PDF)], actor=actor, now=now)
    certificates.create(seller=seller, paper=certificates.Paper(
        type="certificate", number=f"ЕАЭС KG417/{seller.id % 100_000:05d}",
        name="全系列" if language == "zh" else "Вся серия",
        issued_on=now.date() - timedelta(days=40), accordance="technical_regulations_eac"),
        files=[("certificate.pdf", _PDF)], product_ids=[row.id for row in rows[3:]], actor=actor, now=now)
