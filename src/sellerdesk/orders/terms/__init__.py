"""Terms of shipping, as pure decisions: steps of lateness, automatic cancellation, the error index and its fees.

No database, no clock, no Django: what is read from tables and dated rules comes in as the plain values of `types`.
"""
