"""Reading how far a shop has come: checklist, papers, remarks, the offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.db.models import Count as Counted
from django.db.models import Exists, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.queries.factors import phone_of
from sellerdesk.core import activity, scanning, scope, sms
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import NotFound
from sellerdesk.core.i18n import localized
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.sellers import checklist, countries
from sellerdesk.sellers.models import (
    ChecklistItem,
    Company,
    Confirmation,
    Document,
    FieldRemark,
    LegalChange,
    Membership,
    OfferAcceptance,
    OfferVersion,
    Seller,
)
from sellerdesk.sellers.types import (
    Applicant,
    CompanyProfile,
    DocumentRow,
    LegalChangeRow,
    OfferText,
    Progress,
    SellerRef,
)

Count = Callable[[SellerRef], int]
_counts: dict[str, Count] = {}
#: The contract itself, among what must be accepted.
OFFER = "offer"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def add_count(kind: str, count: Count) -> None:
    """Let a higher domain count what a checklist item asks for: warehouses, products."""
    _counts[kind] = count


# -- the offer ---------------------------------------------------------------------------------------------------------


def current_offer(at: datetime, language: str, key: str = OFFER) -> OfferText | None:
    """The newest version in force: what a new shop accepts. None where the marketplace has no offer, or no such policy
    that must be accepted."""
    row = OfferVersion.objects.filter(key=key, valid_from__lte=at).order_by("-valid_from", "-pk").first()
    return None if row is None else _text(row, language)


def _text(row: OfferVersion, language: str, until: datetime | None = None) -> OfferText:
    return OfferText(row.pk, row.version, localized({"en": row.text_en, "ru": row.text_ru, "zh-hans": row.text_zh},
                                                    language), row.valid_from, row.key,
                     localized({"en": row.title_en, "ru": row.title_ru, "zh-hans": row.title_zh}, language), until)


def offer_texts(language: str) -> list[OfferText]:
    """All versions of the offer with their texts, those to come too, the newest first. One query."""
    return [_text(row, language) for row in OfferVersion.objects.filter(key=OFFER).order_by("-valid_from", "-pk")]


def offer_versions() -> list[tuple[int, str, datetime, int]]:
    """All versions of the offer, newest first: id, name, from when, how many shops accepted it."""
    taken = dict(OfferAcceptance.objects.order_by().values_list("offer_id").annotate(count=Counted("pk")))
    return [(pk, version, since, taken.get(pk, 0)) for pk, version, since in
            OfferVersion.objects.filter(key=OFFER).order_by("-valid_from").values_list("pk", "version", "valid_from")]


def policy_acceptances() -> dict[tuple[str, str], int]:
    """How many shops accepted each version of policies that must be accepted, by key and version. One query."""
    rows = OfferAcceptance.objects.exclude(offer__key=OFFER).order_by().values_list("offer__key", "offer__version")
    return {(key, version): count for key, version, count in rows.annotate(count=Counted("pk"))}


def _unsigned(seller_id: int) -> Q:
    """Versions newer than the newest one of their kind that the shop accepted."""
    accepted = OfferAcceptance.objects.filter(seller_id=seller_id, offer__key=OuterRef("key")).order_by().values(
        "seller_id").annotate(newest=Max("offer__valid_from")).values("newest")
    return Q(valid_from__gt=Coalesce(Subquery(accepted), Value(_NEVER)))


def grace(at: datetime) -> timedelta:
    return timedelta(days=dated.get("sellers.offer_grace_days", "", at).value)


def offer_signed(seller: SellerRef, at: datetime) -> bool:
    """Whether a shop has accepted every version, of the offer and of policies, whose grace period is over. One query.

    A shop that opens accepts the offer at once; for the policies it has the grace period from then on. Reading goes on
    without it; selling, editing and writing by API do not.
    """
    since = at - grace(at)
    there = Exists(Seller.objects.filter(pk=seller.id, created_at__lte=since))
    return seller.twin_of is not None or not OfferVersion.objects.filter(
        _unsigned(seller.id), Q(key=OFFER) | Q(there), valid_from__lte=since).exists()


def offer_to_sign(seller: SellerRef, at: datetime) -> datetime | None:
    """Until when a shop must accept the offer in force; None when it has. A past moment: the gate is closed."""
    return next((one.until for one in to_sign(seller, at, "en") if one.key == OFFER), None)


def to_sign(seller: SellerRef, at: datetime, language: str) -> list[OfferText]:
    """What a shop has not accepted: the version in force of the offer and of each policy, by how soon it must be. One
    query. `until` counts from the oldest version that was left open."""
    if seller.twin_of is not None:
        return []
    rows = OfferVersion.objects.filter(_unsigned(seller.id), valid_from__lte=at).order_by("valid_from", "pk").annotate(
        opened=Subquery(Seller.objects.filter(pk=seller.id).values("created_at")))
    newest: dict[str, OfferVersion] = {}
    begun: dict[str, datetime] = {}
    for row in rows:
        newest[row.key] = row
        begun.setdefault(row.key, row.valid_from if row.key == OFFER else max(row.valid_from, row.opened))
    found = [_text(row, language, begun[key] + grace(at)) for key, row in newest.items()]
    return sorted(found, key=lambda one: (one.until, one.key))


# -- the checklist -----------------------------------------------------------------------------------------------------


def checklist_items() -> list[checklist.Item]:
    """Every item of every list, for the operator who composes them."""
    return [checklist.Item(row.pk, row.audience, row.kind, row.key,
                           {"en": row.name_en, "ru": row.name_ru, "zh-hans": row.name_zh}, row.required, row.amount,
                           row.position, row.active)
            for row in ChecklistItem.objects.order_by("position", "pk")]


def _of_shop(seller_id: int) -> tuple[Seller, Company]:
    row = Seller.objects.select_related("company").filter(pk=seller_id).first()
    if row is None:
        raise NotFound("seller_not_found")
    return row, row.company


def progress(seller: SellerRef, at: datetime) -> Progress:
    """A shop's checklist with how each item stands, and what its reviewer wrote. Raises NotFound."""
    shop, company = _of_shop(seller.id)
    items = checklist.of_country(checklist_items(), country=company.country, cross_border=shop.cross_border)
    remarks = dict(FieldRemark.objects.filter(seller_id=shop.pk, resolved_at=None).values_list("field", "text"))
    kinds = {item.kind for item in items}
    owners = Membership.objects.filter(seller_id=shop.pk, role="owner").values_list("user_id", flat=True)
    ref = SellerRef(shop.pk, shop.name, shop.currency, company.country, shop.time_zone, shop.state)
    facts = checklist.Facts(
        state=shop.state, offer_signed="accept_offer" not in kinds or offer_to_sign(ref, at) is None,
        phone="phone" in kinds and any(phone_of(user_id) for user_id in owners),
        missing=missing_fields(company, shop.cross_border, at), remarks=remarks,
        papers=papers_of(shop.pk, company.pk),
        confirmed=frozenset(Confirmation.objects.filter(seller_id=shop.pk).values_list("item_key", flat=True)),
        counts={kind: _counts[kind](ref) for kind in kinds & _counts.keys()})
    judged = checklist.judge(items, facts)
    return Progress(shop.state, shop.state_reason, shop.state_until, shop.cross_border, tuple(judged), remarks)


