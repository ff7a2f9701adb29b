"""The figures of terms that a fresh installation starts with; operators put newer versions beside them."""

from __future__ import annotations

from typing import Any

LATE_POLICY: dict[str, Any] = {"": {"unit": "working_days", "count": 1, "notice_minutes": 120}}

LATE_TARIFF: dict[str, Any] = {"": {
    "steps": [{"after_hours": 0, "bp": 100}, {"after_hours": 12, "bp": 300}, {"after_hours": 24, "bp": 500}],
    "cap_minor": 50_000, "cap_currency": "RUB"}}

ERROR_INDEX: dict[str, Any] = {"": {
    "window_days": 14, "time_zone": "Europe/Moscow", "kinds": ["cancellation"], "min_shipments": 20,
    "zones": [{"up_to_bp": 400, "fee_bp": 0}, {"up_to_bp": 1_000, "fee_bp": 300}, {"up_to_bp": 2_000, "fee_bp": 600},
              {"up_to_bp": 4_000, "fee_bp": 900}, {"up_to_bp": None, "fee_bp": 900, "block": True}],
    "cap_minor": 150_000, "cap_currency": "RUB"}}

#: Files that go with an objection: how large each, how many.
DISPUTE_FILES: dict[str, Any] = {"": {"bytes": 10 * 1024 * 1024, "most": 5}}

DISPUTE: dict[str, Any] = {"": {"open_days": 7, "answer_days": 3, "unanswered": "won"}}

# Hundredths of a percent.
RATING: dict[str, Any] = {
    "rating_on_time": {"warning": 9_500, "danger": 9_000, "premium": 9_800, "lower_is_better": False},
    "rating_general_indicator_fbs_rfbs": {"warning": 400, "danger": 4_000, "premium": 100, "lower_is_better": True}}
