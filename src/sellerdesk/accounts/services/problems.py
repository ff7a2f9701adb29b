"""What the "cannot sign in?" page found, kept under a code that the person can read out to support."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django_tasks import task

from sellerdesk.accounts import events, queries
from sellerdesk.accounts.errors import ReasonNeeded
from sellerdesk.accounts.letters import LETTERS
from sellerdesk.accounts.models import SigninProblem, User
from sellerdesk.accounts.services.history import record
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, jobs, limits, mail
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, NotFound, fill

TEXT_MIN = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_DAY = 24 * 3600
#: What a browser may report, and as what. Everything else is dropped.
FINDINGS: dict[str, type] = {
    "cookies": bool, "clock_seconds": int, "browser": str, "browser_ok": bool, "passkeys": bool, "host": str,
    "host_ok": bool, "https": bool, "service": str, "service_ms": int, "caps_lock": bool, "time_zone": str,
    "script": bool}


def clean_findings(given: Mapping[str, Any]) -> dict[str, Any]:
    """The known findings in their known kinds, short."""
    found: dict[str, Any] = {}
    for name, kind in FINDINGS.items():
        value = given.get(name)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            found[name] = value[:120] if isinstance(value, str) else value
        elif kind is int and isinstance(value, float) and abs(value) < 1e12:
            found[name] = round(value)
    return found


def diagnose(*, findings: Mapping[str, Any], info: RequestInfo, now: datetime) -> str:
    """Keep what was found. Returns the code. Raises LimitReached after 30 an hour from one address."""
    limits.require("signin_findings", info.address or "-", limit=30, seconds=3600)
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    code = f"CS-{signs[:4]}-{signs[4:]}"
    SigninProblem.objects.create(code=code, created_at=now, findings=clean_findings(findings), address=info.address,
                                 agent=info.agent, state="found")
    return code


def ask_support(*, code: str, email: str, text: str, findings: Mapping[str, Any], info: RequestInfo,
                now: datetime) -> str:
    """Hand a problem to support; without a code (no script in the browser) one is made here. Returns the code.

    Raises ReasonNeeded for a text too short, LimitReached after five a day for one mail or ten from one address.
    """
    if len(text.strip()) < TEXT_MIN:
        raise ReasonNeeded(field="text", data={"least": TEXT_MIN})
    email = email.strip().lower()
    limits.require("signin_support", email, limit=5, seconds=_DAY)
    limits.require("signin_support_address", info.address or "-", limit=10, seconds=_DAY)
    with atomic():
        row = SigninProblem.objects.select_for_update().filter(code=code, state="found").first() if code else None
        if row is None:
            row = SigninProblem.objects.get(code=diagnose(findings=findings, info=info, now=now))
        row.email, row.text, row.state = email, text.strip()[:5000], "new"
        row.save(update_fields=["email", "text", "state"])
        activity.record(events.PROBLEM_ASKED, now=now, actor=Actor.system("sign-in"), target_type="signin_problem",
                        target_id=row.pk, target_label=row.code)
        jobs.enqueue(note_problem, email, row.code, {"address": info.address, "agent": info.agent,
                                                     "device": info.device, "request_id": info.request_id})
    return row.code


@task(queue_name="fast")
def note_problem(email: str, code: str, info: dict[str, str]) -> None:
    """The history of the account, if there is one, says that help was asked for."""
    user_id = User.objects.filter(email=email).values_list("pk", flat=True).first()
    if user_id is not None:
        record(user_id=user_id, kind="sign_in.problem_reported", info=RequestInfo(**info), actor_kind="guest",
               detail={"code": code})


def note_answered(*, problem_id: int, text: str, actor: Actor, now: datetime) -> None:
    """Support has answered in the ticket that the problem became; nothing is sent from here. The first one counts."""
    if SigninProblem.objects.filter(pk=problem_id, state="new").update(
            answer=text[:5000], answered_by=actor.label, answered_at=now, state="answered"):
        activity.record(events.PROBLEM_ANSWERED, now=now, actor=actor, target_type="signin_problem",
                        target_id=problem_id)


def answer(*, problem_id: int, text: str, actor: Actor, now: datetime) -> None:
    """Support answers by mail, once. Raises NotFound, ReasonNeeded, Conflict."""
    if len(text.strip()) < TEXT_MIN:
        raise ReasonNeeded(field="answer", data={"least": TEXT_MIN})
    with atomic():
        row = SigninProblem.objects.select_for_update().filter(pk=problem_id).exclude(email="").first()
        if row is None:
            raise NotFound()
        if row.state == "answered":
            raise Conflict()
        row.answer, row.answered_by, row.answered_at, row.state = text.strip()[:5000], actor.label, now, "answered"
        row.save(update_fields=["answer", "answered_by", "answered_at", "state"])
        language = queries.language_of(row.email) or "en"
        letter = LETTERS["problem_answer"]
        with translation.override(language):
            subject = fill(letter.subject, {"code": row.code})
        mail.send(row.email, "accounts/mail/letter",
                  {**letter.context({}), "subject": subject, "text": row.answer}, language)
        activity.record(events.PROBLEM_ANSWERED, now=now, actor=actor, target_type="signin_problem",
                        target_id=row.pk, target_label=row.code)