def missing_fields(company: Company, cross_border: bool, at: datetime) -> tuple[str, ...]:
    """Data of the company that are still to be given."""
    wanted = ["legal_name", "registration_number", "address", "director"]
    if latin_needed(company.country, cross_border, at) and company.country in ("CN", "HK", "JP", "KR", "TW"):
        wanted.append("local_name")
    return tuple(name for name in wanted if not getattr(company, name))


def latin_needed(country: str, cross_border: bool, at: datetime) -> bool:
    """Whether the name must be in Latin letters: for companies from abroad whose papers carriers cannot print."""
    return cross_border and bool(dated.get("sellers.latin_name", country, at).value["value"])


@scope.across_shops()  # papers of a company count in all its shops
def papers_of(seller_id: int, company_id: int) -> dict[str, checklist.Paper]:
    """The newest document of each item; approved ones of the same company's other shops count too."""
    rows = Document.objects.filter(
        Q(seller_id=seller_id) | Q(seller__company_id=company_id, state="approved")).exclude(
        state="replaced").order_by("pk").values_list("pk", "file_name", "state", "reason", "item_key", "seller_id")
    found: dict[str, checklist.Paper] = {}
    for own in (False, True):
        for pk, name, state, reason, key, owner in rows:
            if (owner == seller_id) == own:
                found[key] = checklist.Paper(pk, name, state, reason)
    return found


# -- company and papers ------------------------------------------------------------------------------------------------


def profile(seller: SellerRef) -> CompanyProfile:
    """The company behind a shop, with all that its papers say. Raises NotFound."""
    shop, company = _of_shop(seller.id)
    return CompanyProfile(
        company.pk, company.country, company.registration_number, company.legal_name, company.local_name,
        company.address, company.director, shop.cross_border, shop.main_category, company.created_at,
        company.latin_address)


