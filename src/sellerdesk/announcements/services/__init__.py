"""Writing: news is published and withdrawn, read and confirmed; policies get versions."""

from sellerdesk.announcements.services.publishing import publish, publish_policy, withdraw
from sellerdesk.announcements.services.reading import acknowledge

__all__ = ["acknowledge", "publish", "publish_policy", "withdraw"]
