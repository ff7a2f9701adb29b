"""Mail and SMS out. The row is written with the change that caused it; a job sends it afterwards.

Every message carries a short code. Whoever doubts a message types it on the public page "did you send this?", which
looks the code up here. Mails also carry the addressee's personal phrase, where they chose one.
"""

from __future__ import annotations

import re
import secrets
import smtplib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from sellerdesk.core import clock, jobs, sms
from sellerdesk.core.db import atomic

#: Letters and digits that nobody confuses when reading aloud: no I, L, O, U, 0, 1.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re.compile(rf"^(?:SD)?([{_ALPHABET}]{{4}})([{_ALPHABET}]{{4}})$")
_SECRET_DIGITS = re.compile(r"\d{4,}")
PhraseSource = Callable[[str], str]
_phrases: list[PhraseSource] = []


def add_phrase_source(source: PhraseSource) -> None:
    """Let a higher domain tell the personal phrase of an address, empty for none."""
    if source not in _phrases:
        _phrases.append(source)


def send(to: str, template: str, context: dict[str, Any], language: str, *, reply_to: str = "") -> None:
    """Write a mail from `<template>_subject.txt`, `<template>.txt` and, where present, `<template>.html`.

    What happens in a shop with a clock of its own, a test shop, says so first.
    The text holds the body only; the frame with phrase, code and address is put around it here. The HTML extends
    `core/mail/layout.html`; without one, the text is laid out by `core/mail/plain.html`. Answers go to `reply_to`.
    """
    code = message_code()
    phrase = next(filter(None, (source(to) for source in _phrases)), "")
    context = {"site_url": settings.SITE_URL, "language": language, "message_code": code, "phrase": phrase,
               "verify_url": f"{settings.SITE_URL}/did-you-send-this/", **context}
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}.txt", context).strip()
        if clock.shop() is not None:
            subject = f"[TEST] {subject}"
            body = translation.gettext("This is about a test shop: nothing here is real.") + f"\n\n{body}"
        framed = {**context, "subject": subject, "body": body}
        text = render_to_string("core/mail/frame.txt", framed).strip() + "\n"
        try:
            html = render_to_string(f"{template}.html", framed)
        except TemplateDoesNotExist:
            html = render_to_string("core/mail/plain.html", framed)
    _store("mail", to, subject, text, html, language, code, reply_to)


def send_sms(to: str, text: str, language: str) -> None:
    code = message_code()
    _store("sms", to, "", f"{text}\n{code}", "", language, code)


def message_code() -> str:
    """A fresh code such as SD-7K3M-92QX: 39 bits, enough where guessing is limited and a hit shows no content."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"SD-{letters[:4]}-{letters[4:]}"


def normal_code(typed: str) -> str:
    """The code as stored, from what somebody typed; empty when it cannot be one."""
    found = _CODE.match(re.sub(r"[^0-9A-Z]", "", typed.upper()))
    return f"SD-{found[1]}-{found[2]}" if found else ""


def without_secrets(subject: str) -> str:
    """A subject fit to be shown again: codes that were in it are covered."""
    return _SECRET_DIGITS.sub("••••", subject)


def masked(address: str) -> str:
    """Enough of an address or number for its owner to know it again, and for nobody else to write to."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[0]}•••@{host[0]}•••{host[host.rfind('.'):]}" if name and "." in host else "•••"
    return f"{address[:2]}•••{address[-2:]}" if len(address) > 6 else "•••"


def sent_with_code(typed: str) -> tuple[str, str, datetime, str] | None:
    """Channel, subject without codes, time and masked recipient of the message with a code, if we sent it."""
    from sellerdesk.core.models import Message

    code = normal_code(typed)
    row = Message.objects.filter(code=code).values_list("channel", "subject", "created_at", "to").first() \
        if code else None
    return (row[0], without_secrets(row[1]), row[2], masked(row[3])) if row else None


def refused_since(address: str) -> datetime | None:
    """When the latest mail to an address was sent back for good; None where a later one went out."""
    from sellerdesk.core.models import Message

    row = Message.objects.filter(Q(sent_at__isnull=False) | ~Q(error=""), channel="mail", to=address).order_by(
        "-id").values_list("created_at", "sent_at").first()
    return row[0] if row and row[1] is None else None


def _store(channel: str, to: str, subject: str, text: str, html: str, language: str, code: str,
           reply_to: str = "") -> None:
    from sellerdesk.core.models import Message

    with atomic():
        row = Message.objects.create(channel=channel, to=to, subject=subject[:300], text=text, html=html,
                                     language=language, code=code, reply_to=reply_to, created_at=clock.real_now())
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
        sms.deliver(row.to, row.text)
        Message.objects.filter(pk=row.pk).update(sent_at=clock.real_now(), error="")
        return
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    # The same id on a second try, so that a receiver who got the first one drops the twin.
    headers = {"Message-ID": f"<{row.code or row.pk}@{host}>", "Auto-Submitted": "auto-generated",
               "X-Auto-Response-Suppress": "All", "Content-Language": row.language or "en"}
    mail = EmailMultiAlternatives(row.subject, row.text, to=[row.to], headers=headers,
                                  reply_to=[row.reply_to] if row.reply_to else None)
    if row.html:
        mail.attach_alternative(row.html, "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        if not codes or min(codes) < 500:
            raise
        # The address does not take it, today or tomorrow: the person is told in the product instead.
        Message.objects.filter(pk=row.pk).update(error=f"refused: {codes[0]}")
        return
    Message.objects.filter(pk=row.pk).update(sent_at=clock.real_now(), error="")
