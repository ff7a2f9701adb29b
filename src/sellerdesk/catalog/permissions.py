"""Rights of the catalogue."""

PRODUCT_VIEW = "catalog:product:view"
PRODUCT_EDIT = "catalog:product:edit"
PRODUCT_ARCHIVE = "catalog:product:archive"
PRODUCT_IMPORT = "catalog:product:import"
CHANGE_UNDO = "catalog:change:undo"
PICTURE_EDIT = "catalog:picture:edit"
CONSOLE_PRODUCT_VIEW = "console:product:view"
