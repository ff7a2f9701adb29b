"""Writing about pushes and notes. One function per intent; see the files for what each raises."""

from sellerdesk.notifications.services import ringing
from sellerdesk.notifications.services.choosing import choose
from sellerdesk.notifications.services.collecting import collect
from sellerdesk.notifications.services.devices import add_device, known_sender, remove_device, sender, try_device
from sellerdesk.notifications.services.endpoints import (
    ROLL_HOURS,
    add_endpoint,
    change_endpoint,
    check_address,
    forget_old,
    redeliver,
    redeliver_failed,
    remove_endpoint,
    resume_endpoint,
    roll_secret,
    switch_endpoint,
    try_endpoint,
)
from sellerdesk.notifications.services.noting import forget_read, mark_read, send_letters, tell, try_out
from sellerdesk.notifications.services.sending import run, run_due

__all__ = [
    "ROLL_HOURS", "add_device", "add_endpoint", "change_endpoint", "check_address", "choose", "collect",
    "forget_old", "forget_read", "known_sender", "mark_read", "redeliver", "redeliver_failed", "remove_device",
    "remove_endpoint", "resume_endpoint", "ringing", "roll_secret", "run", "run_due", "send_letters", "sender",
    "switch_endpoint", "tell", "try_device", "try_endpoint", "try_out",
]
