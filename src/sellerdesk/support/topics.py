"""What people ask about: two levels, each with what is known live and an article that may answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.support.types import Topic

TOPICS: tuple[Topic, ...] = (
    Topic("orders", "", _("Orders and delivery")),
    Topic("orders.ship", "orders", _("Packing, labels, handing over"), "orders", "orders"),
    Topic("orders.late", "orders", _("Terms and penalties"), "terms", "late-shipment"),
    Topic("orders.parcel", "orders", _("A parcel is missing or wrong"), "parcels", "logistics-fees"),
    Topic("orders.return", "orders", _("Returns and claims"), "returns", "returns"),
    Topic("goods", "", _("Goods, prices, stock")),
    Topic("goods.card", "goods", _("Cards and moderation"), "goods", "products"),
    Topic("goods.paper", "goods", _("Certificates"), "papers", "certificates"),
    Topic("goods.price", "goods", _("Prices and stock"), "prices", "prices"),
    Topic("money", "", _("Money")),
    Topic("money.payout", "money", _("Balance and payouts"), "balance", "finance"),
    Topic("money.fee", "money", _("Commission and other fees"), "balance", "how-the-platform-earns"),
    Topic("shop", "", _("Shop and company")),
    Topic("shop.review", "shop", _("Registration and papers"), "review", "opening-a-shop"),
    Topic("shop.data", "shop", _("Data of the company, name of the shop"), "", "company"),
    Topic("shop.team", "shop", _("Team and rights"), "", "team"),
    Topic("shop.api", "shop", _("Seller API"), "keys", "api-keys"),
    Topic("account", "", _("Account and signing in")),
    Topic("account.sign_in", "account", _("Signing in"), "", "signing-in"),
    Topic("account.contacts", "account", _("E-mail and telephone"), "", "changing-email"),
    Topic("other", "", _("Something else")),
    Topic("other.question", "other", _("A question"), "", "first-steps"),
    Topic("other.idea", "other", _("An idea"), "", ""),
    Topic("other.complaint", "other", _("A complaint"), "", ""),
)
BY_KEY = {topic.key: topic for topic in TOPICS}
SIGN_IN = "account.sign_in"
#: Top level: the queues of operators.
QUEUES = tuple(topic for topic in TOPICS if not topic.parent)


def below(parent: str) -> tuple[Topic, ...]:
    return tuple(topic for topic in TOPICS if topic.parent == parent)


def queue_of(key: str) -> str:
    """The queue a topic falls into, by its first level."""
    return key.partition(".")[0]
