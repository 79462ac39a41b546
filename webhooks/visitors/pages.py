"""Serves the widget's script and the demo page, from the files that the build made."""

import asyncio
import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from webhooks.visitors.answers import Problem

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_NOT_BUILT = (
    "The widget is not built. Run `make run` once, or `npm ci && npm run build` in web/widget, and reload this page."
)


@dataclass(frozen=True, slots=True)
class _Built:
    body: bytes
    packed: bytes
    etag: str
    stamp: tuple[int, int]


class BuiltFiles:
    """The files of one folder, kept in memory with their gzip and etag, read again when they change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _Built] = {}

    async def text(self, name: str) -> str:
        """Return a text file. Raises Problem in words if the build has not made it."""
        return (await self._built(name)).body.decode()

    async def response(self, request: web.Request, name: str, cache: str) -> web.Response:
        """Answer with a file: 304 if the browser has it, packed if it may be."""
        built = await self._built(name)
        headers = {"Cache-Control": cache, "ETag": built.etag, "Vary": "Accept-Encoding"}
        if built.etag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        if packed:
            headers["Content-Encoding"] = "gzip"
        headers["Content-Type"] = _TYPES[Path(name).suffix]
        return web.Response(body=built.packed if packed else built.body, headers=headers)

    async def _built(self, name: str) -> _Built:
        try:
            stat = (self._folder / name).stat()
        except OSError:
            raise Problem(503, "not_built", _NOT_BUILT) from None
        stamp = (stat.st_mtime_ns, stat.st_size)
        known = self._files.get(name)
        if known is None or known.stamp != stamp:
            known = self._files[name] = await asyncio.to_thread(_read, self._folder / name, stamp)
        return known


def _read(path: Path, stamp: tuple[int, int]) -> _Built:
    body = path.read_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return _Built(body, gzip.compress(body, 9, mtime=0), etag, stamp)


DEMO_HEADERS = {
    "Cache-Control": "no-store",
    # As strict as a site can be: the widget must work under it.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class DemoChat:
    """A web chat the demo page may have."""

    key: str
    name: str


async def demo(files: BuiltFiles, chats: Sequence[DemoChat], wanted: str = "") -> web.Response:
    """Return the demo shop with the widget of the `wanted` chat, else the first; of several one can be chosen."""
    page = await files.text("demo.html")
    shown = next((chat for chat in chats if chat.key == wanted), next(iter(chats), None))
    tag = f'<script async src="/webchat/{shown.key}/widget.js"></script>' if shown else ""
    page = page.replace("<!-- widget -->", tag).replace("<!-- state -->", "ready" if shown else "no-channel")
    links = "".join(_link(chat, here=chat is shown) for chat in chats) if len(chats) > 1 else ""
    page = page.replace("<!-- chats -->", links)
    return web.Response(text=page, content_type="text/html", headers=DEMO_HEADERS)


def _link(chat: DemoChat, *, here: bool) -> str:
    current = ' aria-current="true"' if here else ""
    return f'<a href="?chat={quote(chat.key)}"{current}>{escape(chat.name)}</a>'
