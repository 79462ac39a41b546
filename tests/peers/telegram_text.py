"""What Telegram does to formatted text: its HTML subset read into plain text and entities, lengths in UTF-16 units."""

from html.parser import HTMLParser
from typing import Any

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}


class BadMarkup(Exception):
    """Telegram's own words for markup it does not read."""


def utf16_length(text: str) -> int:
    """Count as Telegram counts: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def read_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Return plain text and entities. Raises BadMarkup for what https://core.telegram.org/bots/api#html-style lacks."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if reader.open:
        raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{reader.open[-1][0]}"')
    return reader.text, reader.entities


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self.open: list[tuple[str, int, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {len(self.text.encode())}')
        self.open.append((tag, utf16_length(self.text), dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise BadMarkup(f'Unexpected end tag "{tag}" at byte offset {len(self.text.encode())}')
        _, start, attributes = self.open.pop()
        length = utf16_length(self.text) - start
        entity: dict[str, Any] = {"type": _TAGS[tag], "offset": start, "length": length}
        if tag == "a":
            entity["url"] = attributes.get("href") or ""
        if length:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data
