"""Writing: reference data, products, pictures, imports, the journal, and the registry of an offer's parts."""

from sellerdesk.catalog.services import (
    amending,
    changes,
    copying,
    drafting,
    fetching,
    filefetching,
    importing,
    judging,
    loading,
    parts,
    picturefiles,
    pictures,
    productfiles,
    products,
    proposing,
    restoring,
    shelving,
    undoing,
    vat,
    workbooks,
)

__all__ = [
    "amending",
    "changes", "copying", "drafting", "fetching", "filefetching", "importing", "judging", "loading", "parts",
    "picturefiles", "pictures", "productfiles", "products", "proposing", "restoring", "shelving", "undoing", "vat",
    "workbooks",
]  # fmt: skip
