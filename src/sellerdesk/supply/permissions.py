"""Rights of the supply domain."""

VIEW = "supply:supply:view"
EDIT = "supply:supply:edit"
