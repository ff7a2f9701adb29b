"""Regular work on papers: ends and notices."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.accounts import queries as accounts
from sellerdesk.catalog.queries import certificates as reading
from sellerdesk.catalog.services import certificates
from sellerdesk.core import clock, mail
from sellerdesk.sellers import queries as sellers


@task(queue_name="default")
def end_certificates() -> None:
    clock.by_each(lambda now: certificates.expire_due(now=now))


@task(queue_name="default")
def warn_of_certificate_ends() -> None:
    for certificate_id, days in certificates.notices_due(now=clock.now()):
        row = reading.certificate(certificate_id)
        shop = sellers.seller_ref(row.seller_id)
        for email, language in accounts.contacts(sellers.owners(shop)):
            mail.send(email, "catalog/mail/certificate_ends", {
                "number": row.number, "name": row.name, "shop": shop.name, "expires_on": row.expires_on, "days": days,
                "certificate_id": row.id}, language or "en")
