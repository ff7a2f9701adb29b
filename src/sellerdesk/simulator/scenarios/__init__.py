"""Scenarios: stories of a market in YAML, read and checked, and those that come with the product."""
