"""Rights of the catalogue."""

PRODUCT_VIEW = "catalog:product:view"
PRODUCT_EDIT = "catalog:product:edit"
CONSOLE_PRODUCT_VIEW = "console:product:view"
