"""An agent's text as Discord's Markdown: their formatting kept, and nothing of it by accident.

https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from html.parser import HTMLParser

_MARKS = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "u": "__", "ins": "__", "s": "~~", "strike": "~~", "del": "~~",
    "h1": "**", "h2": "**", "h3": "**", "h4": "**",
}  # fmt: skip
_LINES = {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "table", "tr", "hr", "blockquote", "pre"}
_HIDDEN = {"script", "style", "head", "title"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_SPECIAL = re.compile(r"[\\*_~`|\[\]]|(?m:^[>+#-])|(?m:(?<=^\d)|(?<=^\d\d))[.)](?=\s)")


def escaped(text: str) -> str:
    """Return a text that reads as it was typed: signs of Markdown are escaped, but not inside of addresses."""
    out, end = [], 0
    for found in _ADDRESS.finditer(text):
        out += [_escape(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*out, _escape(text[end:])])


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def to_markdown(html: str) -> str:
    """Return the text in Markdown, or "" if nothing in it is formatted: then the plain text says it all."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.result() if writer.formatted else ""


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.formatted = False
        self._out: list[str] = []
        self._open: list[str] = []
        self._links: list[str] = []
        self._lists: list[int] = []
        self._hidden = 0
        self._fresh = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag == "br":
            self._line()
        elif tag in _LINES:
            self._break()
        if tag in {"ul", "ol"}:
            self.formatted = True
            self._lists.append(0 if tag == "ol" else -1)
        if tag == "li":
            self._bullet()
        if tag == "a":
            href = (dict(attrs).get("href") or "").strip()
            self._links.append(href if href.lower().startswith(("http://", "https://")) else "")
            self._mark("[" if self._links[-1] else "")
        elif tag == "pre":
            self._mark("```\n")
        elif tag == "code" and "pre" not in self._open:
            self._mark("`")
        elif "pre" not in self._open:
            self._mark(_MARKS.get(tag, ""))
        self.formatted = self.formatted or tag == "blockquote"
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag not in self._open:
            return
        while True:
            closed = self._open.pop()
            self._close(closed)
            if closed == tag:
                break
        if tag in _LINES:
            self._break()

    def handle_data(self, data: str) -> None:
        code = bool({"code", "pre"} & set(self._open))
        shown = data if "pre" in self._open else re.sub(r"[ \t\r\n]+", " ", data)
        if self._fresh and not code:
            shown = shown.lstrip(" ")
        if not shown or self._hidden:
            return
        if self._fresh and "blockquote" in self._open:
            self._out.append("> ")
        self._out.append(shown.replace("`", "'") if code else escaped(shown))
        self._fresh = False

    def result(self) -> str:
        while self._open:
            self._close(self._open.pop())
        return "".join(self._out).strip("\n ")

    def _close(self, tag: str) -> None:
        if tag == "a" and self._links:
            href = self._links.pop()
            self._out.append(f"]({href})" if href else "")
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._out.append("\n```")
        elif tag == "code" and "pre" not in self._open:
            self._out.append("`")
        elif "pre" not in self._open:
            self._out.append(_MARKS.get(tag, ""))

    def _mark(self, mark: str) -> None:
        if mark:
            self.formatted = True
            if self._fresh and "blockquote" in self._open:
                self._out.append("> ")
                self._fresh = False
            self._out.append(mark)

    def _bullet(self) -> None:
        indent = "  " * (len(self._lists) - 1)
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._out.append(f"{indent}{self._lists[-1]}. ")
        else:
            self._out.append(f"{indent}- ")
        self._fresh = True

    def _break(self) -> None:
        """Begin a new line, unless one has just begun."""
        if not self._fresh:
            self._line()

    def _line(self) -> None:
        self._out.append("\n")
        self._fresh = True
