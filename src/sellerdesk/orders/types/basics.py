"""Numbers and words that orders share: bounds, reasons of cancellation, who ended what."""

from __future__ import annotations

# How often a shop that delivers itself may change the day promised to the buyer.
MOST_SLOT_CHANGES = 2
# How many tracking numbers one call may give.
MOST_TRACKING_NUMBERS = 20
OUT_OF_STOCK = 352
OTHER_SELLER_FAULT = 402
BUYER_CHANGED_MIND = 505
DISPUTE_LOST = 401
NOT_COLLECTED = 665
NO_DELIVERY = 666
LOST_BY_CARRIER = 667
# Ended by the clock: not handed over within its term.
NOT_PAID = 506
NOT_SHIPPED = 507
