"""An agent's rich text as one of Slack's rich text blocks, which need no escaping and no word boundaries.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

_STYLES = {
    "b": "bold", "strong": "bold", "h1": "bold", "h2": "bold", "h3": "bold", "h4": "bold", "i": "italic",
    "em": "italic", "s": "strike", "strike": "strike", "del": "strike", "code": "code",
}  # fmt: skip
_LINES = {"p", "div", "h1", "h2", "h3", "h4", "table", "tr", "hr"}
_HIDDEN = {"script", "style", "head", "title"}
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
_DEEPEST_LIST = 6
_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)\]}'\"])")


def rich_text_block(html: str) -> Mapping[str, Any] | None:
    """Return the block, or None if nothing in the text is formatted: then the plain text says it all."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    elements = writer.result()
    return {"type": "rich_text", "elements": elements} if writer.formatted and elements else None


class _Writer(HTMLParser):
    """Writes sections, lists, quotations and code as they come; Slack nests none of them but lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.formatted = False
        self._done: list[dict[str, Any]] = []
        self._inline: list[dict[str, Any]] = []
        """The paragraph, list item, quotation or code being written."""
        self._open: list[str] = []
        self._links: list[str] = []
        self._lists: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag == "br":
            self._write("\n")
        elif tag in _LINES:
            self._new_line()
        elif tag in {"ul", "ol"}:
            self._flush()
            self._lists.append(tag)
            self.formatted = True
        elif tag == "li":
            self._flush()
        elif tag in {"pre", "blockquote"}:
            self._flush()
            self.formatted = True
        if tag == "a":
            href = (dict(attrs).get("href") or "").strip()
            self._links.append(href if href.lower().startswith(_SCHEMES) else "")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag not in self._open:
            return
        if tag in {"li", "pre", "blockquote", "ul", "ol"}:
            self._flush()
        elif tag in _LINES:
            self._new_line()
        while self._open:
            closed = self._open.pop()
            if closed == "a" and self._links:
                self._links.pop()
            if closed in {"ul", "ol"} and self._lists:
                self._lists.pop()
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        shown = data if "pre" in self._open else re.sub(r"[ \t\r\n]+", " ", data)
        fresh = not self._inline or str(self._inline[-1].get("text", "")).endswith("\n")
        if fresh and "pre" not in self._open:
            shown = shown.lstrip(" ")
        if shown:
            self._write(shown)

    def result(self) -> list[dict[str, Any]]:
        self._flush()
        return self._done

    def _write(self, shown: str) -> None:
        style = {_STYLES[tag]: True for tag in self._open if tag in _STYLES and "pre" not in self._open}
        url = next((link for link in reversed(self._links) if link), "")
        if url or "code" in style or "pre" in self._open:
            self._put(shown, style, url)
            return
        # in a block Slack makes no links of addresses by itself
        for place, piece in enumerate(_ADDRESS.split(shown)):
            if piece:
                self._put(piece, style, piece if place % 2 else "")

    def _put(self, shown: str, style: dict[str, bool], url: str) -> None:
        self.formatted = self.formatted or bool(style) or (bool(url) and url != shown)
        part: dict[str, Any] = {"type": "link", "url": url, "text": shown} if url else {"type": "text", "text": shown}
        last = self._inline[-1] if self._inline else None
        if last is not None and last["type"] == "text" == part["type"] and last.get("style", {}) == style:
            last["text"] += shown
        else:
            self._inline.append({**part, **({"style": style} if style else {})})

    def _new_line(self) -> None:
        """Begin a new line, unless one has just begun."""
        if self._inline and not str(self._inline[-1].get("text", "")).endswith("\n"):
            self._write("\n")

    def _flush(self) -> None:
        """Finish what is being written as the kind of element it stands in."""
        inline, self._inline = self._inline, []
        while inline and not str(inline[-1].get("text", "")).strip():
            inline.pop()
        if not inline:
            return
        inline[-1]["text"] = inline[-1]["text"].rstrip("\n")
        if "pre" in self._open:
            self._done.append({"type": "rich_text_preformatted", "elements": inline})
        elif self._lists:
            self._item(inline)
        elif "blockquote" in self._open:
            self._done.append({"type": "rich_text_quote", "elements": inline})
        else:
            self._done.append({"type": "rich_text_section", "elements": inline})

    def _item(self, inline: list[dict[str, Any]]) -> None:
        style = "ordered" if self._lists[-1] == "ol" else "bullet"
        indent = min(len(self._lists) - 1, _DEEPEST_LIST)
        section = {"type": "rich_text_section", "elements": inline}
        last = self._done[-1] if self._done else {}
        if last.get("type") == "rich_text_list" and (last["style"], last["indent"]) == (style, indent):
            last["elements"].append(section)
        else:
            self._done.append({"type": "rich_text_list", "style": style, "indent": indent, "elements": [section]})
