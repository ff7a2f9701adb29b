"""Writing stock and warehouses."""

from sellerdesk.inventory.services.counting import count_stock, refresh_pace
from sellerdesk.inventory.services.reserving import consume, put_back, receive, release, reserve, write_off
from sellerdesk.inventory.services.setting import MAX_ROWS, set_stocks
from sellerdesk.inventory.services.shelves import set_shelves
from sellerdesk.inventory.services.warehouses import (
    archive_warehouse,
    create_warehouse,
    keep_pauses,
    pause_warehouse,
    resume_warehouse,
    update_warehouse,
)

__all__ = ["MAX_ROWS", "archive_warehouse", "consume", "count_stock", "create_warehouse", "keep_pauses",
           "pause_warehouse", "put_back", "receive", "refresh_pace", "release", "reserve", "resume_warehouse",
           "set_shelves", "set_stocks", "update_warehouse", "write_off"]
