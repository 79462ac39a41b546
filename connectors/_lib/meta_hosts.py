"""Which addresses are Meta's own: our token is shown nowhere else, and only files from there are fetched. Pure."""

from collections.abc import Sequence
from urllib.parse import urlsplit


def at_meta(url: str, hosts: Sequence[str]) -> bool:
    """Tell whether an address is https at one of these hosts or below one."""
    try:
        address = urlsplit(url)
        host, port = (address.hostname or "").lower(), address.port
    except ValueError:
        return False
    named = any(host == known or host.endswith(f".{known}") for known in hosts)
    return address.scheme == "https" and named and port in (None, 443) and address.username is None


def at_meta_or(url: str, hosts: Sequence[str], base_url: str) -> bool:
    """The same, or at the configured server: a proxy or a test."""
    try:
        address, base = urlsplit(url), urlsplit(base_url)
    except ValueError:
        return False
    return (address.scheme, address.netloc) == (base.scheme, base.netloc) or at_meta(url, hosts)
