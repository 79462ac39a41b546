"""An agent's rich text as the HTML subset Telegram reads.

https://core.telegram.org/bots/api#html-style: no paragraphs, lists or line breaks as tags, nothing inside code, no
quotation inside a quotation.
"""

import re
from html import escape
from html.parser import HTMLParser

_INLINE = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "h1": "b", "h2": "b", "h3": "b", "h4": "b",
}  # fmt: skip
_BLOCKS = {"p", "div", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "table", "tr", "li", "hr"}
_HIDDEN = {"script", "style", "head", "title"}
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "tg://")
_MOST = 90
"""Formatted places; Telegram reads about 100 in a message and ignores the rest."""


def to_telegram_html(html: str) -> str:
    """Return the text in Telegram's subset, or "" if nothing in it is formatted: then the plain text says it all."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.result() if writer.formatted else ""


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.formatted = 0
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []
        """The source's tag and what was written for it ("" for nothing)."""
        self._lists: list[int] = []
        self._hidden = 0
        self._fresh = True
        """Nothing visible stands in this line yet."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag == "br":
            self._out.append("\n")
            self._fresh = True
            return
        if tag in _BLOCKS:
            self._break()
        if tag in {"ul", "ol"}:
            self._lists.append(0)
        if tag == "li":
            self._bullet()
        if tag not in {"hr", "img", "input", "meta", "link", "col", "wbr"}:
            self._open.append((tag, self._start(tag, dict(attrs))))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if any(source == tag for source, _ in self._open):
            while self._open:
                source, written = self._open.pop()
                self._out.append(f"</{written}>" if written else "")
                if source == tag:
                    break
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        inside_pre = any(written == "pre" for _, written in self._open)
        shown = data if inside_pre else " ".join(re.split(r"[ \t\r\n]+", data))
        if self._fresh and not inside_pre:
            shown = shown.lstrip(" ")
        if shown and not self._hidden:
            self._out.append(escape(shown, quote=False))
            self._fresh = False

    def result(self) -> str:
        closing = "".join(f"</{written}>" for _, written in reversed(self._open) if written)
        return ("".join(self._out) + closing).strip("\n ")

    def _start(self, tag: str, attributes: dict[str, str | None]) -> str:
        """Write a start tag where Telegram allows it, and return its name."""
        around = {written for _, written in self._open}
        written = _INLINE.get(tag, "")
        href = (attributes.get("href") or "").strip()
        if tag == "a" and href.lower().startswith(_SCHEMES):
            written = "a"
        if not written or written in around or around & {"code", "pre"} or self.formatted >= _MOST:
            return ""
        self.formatted += 1
        self._out.append(f'<a href="{escape(href)}">' if written == "a" else f"<{written}>")
        return written

    def _bullet(self) -> None:
        nearest = next((source for source, _ in reversed(self._open) if source in {"ul", "ol"}), "ul")
        if nearest == "ol" and self._lists:
            self._lists[-1] += 1
            self._out.append(f"{self._lists[-1]}. ")
        else:
            self._out.append("• ")

    def _break(self) -> None:
        """Begin a new line, unless one has just begun."""
        if not self._fresh:
            self._out.append("\n")
            self._fresh = True
