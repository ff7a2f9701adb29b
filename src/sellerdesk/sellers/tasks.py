"""Regular work on keys and memberships."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.sellers import services
from sellerdesk.sellers.services import closing, holidays, invitations, pausing, team


@task(queue_name="default")
def warn_of_key_ends() -> None:
    services.warn_of_ends(real_now=clock.real_now())


@task(queue_name="slow")
def forget_old_calls() -> None:
    services.forget_old_calls(real_now=clock.real_now())


@task(queue_name="default")
def end_suspensions() -> None:
    from sellerdesk.sellers.services import review

    review.resume_due(now=clock.now())


@task(queue_name="default")
def close_shops() -> None:
    closing.finish_due(now=clock.now(), real_now=clock.real_now())


@task(queue_name="default")
def keep_holidays() -> None:
    holidays.keep(now=clock.now())


@task(queue_name="default")
def watch_inactive() -> None:
    pausing.watch(now=clock.now())


@task(queue_name="default")
def end_delegations() -> None:
    team.end_delegations(real_now=clock.real_now())


@task(queue_name="default")
def close_old_invitations() -> None:
    invitations.close_old(real_now=clock.real_now())
