"""Telegram's text entities as HTML. Offsets count UTF-16 code units, never Python characters.

https://core.telegram.org/bots/api#messageentity
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from connectors._lib.html import sanitised
from connectors.telegram.wire import Entity

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_FORMATS = {*_TAGS, "text_link"}
"""Entities that show in the text. Bare links and mentions alone need no HTML: the screens find those themselves."""

_LINKS = {"url": "", "email": "mailto:", "phone_number": "tel:"}
_MOST = 500
"""Telegram sends at most 100 entities today; far beyond that it is not Telegram's text."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    tag: str
    attributes: str = ""


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """Return the text as sanitised HTML, or "" if nothing in it is formatted."""
    if not any(entity.type in _FORMATS for entity in entities):
        return ""
    spans = sorted(_spans(text, entities[:_MOST]), key=lambda span: (span.start, -span.end))
    if not spans:
        return ""
    out: list[str] = []
    open_spans: list[_Span] = []
    position = 0

    def write(end: int) -> None:
        nonlocal position
        # also inside <pre>, where a reader of HTML would drop a line break at the beginning
        out.append(escape(text[position:end], quote=False).replace("\n", "<br>"))
        position = end

    def close(until: int) -> None:
        while open_spans and open_spans[-1].end <= until:
            write(open_spans[-1].end)
            out.append(f"</{open_spans.pop().tag}>")

    for span in spans:
        close(span.start)
        write(span.start)
        # spans that cross, which Telegram never sends, are cut at the outer one's end
        end = min(span.end, open_spans[-1].end) if open_spans else span.end
        open_spans.append(_Span(span.start, end, span.tag))
        out.append(f"<{span.tag}{span.attributes}>")
    close(len(text))
    write(len(text))
    return sanitised("".join(out))


def _spans(text: str, entities: Sequence[Entity]) -> list[_Span]:
    positions = _character_positions(text)
    spans = []
    for entity in entities:
        if entity.offset < 0 or entity.length <= 0 or entity.offset + entity.length >= len(positions):
            continue
        start, end = positions[entity.offset], positions[entity.offset + entity.length]
        if entity.type in _TAGS:
            spans.append(_Span(start, end, _TAGS[entity.type]))
        elif href := _href(entity, text[start:end]):
            spans.append(_Span(start, end, "a", f' href="{escape(href)}"'))
    return [span for span in spans if span.end > span.start]


def _href(entity: Entity, shown: str) -> str:
    if entity.type == "text_link":
        return entity.url
    if entity.type == "url" and "://" not in shown:
        return f"https://{shown}"
    return f"{_LINKS[entity.type]}{shown}" if entity.type in _LINKS else ""


def _character_positions(text: str) -> list[int]:
    """Map each UTF-16 offset, the end included, to a character position; inside a pair it is the pair's start."""
    positions: list[int] = []
    for index, character in enumerate(text):
        positions += [index] * (2 if ord(character) > 0xFFFF else 1)
    return [*positions, len(text)]
