"""Pages by place: whole, in order, both ways, whatever comes meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellerdesk.core.db import cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Message
from sellerdesk.core.paging import keyset

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def rows():
    for number in range(7):
        Message.objects.create(to=f"{number}@example.com", created_at=BEGAN + timedelta(hours=number // 3))
    return Message.objects.all()


def walk(rows, order, way, cursor=None):
    found = []
    for _page in range(9):
        page = keyset(rows, *order, cursor=cursor, limit=2, columns=("to",))
        found.append([int(to[0]) for (to,) in page.rows])
        cursor = getattr(page, way)
        if not cursor:
            break
    return found


def test_a_list_is_walked_whole_in_its_order_and_back(rows):
    order = ("-created_at", "id")

    assert walk(rows, order, "next_cursor") == [[6, 3], [4, 5], [0, 1], [2]]
    last = keyset(rows, *order, cursor=None, limit=6)
    assert walk(rows, order, "prev_cursor", keyset(rows, *order, cursor=last.next_cursor, limit=2).prev_cursor) == [
        [0, 1], [4, 5], [6, 3]]


def test_what_comes_meanwhile_neither_repeats_nor_skips(rows):
    first = keyset(rows, "-created_at", "-id", cursor=None, limit=3)
    Message.objects.create(to="9@example.com", created_at=BEGAN + timedelta(days=1))
    second = keyset(rows, "-created_at", "-id", cursor=first.next_cursor, limit=3)

    assert [[int(row.to[0]) for row in page.rows] for page in (first, second)] == [[6, 5, 4], [3, 2, 1]]


def test_a_whole_list_has_no_further_page(rows):
    page = keyset(rows, "id", cursor=None, limit=7)

    assert (len(page.rows), page.next_cursor, page.prev_cursor) == (7, "", "")


@pytest.mark.parametrize("cursor", ["x", cursor_encode(">", 1), cursor_encode(">", "yesterday", 1),
                                    cursor_encode(">", [1], {}), cursor_encode(">", BEGAN, "one")])
def test_a_place_of_another_list_is_refused(rows, cursor):
    with pytest.raises(Invalid, match="cursor"):
        keyset(rows, "created_at", "id", cursor=cursor, limit=2)
