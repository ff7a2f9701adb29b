"""Rights of the orders domain."""

VIEW = "orders:posting:view"
SHIP = "orders:posting:ship"
LABEL = "orders:posting:label"
HAND_OVER = "orders:posting:hand_over"
CANCEL = "orders:posting:cancel"
