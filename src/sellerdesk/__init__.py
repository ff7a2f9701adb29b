"""Sellerdesk: a seller center for marketplaces."""
