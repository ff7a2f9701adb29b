"""Writing stock and warehouses."""

from sellerdesk.inventory.services.reserving import consume, put_back, release, reserve
from sellerdesk.inventory.services.setting import set_stocks
from sellerdesk.inventory.services.warehouses import create_warehouse, update_warehouse

__all__ = ["consume", "create_warehouse", "put_back", "release", "reserve", "set_stocks", "update_warehouse"]
