"""Makes a page of a mail's sanitised HTML: its own pictures by our address, other people's only if asked for."""

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote

_HEAD = """<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light">
<base target="_blank"><style>
html{background:#fff;color:#1a1a1a;font:14px/1.5 Inter,"Noto Sans KR",system-ui,sans-serif;overflow-wrap:anywhere}
body{margin:0;padding:12px}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}
blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ccc;color:#555}
</style></head><body>"""
_TAIL = "</body></html>"
# The sanitiser writes attributes in double quotes and escapes `<` in text, so that a tag can be told from text.
_IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>', re.IGNORECASE)
_SOURCE = re.compile(r'(\ssrc=)"([^"]*)"', re.IGNORECASE)
_REMOTE_SET = re.compile(r'\ssrcset="[^"]*"', re.IGNORECASE)


def mail_page(html: str, inline: Mapping[str, str], *, images: bool) -> str:
    """Return the page. `inline` gives the addresses of the mail's own files by content id.

    Pictures from elsewhere lose their source unless `images`, so that their alternative text shows; the page's
    policy would not load them either.
    """

    def source(match: re.Match[str]) -> str:
        address = unescape(match[2]).strip()
        if address.lower().startswith("cid:"):
            known = inline.get(unquote(address[4:]).strip("<>"), "")
            return f'{match[1]}"{escape(known)}"' if known else ""
        if address.startswith("data:image/") or images:
            return match[0]
        return ""

    def image(match: re.Match[str]) -> str:
        return _SOURCE.sub(source, _REMOTE_SET.sub("", match[0]))

    return _HEAD + _IMAGE.sub(image, html) + _TAIL
