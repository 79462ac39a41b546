"""Does a message fit its channel? Says why not, in words, before anything is stored or sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.domain.channel import Capabilities
from hub.domain.errors import CannotSend


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """What matters of a file for the question whether it can go."""

    name: str
    media_type: str
    size: int


def text_length(text: str, unit: str) -> int:
    """Return the length of a text as the channel counts: `characters`, `utf16` code units or UTF-8 `bytes`."""
    match unit:
        case "utf16":
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case _:
            return len(text)


def media_type_fits(media_type: str, accepted: Sequence[str]) -> bool:
    """Tell whether a media type is among the accepted, where `image/*` accepts a family."""
    family = media_type.split("/", 1)[0]
    return any(rule in ("*/*", media_type, f"{family}/*") for rule in accepted)


def check_fits(
    capabilities: Capabilities,
    *,
    text: str,
    enclosures: Sequence[Enclosure],
    last_inbound_at: datetime | None,
    now: datetime,
    starts: bool = False,
) -> None:
    """Raise CannotSend, in words, if the channel cannot carry the message now."""
    if not text.strip() and not enclosures:
        raise CannotSend("The message is empty. Write something or attach a file.")
    if starts and not capabilities.can_start:
        raise CannotSend("On this channel the customer has to write first.")
    limit = capabilities.text_limit
    if limit is not None and (length := text_length(text, capabilities.text_unit)) > limit:
        raise CannotSend(f"The text is {length - limit} characters too long: this channel carries {limit}.")
    window = capabilities.reply_window
    if window is not None and not starts and (last_inbound_at is None or now - last_inbound_at > window):
        hours = int(window.total_seconds() // 3600)
        raise CannotSend(
            f"The customer last wrote more than {hours} hours ago; the channel does not allow a reply now."
        )
    _check_enclosures(capabilities, enclosures)


def _check_enclosures(capabilities: Capabilities, enclosures: Sequence[Enclosure]) -> None:
    if not enclosures:
        return
    rule = capabilities.media
    if rule is None:
        raise CannotSend("This channel does not carry files.")
    if len(enclosures) > rule.max_count:
        raise CannotSend(f"Too many files: this channel carries {rule.max_count} in one message.")
    for enclosure in enclosures:
        if not media_type_fits(enclosure.media_type, rule.types):
            raise CannotSend(f"“{enclosure.name}” is of a type this channel does not carry ({enclosure.media_type}).")
        if enclosure.size > rule.max_bytes:
            allowed = rule.max_bytes / 1_000_000
            raise CannotSend(f"“{enclosure.name}” is too large: this channel carries files up to {allowed:.0f} MB.")
