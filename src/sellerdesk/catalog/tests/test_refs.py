"""Products as other domains name them."""

from __future__ import annotations

import pytest

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Product

pytestmark = pytest.mark.django_db


def test_a_reader_meets_names_in_their_language_where_the_seller_gave_one(stall) -> None:
    Product.objects.filter(pk=stall.mug).update(names={"zh-hans": "“冷杉”马克杯", "ru": ""})

    def names(language: str) -> list[str]:
        return [ref.name for ref in queries.refs(stall.seller, product_ids=[stall.mug], offer_ids=["PAN-1"],
                                                 language=language)]

    assert names("zh-hans") == ["“冷杉”马克杯", "Pan «Ёлка»"]
    assert names("ru") == names("en") == names("") == ["Mug «Ёлка»", "Pan «Ёлка»"]
