"""Rights of the returns domain."""

VIEW = "returns:return:view"
DECIDE = "returns:return:decide"
