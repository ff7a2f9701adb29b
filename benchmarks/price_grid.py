"""Saving 1,000 prices (row P03): the service against the bare database doing the same rows, in the same run.

The bare database updates 1,000 prices and inserts 1,000 lines of history in one transaction, with the fastest
statements we know. Beyond that the service looks up references, judges every row by the dated rules, counts the
changes of the last hour, holds what is too large, keeps the journal and the act, and answers row by row. Rounds
alternate, and each changes other amounts.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import ground

ROWS = 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--products", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--profile", action="store_true", help="print where the service spends its time")
    given = options.parse_args()
    ground.start()
    with ground.database() as vendor:
        print(f"{vendor}, {given.products} products, {ROWS} prices a save, {given.rounds} rounds")
        measure(given.products, given.rounds, given.profile)


def measure(products: int, rounds: int, profile: bool) -> None:
    from sellerdesk.core.money import Money
    from sellerdesk.pricing import services
    from sellerdesk.pricing.types import PriceInput

    seller, actor, now, ids = fill(products)

    def service(at: int) -> None:
        changes = [PriceInput(product_id=id_, price=Money(100_000 + at * 10 + index % 7, "RUB").decimal_text())
                   for index, id_ in enumerate(_chosen(ids, at))]
        outcomes = services.set_prices(seller=seller, changes=changes, actor=actor, now=now, source="api")
        assert all(one.updated and not one.quarantined for one in outcomes), outcomes[0]

    def bare(at: int) -> None:
        _bare(seller.id, _chosen(ids, at), 100_000 + at * 10, now)

    for warm in (0, 2):
        service(warm)
        bare(warm + 1)
    walls: dict[Any, list[float]] = {service: [], bare: []}
    busy: dict[Any, list[float]] = {service: [], bare: []}
    for at in range(4, 2 * rounds + 4, 2):
        for step, act in enumerate((service, bare)):
            spent = time.process_time()
            walls[act].append(ground.timed(lambda act=act, at=at + step: act(at)))  # type: ignore[misc]
            busy[act].append((time.process_time() - spent) * 1000)
    for name, act in (("service", service), ("bare", bare)):
        (half, slow), (cpu, _) = ground.p50_p95(walls[act]), ground.p50_p95(busy[act])
        print(f"{name:8} p50 {half:6.1f} ms   p95 {slow:6.1f} ms   cpu of this process {cpu:6.1f} ms")
    ratios = [ground.p50_p95(kind[service])[0] / ground.p50_p95(kind[bare])[0] for kind in (walls, busy)]
    print(f"ratio    p50 {ratios[0]:6.2f}      cpu {ratios[1]:.2f}")
    if profile:
        found = cProfile.Profile()
        for at in range(2 * rounds + 6, 2 * rounds + 26):
            found.runcall(service, at)
        pstats.Stats(found).sort_stats("tottime").print_stats(25)


def _chosen(ids: list[int], at: int) -> list[int]:
    """Another thousand each time, so that no product meets the limit of changes an hour."""
    start = at * ROWS % len(ids)
    return (ids + ids)[start:start + ROWS]


def _bare(seller_id: int, ids: list[int], base: int, now: datetime) -> None:
    from sellerdesk.core.db import atomic, db_time, execute, json_param, json_rows

    rows = json_param([[id_, base + index % 7] for index, id_ in enumerate(ids)])
    with atomic():
        execute("UPDATE pricing_price SET price_minor = v.price, updated_at = %s FROM "
                + json_rows("v", id="int", price="int") + " WHERE pricing_price.product_id = v.id",
                [db_time(now), rows])
        execute("INSERT INTO pricing_pricechange (product_id, seller_id, at, real_at, currency, price_before_minor,"
                " price_minor, old_price_before_minor, old_price_minor, actor_kind, actor_label, source, asked_by)"
                " SELECT v.id, %s, %s, %s, 'RUB', v.price, v.price, 0, 0, 'key', 'bare', '', '' FROM "
                + json_rows("v", id="int", price="int"),
                [seller_id, db_time(now), db_time(now - timedelta(hours=2)), rows])


def fill(products: int) -> tuple[Any, Any, datetime, list[int]]:
    """A shop with so many priced products, whose changes are old enough not to count within the hour."""
    from sellerdesk.catalog.models import Category, Product, ProductType
    from sellerdesk.core import ids as numbers
    from sellerdesk.core.actor import Actor
    from sellerdesk.pricing import services
    from sellerdesk.pricing.models import PriceChange
    from sellerdesk.pricing.types import PriceInput
    from sellerdesk.sellers import queries as sellers
    from sellerdesk.sellers.models import Company, Seller

    now = datetime.now(UTC)
    company = Company.objects.create(legal_name="Bench", country="RU", registration_number="7707083893", created_at=now)
    shop = Seller.objects.create(company=company, name="Bench", currency="RUB", created_at=now)
    seller = sellers.seller_ref(shop.pk)
    category, _ = Category.objects.get_or_create(id=17000101, defaults={
        "name_en": "Audio", "name_ru": "Аудио", "name_zh": "音响"})
    kind, _ = ProductType.objects.get_or_create(id=91101, defaults={
        "category": category, "name_en": "Headphones", "name_ru": "Наушники", "name_zh": "耳机"})
    taken = numbers.allocate("catalog.product", products, seller.id)
    skus = numbers.allocate("catalog.sku", products)
    Product.objects.bulk_create([Product(
        id=id_, seller_id=seller.id, offer_id=f"B-{at}", sku=sku, name=f"Item {at}", search_text=f"item {at}",
        category=category, type=kind, status="price_sent", created_at=now, updated_at=now)
        for at, (id_, sku) in enumerate(zip(taken, skus, strict=True))], batch_size=2000)
    system = Actor.system("bench")
    for start in range(0, products, ROWS):
        services.set_prices(seller=seller, actor=system, now=now, changes=[
            PriceInput(product_id=id_, price="1000") for id_ in taken[start:start + ROWS]])
    PriceChange.objects.update(real_at=now - timedelta(hours=2))
    return seller, Actor.key(1, "Bench"), now, list(taken)


if __name__ == "__main__":
    main()
