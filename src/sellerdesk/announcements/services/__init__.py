"""Writing: news is published and withdrawn, read and confirmed; policies get versions."""

from sellerdesk.announcements.services.feeds import close_feed, open_feed
from sellerdesk.announcements.services.publishing import publish, publish_policy, withdraw
from sellerdesk.announcements.services.reading import acknowledge

__all__ = ["acknowledge", "close_feed", "open_feed", "publish", "publish_policy", "withdraw"]
