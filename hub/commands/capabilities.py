"""What each kind of channel is and carries, as docs/channels.md shows it: `python -m hub.commands.capabilities`.

With a file's name it writes the generated parts into that page; without, it prints them.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer

import connectors
from hub.contract.connector import Manifest
from hub.domain.channel import Capabilities, VoiceFormat
from hub.domain.retry import in_words
from hub.domain.sending import in_bytes, recording_format
from hub.runtime.registry import Registry, discover

AnyManifest = Manifest[Any]
Say = Callable[[AnyManifest, Sequence[str]], str]
"""Says one thing of a connector, given its manifest and the names of its abilities."""

_PART = re.compile(r"(<!-- generated: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_UNITS = {"characters": "characters", "utf16": "UTF-16 units", "bytes": "bytes"}
_RECEIPTS = ("sent", "delivered", "read")
_VOICE = {
    VoiceFormat.ogg_opus: "Ogg Opus",
    VoiceFormat.m4a: "M4A",
    VoiceFormat.mp3: "MP3",
    VoiceFormat.amr: "AMR",
}
_FAMILIES = {"image/*": "images", "audio/*": "sound", "video/*": "film"}
_WAYS_IN = {"ReceivesWebhooks": "webhook", "Listens": "its own connection", "HostsVisitors": "the hub's own door"}


def parts(registry: Registry) -> dict[str, str]:
    """Return the generated parts of the page by name: the list of channels, and the tables."""
    shown = [manifest for manifest in registry if manifest.visible]
    return {
        "channels": "\n".join(f"- [{m.title}]({_guide(m)}): {_in_short(registry, m)}" for m in shown) + "\n",
        **{name: _table(registry, shown, columns) for name, columns in _TABLES.items()},
    }


def filled(page: str, registry: Registry) -> str:
    """Return the page with its generated parts made anew. Raises KeyError for a part nobody makes."""
    made = parts(registry)
    return _PART.sub(lambda found: f"{found[1]}{made[found[2]]}{found[3]}", page)


def _table(registry: Registry, shown: Iterable[AnyManifest], columns: Sequence[tuple[str, Say]]) -> str:
    """Return a Markdown table: a row for each connector, a column for each thing said of it."""
    rows = [[f"[{m.title}]({_guide(m)})", *(say(m, registry.abilities(m.key)) for _, say in columns)] for m in shown]
    heads = ["", *(head for head, _ in columns)]
    return "\n".join([_line(heads), _line(["---"] * len(heads)), *map(_line, rows)]) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _guide(manifest: AnyManifest) -> str:
    return f"../connectors/{manifest.key}/README.md"


def _in_short(registry: Registry, manifest: AnyManifest) -> str:
    """Return the first sentences of a connector's own page: what one channel is."""
    paragraph = next(
        (part for part in registry.readme(manifest.key).split("\n\n") if part and not part.startswith(("#", "!", "<"))),
        "",
    )
    words = " ".join(paragraph.split())
    first, _, rest = words.partition(". ")
    second = rest.partition(". ")[0]
    return f"{first}. {second.rstrip('.')}." if second and len(first) < 60 else f"{first.rstrip('.')}."


def _carries(say: Callable[[Capabilities], str]) -> Say:
    return lambda manifest, _abilities: say(manifest.capabilities)


def _if(name: str) -> Say:
    return _carries(lambda c: "yes" if getattr(c, name) else "–")


def _can(ability: str) -> Say:
    return lambda _manifest, abilities: "yes" if ability in abilities else "–"


def _text(c: Capabilities) -> str:
    return "no limit" if c.text_limit is None else f"{c.text_limit:,} {_UNITS[c.text_unit]}"


def _split(c: Capabilities) -> str:
    segments = ", SMS segments counted" if c.segments else ""
    return f"into {c.max_parts}{segments}" if c.max_parts > 1 else f"–{segments}"


