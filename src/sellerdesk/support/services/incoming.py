"""Mail that comes in: an answer to a letter of ours lands in its ticket.

The address it was sent to names the ticket and carries a seal, so nobody can write into tickets of others. It must come
from the ticket's own address or from somebody of its shop. Machines that answer by themselves are not heard.
"""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import crypto, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.html import plain
from sellerdesk.sellers import queries as sellers
from sellerdesk.support import permissions, queries, rules
from sellerdesk.support.errors import MailRefused
from sellerdesk.support.models import TicketMessage
from sellerdesk.support.services.talking import add_words
from sellerdesk.support.types import TicketRow

MOST_BYTES = 30 * 1024 * 1024
_MARK = re.compile(r"\+((\d{1,18})\.[0-9a-f]{24})@")
_MACHINES = frozenset({"bulk", "junk", "list", "auto_reply"})


@scope.across_shops()  # the seal of the address says which ticket, whosever it is
def take_mail(*, data: bytes, now: datetime) -> int:
    """Put a mail (RFC 822) into its ticket. The same mail twice is taken once. Returns the ticket's id.

    Raises MailRefused, TooLateToReopen, TicketState, what `keeping.checked` raises, LimitReached.
    """
    if len(data) > MOST_BYTES:
        raise MailRefused("larger than 30 MB")
    parsed = message_from_bytes(data, policy=policy.default)
    if not isinstance(parsed, EmailMessage):
        raise MailRefused("unreadable")
    if (str(parsed.get("Auto-Submitted", "no")).strip().lower() != "no"
            or str(parsed.get("Precedence", "")).strip().lower() in _MACHINES):
        raise MailRefused("sent by a machine")
    ticket = _ticket_of(parsed)
    sender, user_id = _sender_of(parsed, ticket)
    mail_id = str(parsed.get("Message-ID", "")).strip()[:300] or crypto.digest(data.hex())
    if TicketMessage.objects.filter(ticket_id=ticket.id, mail_id=mail_id).exists():
        return ticket.id
    actor = Actor.user(user_id, sender) if user_id else Actor("user", "0", sender)
    add_words(ticket, text=rules.new_words(_text_of(parsed)), files=_files_of(parsed), user_id=user_id, author=sender,
              actor=actor, now=now, via="mail", mail_id=mail_id)
    return ticket.id


def _ticket_of(parsed: EmailMessage) -> TicketRow:
    headers = [str(one) for name in ("Delivered-To", "X-Original-To", "To", "Cc") for one in parsed.get_all(name, [])]
    for header in headers:
        for found in _MARK.finditer(header.lower()):
            if crypto.same(queries.reply_mark(int(found[2])), found[1]):
                return queries.any_ticket(int(found[2]))
    raise MailRefused("its address belongs to no ticket")


def _sender_of(parsed: EmailMessage, ticket: TicketRow) -> tuple[str, int | None]:
    addresses = [address.lower() for _name, address in getaddresses([str(parsed.get("From", ""))])]
    sender = addresses[0] if len(addresses) == 1 else ""
    user_id = accounts.id_of(sender) if sender else None
    if ticket.seller_id is not None:
        seller = sellers.seller_ref(ticket.seller_id)
        right = permissions.WRITE if user_id == ticket.user_id else permissions.VIEW
        if user_id is not None and user_id in sellers.holders(seller, right):
            return sender, user_id
    elif sender == ticket.email.lower():
        return sender, None
    raise MailRefused("its sender may not answer in this ticket")


def _text_of(parsed: EmailMessage) -> str:
    body = parsed.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeDecodeError, KeyError):
        raise MailRefused("its text cannot be read") from None
    if body.get_content_subtype() == "html":
        text = plain(re.sub(r"(?i)<br\s*/?>|</(?:p|div|li)>", "\n", text))
    return text


def _files_of(parsed: EmailMessage) -> list[Upload]:
    found = []
    for part in parsed.iter_attachments():
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            found.append(Upload(part.get_filename() or "file", data))
    return found
