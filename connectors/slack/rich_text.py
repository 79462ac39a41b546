"""What people write in Slack, as plain text and as HTML: from rich text blocks, else from `mrkdwn`.

Slack's own clients send both; the blocks leave no doubt what is a sign and what is markup.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block ·
https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape, unescape

from connectors._lib.loose_json import Json, flag, inner, objects, text, whole
from connectors.slack.emoji import sign_by_code, sign_of, with_signs

_DEEPEST = 8
_LINK = re.compile(r"<([^<>]{1,3000})>")
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_STYLES = (("code", "code"), ("strike", "s"), ("italic", "i"), ("bold", "b"))


class RichText:
    """Writes rich text blocks as plain text and HTML side by side."""

    def __init__(self, ours: Collection[str]) -> None:
        self._ours = ours
        self.formatted = False
        self.plain: list[str] = []
        self.html: list[str] = []

    def block(self, element: Json, depth: int = 0) -> None:
        """Write one element of a block: a paragraph, a list, a quotation, code."""
        if depth > _DEEPEST:
            return
        match element.get("type"):
            case "rich_text_list":
                self._list(element, depth)
            case "rich_text_quote":
                self._wrapped("blockquote", element, prefix="> ")
            case "rich_text_preformatted":
                self._wrapped("pre", element)
            case _:
                self._wrapped("", element)

    def _list(self, element: Json, depth: int) -> None:
        self.formatted = True
        ordered = element.get("style") == "ordered"
        first = (whole(element, "offset") or 0) + 1
        indent = "  " * min(whole(element, "indent") or 0, 8)
        tag = "ol" if ordered else "ul"
        self.html.append(f'<ol start="{first}">' if ordered and first > 1 else f"<{tag}>")
        for place, item in enumerate(objects(element, "elements")):
            self.plain.append(f"{indent}{f'{first + place}.' if ordered else '•'} ")
            self.html.append("<li>")
            self.block(item, depth + 1)
            self.html.append("</li>")
        self.html.append(f"</{tag}>")

    def _wrapped(self, tag: str, element: Json, prefix: str = "") -> None:
        start = len(self.plain)
        self.html.append(f"<{tag}>" if tag else "")
        for part in objects(element, "elements"):
            self._inline(part)
        self.html.append(f"</{tag}>" if tag else "")
        self.formatted = self.formatted or bool(tag)
        words = "".join(self.plain[start:])
        if prefix:
            words = "\n".join(prefix + line for line in words.split("\n"))
        self.plain[start:] = [words if words.endswith("\n") else f"{words}\n"]

    def _inline(self, part: Json) -> None:
        shown = _shown(part, self._ours)
        html = escape(shown, quote=False).replace("\n", "<br>")
        url = text(part, "url")
        if part.get("type") == "link" and url.lower().startswith(_SCHEMES):
            label = text(part, "text")
            shown = f"{label} ({url})" if label and label != url else url
            html = f'<a href="{escape(url)}">{escape(label or url)}</a>'
            self.formatted = self.formatted or bool(label and label != url)
        style = inner(part, "style")
        for name, tag in _STYLES:
            if flag(style, name):
                self.formatted = True
                html = f"<{tag}>{html}</{tag}>"
        self.plain.append(shown)
        self.html.append(html)


def _shown(part: Json, ours: Collection[str]) -> str:
    """Return an element as plain text."""
    match part.get("type"):
        case "text":
            return text(part, "text")
        case "emoji":
            return sign_by_code(text(part, "unicode")) or sign_of(text(part, "name"))
        case "link":
            return text(part, "text", "url")
        case "user":
            member = text(part, "user_id")
            return "@us" if member in ours else f"@{member}"
        case "channel":
            return f"#{text(part, 'channel_id')}"
        case "usergroup":
            return f"@{text(part, 'usergroup_id')}"
        case "broadcast":
            return f"@{text(part, 'range')}"
        case "color":
            return text(part, "value")
        case "date":
            return text(part, "fallback")
        case _:
            return text(part, "text", "fallback", "url")


def read_blocks(blocks: Sequence[Json], ours: Collection[str]) -> tuple[str, str]:
    """Return the rich text among a message's blocks as (plain, html).

    Both are empty where there is none; the HTML is empty where nothing is formatted. It is not sanitised yet.
    """
    writer = RichText(ours)
    for block in blocks[:50]:
        if block.get("type") == "rich_text":
            for element in objects(block, "elements"):
                writer.block(element)
    plain = "".join(writer.plain).strip("\n ")
    return plain, "".join(writer.html) if writer.formatted and plain else ""


def read_mrkdwn(said: str, ours: Collection[str]) -> str:
    """Return Slack's message text as plain text: links, mentions and signs in words, markup left as it was typed."""
    resolved = _LINK.sub(lambda found: _resolved(found[1], ours), said)
    return with_signs(unescape(resolved))


def _resolved(inside: str, ours: Collection[str]) -> str:
    target, _, label = inside.partition("|")
    write = _TARGETS.get(target[:1])
    if write is not None:
        return write(target, label, ours)
    return f"{label} ({target})" if label and label not in (target, target.removeprefix("mailto:")) else label or target


def _member(target: str, label: str, ours: Collection[str]) -> str:
    return "@us" if target[1:] in ours else f"@{(label or target[1:]).lstrip('@')}"


def _channel(target: str, label: str, _: Collection[str]) -> str:
    return f"#{label or target[1:]}"


def _special(target: str, label: str, _: Collection[str]) -> str:
    """`<!here>`, `<!subteam^S1|@team>`, `<!date^…|words>`."""
    if label:
        return label if target.startswith("!date") else f"@{label.lstrip('@')}"
    return f"@{target[1:].partition('^')[0]}"


_TARGETS: Mapping[str, Callable[[str, str, Collection[str]], str]] = {"@": _member, "#": _channel, "!": _special}