def _files(c: Capabilities) -> str:
    if c.media is None:
        return "–"
    families = [word for family, word in _FAMILIES.items() if family in c.media.types]
    others = len(set(c.media.types) - _FAMILIES.keys() - {"*/*"})
    named = [*families, *([f"{others} {'more ' if families else ''}type{'s' * (others > 1)}"] if others else [])]
    kinds = f" ({', '.join(named)})" if named else ""
    own = {kind: size for kind, size in c.media.sizes.items() if size != c.media.max_bytes}
    sizes = "".join(f", {_named(kinds_of)} {_size(size)}" for size, kinds_of in _by_size(own).items())
    return f"{c.media.max_count} of {_size(c.media.max_bytes)}{sizes}{kinds}"


def _by_size(sizes: Mapping[str, int]) -> Mapping[int, Sequence[str]]:
    return {size: [kind for kind, most in sizes.items() if most == size] for size in sizes.values()}


def _named(kinds: Sequence[str]) -> str:
    return ", ".join(_FAMILIES.get(kind) or kind.partition("/")[2].upper() for kind in kinds)


def _size(size: int) -> str:
    """Providers count megabytes either way; neither reader nor provider minds a fraction."""
    return f"{size >> 20} MB" if size % (1 << 20) == 0 else in_bytes(size)


def _buttons(c: Capabilities) -> str:
    said = (
        f"{rule.max_count} ({rule.form.value.replace('_', ' ')}, {rule.label_limit} characters)" for rule in c.buttons
    )
    return ", ".join(said) or "numbered lines"


def _voice(c: Capabilities) -> str:
    if c.voice is not None:
        return _VOICE[c.voice]
    made = recording_format(c)
    return f"as a file ({_VOICE[made]})" if made is not None else "–"


def _receipts(c: Capabilities) -> str:
    return ", ".join(r for r in _RECEIPTS if r in c.receipts) or "–"


def _window(c: Capabilities) -> str:
    if c.receive_only:
        return "–, it only receives"
    if c.reply_window is None:
        return "always"
    people = f", people for {_span(c.human_window)}" if c.human_window is not None else ""
    return f"for {_span(c.reply_window)}{people}"


def _first(c: Capabilities) -> str:
    if c.can_start:
        return "yes"
    return "with a template" if c.templates else "–"


def _span(span: timedelta) -> str:
    days = span.days
    return f"{days} days" if span == timedelta(days=days) and days > 1 else in_words(span)


def _pace(c: Capabilities) -> str:
    return "–" if c.rate_per_second is None else f"{c.rate_per_second:g} a second"


def _receives(_manifest: AnyManifest, abilities: Sequence[str]) -> str:
    return ", ".join(_WAYS_IN[name] for name in abilities if name in _WAYS_IN)


_TABLES: dict[str, Sequence[tuple[str, Say]]] = {
    "messages": (
        ("text", _carries(_text)),
        ("longer texts are split", _carries(_split)),
        ("subject", _if("subject")),
        ("formatted text", _if("rich_text")),
        ("files in one message", _carries(_files)),
        ("voice notes", _carries(_voice)),
    ),
    "talk": (
        ("choices of a bot", _carries(_buttons)),
        ("states of what we send", _carries(_receipts)),
        ("reply to one message", _if("replies_to")),
        ("customer's edits", _if("edits")),
        ("customer's deletions", _if("deletes")),
        ("reactions", _if("reactions")),
        ("customer types", _if("typing_in")),
        ("we type", _if("typing_out")),
        ("we show that we read", _can("MarksRead")),
        ("groups", _if("groups")),
    ),
    "rules": (
        ("we may write first", _carries(_first)),
        ("we may answer", _carries(_window)),
        ("templates", _if("templates")),
        ("documented pace", _carries(_pace)),
        ("how it receives", _receives),
        ("registers and checks its webhook", _can("RegistersWebhook")),
        ("finds what a webhook missed", _can("Reconciles")),
        ("checks its setup step by step", _can("ChecksSetup")),
    ),
}


def main() -> None:
    """Write the parts into the page named on the command line, or print them."""
    registry = discover(connectors)
    if len(sys.argv) > 1:
        page = Path(sys.argv[1])
        page.write_text(filled(page.read_text("utf-8"), registry), "utf-8")
    else:
        typer.echo("\n".join(parts(registry).values()), nl=False)


if __name__ == "__main__":
    main()
