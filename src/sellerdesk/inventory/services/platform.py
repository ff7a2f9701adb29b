"""The marketplace's own warehouses. Nobody but the installation itself makes or changes them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal

from sellerdesk.inventory.models import Warehouse
from sellerdesk.inventory.platform_places import PLACES

_OPENED = datetime(2020, 1, 1, tzinfo=UTC)


def keep_places() -> None:
    """Add those that are missing. Doing it again changes nothing, also what an operator has changed since."""
    Warehouse.objects.bulk_create([
        Warehouse(id=place.id, seller=None, cluster_id=place.cluster_id, name=place.name, kind=place.kind, country="RU",
                  city=place.city, address=place.address, latitude=Decimal(place.latitude),
                  longitude=Decimal(place.longitude), time_zone=place.time_zone, cut_off=time(20),
                  opens=time(8), closes=time(20), preparation_hours=0, bulky=place.bulky, created_at=_OPENED)
        for place in PLACES], ignore_conflicts=True)
