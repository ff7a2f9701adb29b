"""The web side of the kit: request ids, refusals, toasts, health."""

from sellerdesk.core.http.answers import refusal_text, refuse, toast

hx_toast = toast

__all__ = ["hx_toast", "refusal_text", "refuse", "toast"]
