"""Serves the built screens: hashed assets for ever, compressed where the build did so, index.html for every route."""

from pathlib import Path

from aiohttp import web

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
    """The folder of built screens. Its files are listed once: nothing outside the list is ever opened."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}

    def add_to(self, app: web.Application) -> None:
        """Serve them at every path nothing else has; add last."""
        app.router.add_get("/{path:.*}", self._serve)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if path.startswith("api/"):
            raise web.HTTPNotFound
        file = self._files.get(path)
        if file is not None and file.suffix in _TYPES:
            return _file(path, file)
        if "." in path.rpartition("/")[2]:
            raise web.HTTPNotFound  # a file that is not there, not a route of the screens
        index = self._files.get("index.html")
        if index is None:
            return web.Response(text=_NOT_BUILT, content_type="text/html", status=503)
        return _file("index.html", index)


def _file(path: str, file: Path) -> web.FileResponse:
    # FileResponse itself answers with a compressed neighbour (.br, .gz), ranges and If-None-Match.
    cache = _YEAR if path.startswith("assets/") else "no-cache"
    return web.FileResponse(file, headers={"Content-Type": _content_type(file), "Cache-Control": cache})


def _content_type(file: Path) -> str:
    kind = _TYPES[file.suffix]
    return f"{kind}; charset=utf-8" if kind.startswith(_WITH_CHARSET) else kind
