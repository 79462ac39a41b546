"""Serves the built screens: hashed assets for ever, compressed where the build did so, index.html for every route."""

from collections.abc import Callable, Collection
from pathlib import Path

from aiohttp import hdrs, web

from hub.api.security import screens_csp

_PAGE = "index.html"
_YEAR = "public, max-age=31536000, immutable"
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Interaction Hub</title>
<meta name="viewport" content="width=device-width"><body>
<h1>The screens are not built</h1>
<p>The hub is running and takes messages, but its screens are missing from this installation.</p>
<p>From a checkout, run <code>make run</code>: it builds them. From a package, install the package again.</p>
</body></html>"""
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_WITH_CHARSET = ("text/", "application/json", "application/manifest+json")


class Screens:
    """The folder of built screens. Its files are listed once: nothing outside the list is ever opened.

    `phone_hosts` tells where the browser phones of the connected channels connect to now.
    """

    def __init__(self, folder: Path, phone_hosts: Callable[[], Collection[str]] = tuple) -> None:
        self._phone_hosts = phone_hosts
        self._files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}

    def add_to(self, app: web.Application) -> None:
        """Serve them at every path nothing else has; add last."""
        app.router.add_get("/{path:.*}", self._serve)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if path.startswith("api/"):
            raise web.HTTPNotFound
        file = self._files.get(path)
        if file is not None and path != _PAGE and file.suffix in _TYPES:
            return _file(path, file)
        if path != _PAGE and "." in path.rpartition("/")[2]:
            raise web.HTTPNotFound  # a file that is not there, not a route of the screens
        index = self._files.get(_PAGE)
        if index is None:
            return web.Response(text=_NOT_BUILT, content_type="text/html", status=503)
        shown = _file(_PAGE, index)
        if hosts := self._phone_hosts():
            shown.headers[hdrs.CONTENT_SECURITY_POLICY] = screens_csp(hosts)
        return shown


def _file(path: str, file: Path) -> web.FileResponse:
    # FileResponse itself answers with a compressed neighbour (.br, .gz), ranges and If-None-Match.
    cache = _YEAR if path.startswith("assets/") else "no-cache"
    return web.FileResponse(file, headers={"Content-Type": _content_type(file), "Cache-Control": cache})


def _content_type(file: Path) -> str:
    kind = _TYPES[file.suffix]
    return f"{kind}; charset=utf-8" if kind.startswith(_WITH_CHARSET) else kind
