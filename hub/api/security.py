"""Security headers for everything the hub serves, and the stricter rules of a mail's HTML."""

from collections.abc import Collection

from aiohttp import hdrs, web

_SCREENS = (
    "default-src 'self'",
    "script-src 'self'",
    # Mantine and the virtual list position elements by style attributes; no style comes from anybody's text.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
SCREENS_CSP = "; ".join((*_SCREENS, "connect-src 'self'"))

_FOR_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()",
    "Content-Security-Policy": SCREENS_CSP,
}
_OURS = "hub"
_HSTS = {"Strict-Transport-Security": "max-age=31536000"}


def add_security_headers(app: web.Application, *, secure: bool) -> None:
    """Give every answer of the application and its parts these headers, unless a handler set stricter ones.

    Who names us in `Server` has set all that the answer needs: the webhook door, whose answers no browser shows.

    `secure`: people reach the hub by TLS, and browsers shall never again try without.
    """
    for_all = _FOR_ALL | _HSTS if secure else _FOR_ALL

    async def prepare(_request: web.Request, response: web.StreamResponse) -> None:
        headers = response.headers
        if headers.get(hdrs.SERVER) == _OURS:
            return
        for name, value in for_all.items():
            headers.setdefault(name, value)
        headers[hdrs.SERVER] = _OURS  # aiohttp's own tells the versions of everything
        kind = response.content_type
        if kind == "application/json" or kind.endswith("+json"):
            headers.setdefault(hdrs.CACHE_CONTROL, "no-store")

    app.on_response_prepare.append(prepare)


def screens_csp(hosts: Collection[str]) -> str:
    """Return the policy of the screens where they also connect to `hosts`: those of the browser phones."""
    return "; ".join((*_SCREENS, " ".join(("connect-src 'self'", *sorted(set(hosts))))))


def mail_csp(*, images: bool) -> str:
    """Return the policy of a mail's HTML: no scripts, no forms, our screens only around it.

    `images`: the agent asked for the pictures from elsewhere, which tell the sender that the mail was read.
    """
    sources = "'self' data: https:" if images else "'self' data:"
    return "; ".join(
        (
            "default-src 'none'",
            f"img-src {sources}",
            "style-src 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            # Same origin, or the session would not come with its own pictures; without scripts nothing can use it.
            "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
        )
    )
