"""The one rule engine for what may be sold and said: pure, plain values in, findings out.

`compile_screen` turns the tables of the marketplace into a `Screen` once; `Screen.judge` looks at one card, in some
tens of microseconds. The form, the spreadsheet, the API and the operator's queue all ask it, so that the same card
gets the same answer everywhere.
"""

from sellerdesk.catalog.screening.engine import Finding, Goods, Screen, compile_screen
from sellerdesk.catalog.screening.tables import CODES, PAPER_KINDS, faults
from sellerdesk.catalog.screening.texts import Lexicon, Reading, skeleton

__all__ = [
    "CODES", "PAPER_KINDS", "Finding", "Goods", "Lexicon", "Reading", "Screen", "compile_screen", "faults",
    "skeleton",
]  # fmt: skip
