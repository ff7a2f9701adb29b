"""Structured logs: one JSON object a line, each with the request id."""

from __future__ import annotations

import logging.config
import re
from typing import Any

import structlog

#: A piece of an address that opens something: a link to set a password, to stop a change, to join a shop.
_TOKEN = re.compile(r"(?<=/)(?=[\w-]*\d)[A-Za-z0-9_-]{24,}(?=/|$|\s)")
_QUERY = re.compile(r"(?<=/)\?\S*")


def without_tokens(text: str) -> str:
    """An address fit for the log: long random pieces are covered, and queries cut off."""
    return _TOKEN.sub("…", _QUERY.sub("", text))


def _cover(_logger: Any, _name: str, event: Any) -> Any:
    """Addresses in a line, ours or Django's, lose what opens something."""
    for key in ("event", "path"):
        if isinstance(event.get(key), str) and "/" in event[key]:
            event[key] = without_tokens(event[key])
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _cover,
]


def configure(options: dict[str, Any]) -> None:
    """Called by Django with settings.LOGGING = {"level", "format"}; format is json or text."""
    if options["format"] == "json":
        renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    logging.config.dictConfig({
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"main": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                           structlog.processors.format_exc_info, renderer]}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "main"}},
        "root": {"handlers": ["stderr"], "level": options["level"]},
    })
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
