"""Writing: reference data, products, pictures, imports, and the registry of an offer's parts."""
