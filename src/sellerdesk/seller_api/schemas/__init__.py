"""Request and answer models of the Seller API: a file per family, a class per method version."""
