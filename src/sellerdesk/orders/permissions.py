"""Rights of the orders domain."""

VIEW = "orders:posting:view"
SHIP = "orders:posting:ship"
CANCEL = "orders:posting:cancel"
