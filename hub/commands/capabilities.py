"""What each kind of channel carries, as the table of docs/connectors.md: `python -m hub.commands.capabilities`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

import typer

import connectors
from hub.contract.connector import Manifest
from hub.domain.channel import Capabilities
from hub.domain.retry import in_words
from hub.runtime.registry import Registry, discover

_UNITS = {"characters": "characters", "utf16": "UTF-16 units", "bytes": "bytes"}
_RECEIPTS = ("sent", "delivered", "read")


def capability_table(registry: Registry) -> str:
    """Return a Markdown table: a row for each capability, a column for each connector people may choose."""
    shown = [manifest for manifest in registry if manifest.visible]
    heads = [f"[{m.title}](../connectors/{m.key}/README.md)" for m in shown]
    rows = [[name, *(say(m.capabilities) for m in shown)] for name, say in _ROWS]
    rows.append(["how it receives", *(_receives(registry, m) for m in shown)])
    return "\n".join([_line(["", *heads]), _line(["---"] * (len(heads) + 1)), *map(_line, rows)]) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(c: Capabilities) -> str:
    return "no limit" if c.text_limit is None else f"{c.text_limit:,} {_UNITS[c.text_unit]}"


def _files(c: Capabilities) -> str:
    if c.media is None:
        return "–"
    kinds = "" if c.media.types == ("*/*",) else f" ({', '.join(c.media.types)})"
    return f"{c.media.max_count} of {c.media.max_bytes / 1024 / 1024:g} MB{kinds}"


def _window(c: Capabilities) -> str:
    return "always" if c.reply_window is None else f"for {_span(c.reply_window)}"


def _span(span: timedelta) -> str:
    return in_words(span)


def _pace(c: Capabilities) -> str:
    return "–" if c.rate_per_second is None else f"{c.rate_per_second:g} a second"


def _if(name: str) -> Callable[[Capabilities], str]:
    return lambda c: "yes" if getattr(c, name) else "–"


_ROWS: Sequence[tuple[str, Callable[[Capabilities], str]]] = (
    ("text", _text),
    ("subject", _if("subject")),
    ("formatted text", _if("rich_text")),
    ("files in one message", _files),
    ("states of what we send", lambda c: ", ".join(r for r in _RECEIPTS if r in c.receipts) or "–"),
    ("reply to one message", _if("replies_to")),
    ("customer's edits", _if("edits")),
    ("customer's deletions", _if("deletes")),
    ("reactions", _if("reactions")),
    ("customer types", _if("typing_in")),
    ("we type", _if("typing_out")),
    ("groups", _if("groups")),
    ("we may write first", _if("can_start")),
    ("we may answer", _window),
    ("documented pace", _pace),
)


def _receives(registry: Registry, manifest: Manifest[Any]) -> str:
    words = {"ReceivesWebhooks": "webhook", "Listens": "its own connection", "HostsVisitors": "the hub's own door"}
    return ", ".join(words[name] for name in registry.abilities(manifest.key) if name in words)


if __name__ == "__main__":
    typer.echo(capability_table(discover(connectors)), nl=False)
