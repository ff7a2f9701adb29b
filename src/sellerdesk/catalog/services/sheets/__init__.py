"""Spreadsheets: reading them, knowing their columns, writing templates and failed rows."""
