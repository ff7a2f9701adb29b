"""Sessions whose token is in the cookie only: the table holds its digest, so a stolen copy signs nobody in.

Everything inside the program (Django, the session list) knows a session by that digest, as its `session_key`.
A session ends when nothing was done for a while and, at the latest, some time after signing in; both in real time.
What a person's shops ask may make both shorter, never longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from sellerdesk.core import clock, crypto

#: When the session began, in seconds since 1970; set anew by signing in, kept when only the token changes.
STARTED = "started"
#: How often using a session is written down. A session may end this much before it was idle for the whole limit.
TOUCH_SECONDS = 15
#: The person's own limits, where shorter: [seconds without doing anything, seconds since signing in].
LIMITS = "limits"


def key_of(token: str) -> str:
    """Under which key the table knows the session with this cookie."""
    return crypto.digest(token)[:40]


def shortest(*limits: Sequence[int] | None) -> tuple[int, int]:
    """The shortest of some limits (idle, life; seconds) and of the installation's."""
    known = [(settings.SESSION_IDLE_SECONDS, settings.SESSION_LIFE_SECONDS), *(one for one in limits if one)]
    return min(one[0] for one in known), min(one[1] for one in known)


def store(session_key: str | None = None) -> Any:
    """A session of the engine in the settings."""
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key)


class SessionStore(DatabaseStore):
    """Keys are digests of 256-bit tokens.

    `token` is there only in the request that made or renewed the session, `flushed` in one that emptied it.
    `ends_at` is what the table says, once read.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.token: str | None = None
        self.flushed = False
        self.ends_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_new_session_key(self) -> str:
        # 256 random bits: asking the table whether they are taken would find nothing; the key is unique there.
        self.token = crypto.token()
        return key_of(self.token)

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None:
            self.ends_at = row.expire_date
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        data.setdefault(STARTED, clock.real_now().timestamp())
        row: Any = super().create_model_instance(data)
        return row

    def get_expiry_date(self, **options: Any) -> datetime:
        """The earlier of: idle for too long from now, and the longest life counted from the start."""
        now = options.get("modification") or clock.real_now()
        begun = datetime.fromtimestamp(self.get(STARTED) or now.timestamp(), UTC)
        return min(now + timedelta(seconds=self.limits()[0]), self.ends_latest(begun))

    def limits(self) -> tuple[int, int]:
        """Seconds without doing anything, and since signing in, after which it ends: the shortest that apply."""
        return shortest(self.get(LIMITS))

    def ends_latest(self, begun: datetime) -> datetime:
        return begun + timedelta(seconds=self.limits()[1])

    def keep_to(self, asked: Iterable[Sequence[int] | None]) -> bool:
        """Let the shortest of some limits hold from now on. Says whether the session goes on; if not, it is over.

        Learning of limits is not using the session: the idle time runs on from when it was last used.
        """
        before, limits = self.limits(), shortest(*asked)
        if self.ends_at is None or self.session_key is None or before == limits:
            return True
        # Near its longest life this takes the last use for earlier than it was: such a session ends rather too soon.
        used = self.ends_at - timedelta(seconds=before[0])
        written = self.modified
        self[LIMITS] = list(limits)
        ends_at = self.get_expiry_date(modification=used)
        if ends_at <= clock.real_now():
            return False
        self.model.objects.filter(pk=self.session_key).update(
            session_data=self.encode(self._get_session()),  # type: ignore[attr-defined]
            expire_date=ends_at)
        self.ends_at, self.modified = ends_at, written
        return True

    def get_expiry_age(self, **options: Any) -> int:
        return int((self.get_expiry_date(**options) - clock.real_now()).total_seconds())

    def cycle_key(self) -> None:
        """A new token for the same session; the list of sessions goes on under the new key."""
        before = self.session_key
        super().cycle_key()
        if before:
            UserSession.objects.filter(session_key=before).update(session_key=self.session_key)

    def flush(self) -> None:
        super().flush()
        self.flushed = True

    def touch(self) -> bool:
        """The person did something: the idle time starts again. Says whether that was worth writing down."""
        if self.ends_at is None or self.session_key is None:
            return False
        ends_at = self.get_expiry_date()
        if ends_at - self.ends_at < timedelta(seconds=TOUCH_SECONDS):
            return False
        # An update, never an insert: a session that another process ended must not come back.
        if not self.model.objects.filter(pk=self.session_key).update(expire_date=ends_at):
            return False
        self.ends_at = ends_at
        return True
