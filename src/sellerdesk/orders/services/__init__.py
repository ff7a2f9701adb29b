"""Writing of the orders domain: one function per intent. The state of a posting changes here and nowhere else."""

from sellerdesk.orders.services.cancelling import cancel_many, cancel_posting
from sellerdesk.orders.services.handing import hand_over
from sellerdesk.orders.services.labelling import label
from sellerdesk.orders.services.placing import place_orders
from sellerdesk.orders.services.shipping import ship_many, ship_posting
from sellerdesk.orders.services.tracking import Sighting, follow_scans

__all__ = ["Sighting", "cancel_many", "cancel_posting", "follow_scans", "hand_over", "label", "place_orders",
           "ship_many", "ship_posting"]
