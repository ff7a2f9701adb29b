"""Rights of the logistics domain: delivery belongs to warehouses, tracking to orders."""

CALCULATE = "inventory:warehouse:view"
METHODS_VIEW = "inventory:warehouse:view"
METHODS_EDIT = "inventory:warehouse:edit"
PARCELS_VIEW = "orders:posting:view"
PARCEL_REPORT = "orders:posting:hand_over"
