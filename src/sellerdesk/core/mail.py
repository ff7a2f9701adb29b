"""Mail and SMS out. The row is written with the change that caused it; a job sends it afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from sellerdesk.core import clock, jobs
from sellerdesk.core.db import atomic


def send(to: str, template: str, context: dict[str, Any], language: str) -> None:
    """Write a mail from `<template>_subject.txt`, `<template>.txt` and, where present, `<template>.html`."""
    context = {"site_url": settings.SITE_URL, "language": language, **context}
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        text = render_to_string(f"{template}.txt", context).strip() + "\n"
        try:
            html = render_to_string(f"{template}.html", context)
        except TemplateDoesNotExist:
            html = ""
    _store("mail", to, subject, text, html, language)


def send_sms(to: str, text: str, language: str) -> None:
    _store("sms", to, "", text, "", language)


def _store(channel: str, to: str, subject: str, text: str, html: str, language: str) -> None:
    from sellerdesk.core.models import Message

    with atomic():
        row = Message.objects.create(channel=channel, to=to, subject=subject[:300], text=text, html=html,
                                     language=language, created_at=clock.real_now())
        if not settings.MAIL_CAPTURED:
            jobs.enqueue(deliver, row.pk, unique_key=f"message:{row.pk}")


@task(queue_name="fast")
def deliver(message_id: int) -> None:
    """Hand one stored message to its gateway. A message already sent is left alone."""
    from sellerdesk.core.models import Message

    row = Message.objects.filter(pk=message_id, sent_at=None).first()
    if row is None:
        return
    if row.channel == "sms":
        raise RuntimeError("no SMS gateway is configured")
    mail = EmailMultiAlternatives(row.subject, row.text, to=[row.to])
    if row.html:
        mail.attach_alternative(row.html, "text/html")
    mail.send()
    Message.objects.filter(pk=row.pk).update(sent_at=clock.real_now(), error="")