@scope.across_shops()  # every shop of one person
def own_companies(user_id: int) -> list[tuple[int, str, str, str]]:
    """Companies somebody owns a shop of: id, name, country, number."""
    ids = Membership.objects.filter(user_id=user_id, role="owner").exclude(seller__state="rejected").values(
        "seller__company_id")
    return list(Company.objects.filter(pk__in=ids).order_by("pk").values_list(
        "pk", "legal_name", "country", "registration_number"))


def documents(seller: SellerRef) -> list[DocumentRow]:
    """Everything a shop handed in, newest first. Three queries."""
    rows = list(Document.objects.filter(seller_id=seller.id).order_by("-pk").values_list(
        "pk", "item_key", "file_name", "content_type", "size_bytes", "state", "reason", "created_at", "reviewed_at",
        "uploaded_by_id", "storage_key"))
    names = accounts.labels(row[-2] for row in rows if row[-2])
    scans = scanning.found(row[-1] for row in rows)
    return [DocumentRow(*row[:-2], names.get(row[-2], ""), *scans.get(row[-1], ("", ""))) for row in rows]


def legal_changes(seller: SellerRef) -> list[LegalChangeRow]:
    """Requests to change legal data, newest first. Three queries."""
    rows = list(LegalChange.objects.filter(seller_id=seller.id).order_by("-pk").values_list(
        "pk", "changes", "before", "reason", "state", "remark", "created_at", "closed_at", "document_id",
        "document__file_name", "requested_by_id"))
    names = accounts.labels(row[-1] for row in rows if row[-1])
    return [LegalChangeRow(*row[:-1], requested_by=names.get(row[-1], "")) for row in rows]


# -- for operators -----------------------------------------------------------------------------------------------------


def queue(states: Iterable[str], *, cursor: str | None = None, limit: int = 50) -> Page[Applicant]:
    """Shops in some states, those that wait longest first, with how many papers wait in each."""
    page = keyset(Seller.objects.filter(twin_of=None, state__in=list(states)).annotate(
        since=Coalesce("state_at", "created_at")), "since", "pk", cursor=cursor, limit=limit, columns=(
        "pk", "name", "company__legal_name", "company__country", "state", "cross_border", "since", "state_until",
        "state_reason"))
    open_papers = dict(Document.objects.filter(seller_id__in=[row[0] for row in page.rows], state="in_review").order_by(
    ).values_list("seller_id").annotate(count=Counted("pk")))
    return page.map(lambda row: Applicant(*(*row, open_papers.get(row[0], 0))))


def legal_queue(*, cursor: str | None = None, limit: int = 50) -> Page[tuple[int, int, str, datetime]]:
    """Open requests to change legal data, oldest first: id, shop, its name, since. One query."""
    return keyset(LegalChange.objects.filter(state="in_review"), "pk", cursor=cursor, limit=limit, columns=(
        "pk", "seller_id", "seller__name", "created_at"))


def legal_waiting() -> int:
    """How many. One query."""
    return LegalChange.objects.filter(state="in_review").count()


def blocked_countries(at: datetime) -> dict[str, str]:
    """Countries whose companies are refused, with the reason's name."""
    return {key: rule.value["reason"] for key, rule in dated.all_of("sellers.country_blocked", at).items()
            if key and rule.value["reason"]}


def currencies(country: str, at: datetime) -> list[str]:
    """In what companies of a country may be paid, the usual one first."""
    return list(dated.get("sellers.currencies", country, at).value)


def phone_policy(at: datetime) -> str:
    """Whether registering needs a confirmed telephone number: required, optional or off.

    Off where no message could reach a telephone, whatever the rule says: nobody could get past it.
    """
    if not sms.available():
        return "off"
    return str(dated.get("sellers.phone_required", "", at).value["policy"])


def known_country(code: str) -> bool:
    return code in countries.COUNTRIES


def country_codes() -> list[str]:
    """Every country whose companies can register."""
    return list(countries.COUNTRIES)


_TOLD = ("sellers.shop.", "sellers.company.", "sellers.document.", "sellers.legal_change.", "sellers.offer.accepted",
         "sellers.checklist.confirmed")


def timeline(seller: SellerRef, limit: int = 60) -> list[activity.Entry]:
    """What happened to a shop and its papers, newest first."""
    return [entry for entry in activity.latest(seller.id, 400) if entry.event.startswith(_TOLD)][:limit]
