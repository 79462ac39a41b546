"""Does a message fit its channel? Says why not, in words, before anything is stored or sent."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.channel import ButtonRule, Capabilities, VoiceFormat
from hub.domain.errors import CannotSend
from hub.domain.phrase import Phrase


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


def split_text(text: str, limit: int, unit: str) -> list[str]:
    """Cut a text into parts of at most `limit` as the channel counts: after a paragraph, line, sentence or word.

    Nothing is lost but the white space at a cut; a cluster of combining marks or joined emoji stays whole unless it
    alone is longer than a part. An empty text gives no part.
    """
    parts: list[str] = []
    rest = text
    while text_length(rest, unit) > limit:
        room = _fitting(rest, limit, unit)
        cut = _best_cut(rest, room)
        head, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        if head:
            parts.append(head)
    return [*parts, rest] if rest else parts


def _fitting(text: str, limit: int, unit: str) -> int:
    """Return how many code points from the start fit the limit; at least one."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if text_length(text[:middle], unit) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _best_cut(text: str, room: int) -> int:
    for mark in ("\n\n", "\n", ". ", "! ", "? ", "。", " "):
        found = text.rfind(mark, 0, room + 1)
        if found >= room // 2:
            return min(found + len(mark), room) if mark.strip() else found
    cut = room
    while cut > 1 and cut < len(text) and _joined(text[cut - 1], text[cut]):
        cut -= 1
    return cut if cut > 1 else room


def _joined(before: str, after: str) -> bool:
    """Tell whether two code points belong to one sign: combining marks, variation selectors, joined emoji."""
    return (
        unicodedata.combining(after) != 0
        or after in "\u200d\ufe0e\ufe0f\u20e3"
        or before == "\u200d"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )


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
    by_person: bool = True,
) -> None:
    """Raise CannotSend, in words, if the channel cannot carry the message now. Templates have rules of their own."""
    if capabilities.receive_only:
        raise CannotSend(capabilities.receive_only)
    if not text.strip() and not enclosures:
        raise CannotSend(Phrase("The message is empty. Write something or attach a file."))
    if starts and not capabilities.can_start:
        if capabilities.templates:
            raise CannotSend(Phrase("On this channel the first message has to be a template. Choose one."))
        raise CannotSend(Phrase("On this channel the customer has to write first."))
    _check_length(capabilities, text)
    window = answer_window(capabilities, by_person=by_person)
    if window is not None and not starts and (last_inbound_at is None or now - last_inbound_at > window):
        raise CannotSend(_closed(window, never=last_inbound_at is None, templates=capabilities.templates))
    check_enclosures(capabilities, enclosures)


def _closed(window: timedelta, *, never: bool, templates: bool) -> str:
    hours = str(int(window.total_seconds() // 3600))
    why = (
        Phrase("The customer has not written here yet; the channel does not allow this now.")
        if never
        else Phrase(
            "The customer last wrote more than {hours} hours ago; the channel does not allow a reply now.", hours=hours
        )
    )
    return Phrase("{why} Send a template.", why=why) if templates else why


def buttons_for(capabilities: Capabilities, text: str, labels: Sequence[str]) -> ButtonRule | None:
    """Return the form in which choices become buttons under a text; None where they have to be numbered lines.

    A message with buttons is never split: both providers and readers want them right under the text.
    """
    if not labels or not text.strip() or any(not label.strip() for label in labels):
        return None
    length = text_length(text, capabilities.text_unit)
    for rule in capabilities.buttons:
        limits = [limit for limit in (rule.text_limit, capabilities.text_limit) if limit is not None]
        roomy = all(length <= limit for limit in limits)
        if roomy and len(labels) <= rule.max_count and max(map(len, labels)) <= rule.label_limit:
            return rule
    return None


def answer_window(capabilities: Capabilities, *, by_person: bool) -> timedelta | None:
    """Return how long after the customer's last message an answer may go out; None is always."""
    if by_person and capabilities.human_window is not None:
        return capabilities.human_window
    return capabilities.reply_window


def _check_length(capabilities: Capabilities, text: str) -> None:
    limit, parts = capabilities.text_limit, capabilities.max_parts
    if limit is None or (length := text_length(text, capabilities.text_unit)) <= limit:
        return
    if parts == 1:
        over = str(length - limit)
        raise CannotSend(
            Phrase("The text is {over} characters too long: this channel carries {limit}.", over=over, limit=str(limit))
        )
    if len(split_text(text, limit, capabilities.text_unit)) > parts:
        raise CannotSend(
            Phrase(
                "The text is too long: this channel carries {parts} messages of {limit} characters.",
                parts=str(parts),
                limit=str(limit),
            )
        )


def check_enclosures(capabilities: Capabilities, enclosures: Sequence[Enclosure]) -> None:
    """Raise CannotSend, in words, if the channel does not carry these files."""
    if not enclosures:
        return
    rule = capabilities.media
    if rule is None:
        raise CannotSend(Phrase("This channel does not carry files."))
    if len(enclosures) > rule.max_count:
        raise CannotSend(
            Phrase("Too many files: this channel carries {most} in one message.", most=str(rule.max_count))
        )
    for enclosure in enclosures:
        if not media_type_fits(enclosure.media_type, rule.types):
            raise CannotSend(
                Phrase(
                    "“{name}” is of a type this channel does not carry ({kind}).",
                    name=enclosure.name,
                    kind=enclosure.media_type,
                )
            )
        most = rule.most_bytes(enclosure.media_type)
        if enclosure.size > most:
            raise CannotSend(
                Phrase(
                    "“{name}” is too large: this channel carries at most {most} of its type.",
                    name=enclosure.name,
                    most=in_bytes(most),
                )
            )


def recording_format(capabilities: Capabilities) -> VoiceFormat | None:
    """Return what a recording is made into: the channel's voice note, else a file that every phone and browser plays.

    None where the channel carries neither; no browser records what all others play.
    """
    if capabilities.voice is not None:
        return capabilities.voice
    rule = capabilities.media
    return VoiceFormat.mp3 if rule is not None and media_type_fits(VoiceFormat.mp3, rule.types) else None


def in_bytes(size: int) -> str:
    """Return a limit as people say it: `500 KB`, `5 MB`."""
    return f"{size // 1000} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
