"""What the program logs: one line per event, for people or for machines, secrets hidden at the handler.

Use `structlog.get_logger(__name__)`; bind what a line belongs to with `structlog.contextvars.bound_contextvars(
request_id=…, channel=…)`. Lines of other libraries go the same way. There is one handler, and it hides secrets in
the finished entry, so that no logger can go around it.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from hub.runtime.redaction import Redactor

_REDACTOR = Redactor()

_HANDLER = "hub"
_QUIET = {
    # At DEBUG it prints the base64 of the XOAUTH2 token and whole mails.
    "aioimaplib": logging.INFO,
    # They log each request's URL at INFO, and a Bot API URL holds the bot's token.
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,
    # Its DEBUG tells of every selector and slow callback.
    "asyncio": logging.INFO,
    "aiosqlite": logging.INFO,
    # What a migration does is told by the hub itself.
    "alembic": logging.WARNING,
    # The API logs requests itself, with their id.
    "aiohttp.access": logging.WARNING,
}


def redact(*secrets: str) -> None:
    """Never show these in a log from now on. For the secrets of channels, as soon as they are decrypted."""
    _REDACTOR.add(*secrets)


def configure(
    level: Literal["debug", "info", "warning", "error"] = "info",
    form: Literal["console", "json"] = "console",
    *,
    stream: TextIO | None = None,
) -> None:
    """Set up logging of the whole process; replaces what was set up before. `stream` is standard error by default."""
    number = logging.getLevelNamesMapping()[level.upper()]
    out = stream or sys.stderr
    common: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=out.isatty(), timestamp_key="at")
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=common,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _hide_secrets, renderer],
        )
    )
    handler.set_name(_HANDLER)
    root = logging.getLogger()
    for old in [h for h in root.handlers if h.get_name() == _HANDLER]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(number)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(number, least))
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *common,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # so that loggers made before this call follow it
    )


def _hide_secrets(_logger: WrappedLogger, _method: str, entry: EventDict) -> MutableMapping[str, Any]:
    return {key: _REDACTOR.value(value, key) for key, value in entry.items()}
