"""What waits for the shop's people about the shop itself."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.sellers import permissions, queries
from sellerdesk.sellers.queries import approvals as asking

_KEY_WARNING = timedelta(days=14)


def offer(asked: Asked) -> list[Waiting]:
    """New versions of the contract, and of policies, that the shop has not accepted."""
    return [Waiting(one.key, _("A new version of the contract") if one.key == queries.OFFER
                    else _("A policy to accept: %(title)s") % {"title": one.title},
                    _("After the term nothing can be sold or changed until it is accepted"),
                    pgettext_lazy("waiting", "Read and accept"), f"{reverse('sellers:offer')}?policy={one.key}",
                    one.until, orders=50.0)
            for one in queries.to_sign(asked.seller, asked.now, get_language() or "en")]


def keys(asked: Asked) -> list[Waiting]:
    """Keys that end soon, whose programs would be refused; one made for a week is not told of on its first day."""
    return [Waiting(f"key:{key.id}", _("The API key “%(name)s” ends") % {"name": key.name},
                    _("Programs with it are refused after that"), pgettext_lazy("waiting", "Replace"),
                    reverse("sellers:key", args=[key.id]), key.expires_at, orders=5.0, until_real=True)
            for key in queries.keys(asked.seller)
            if key.deactivated_at is None and key.successor_id is None and key.expires_at > asked.real_now
            and key.expires_at - asked.real_now < min(_KEY_WARNING, (key.expires_at - key.created_at) / 2)
            ][:waiting.MOST]


def approvals(asked: Asked) -> list[Waiting]:
    return [Waiting(f"approval:{row.id}", _("%(who)s asks for a second person: %(what)s")
                    % {"who": row.asked_by, "what": row.label}, _("Nothing happens until somebody else agrees"),
                    pgettext_lazy("waiting", "Decide"), reverse("sellers:approvals"), row.expires_at, orders=2.0,
                    until_real=True)
            for row in asking.approvals(asked.seller, asked.real_now).rows if row.state == "waiting"][:waiting.MOST]


def register() -> None:
    waiting.register(waiting.Source("sellers.offer", _("Contract"), "file-text", permissions.OFFER_ACCEPT, offer))
    waiting.register(waiting.Source("sellers.keys", _("API keys"), "key", permissions.KEY_EDIT, keys))
    waiting.register(waiting.Source("sellers.approvals", _("Approvals"), "circle-check", permissions.APPROVAL_DECIDE,
                                    approvals))
