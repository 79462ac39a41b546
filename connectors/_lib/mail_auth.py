"""Say whether our own mail server proved that a mail comes from the domain it names (RFC 8601)."""

import re

from connectors._lib.mail_headers import Headers

_COMMENT = re.compile(r"\([^()]*\)")
_PASS = re.compile(r"^\s*(dkim|spf|dmarc)\s*=\s*pass\b(.*)$", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"\b(header\.(?:from|d|i)|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def is_authenticated(headers: Headers, from_address: str, authserv_id: str) -> bool:
    """Tell whether the From domain is proven by DKIM, SPF or DMARC, aligned with it.

    Only the topmost Authentication-Results field that carries our server's own name counts: every other one may
    have been written by the sender. An empty `authserv_id` trusts nobody.
    """
    domain = from_address.rpartition("@")[2].lower()
    if not authserv_id or not domain or len(headers.all("from")) != 1 or "," in _unquoted(headers.raw("from")):
        return False
    for field in headers.all("authentication-results"):
        plain = _COMMENT.sub(" ", field)
        name, _, results = plain.partition(";")
        if name.split() and name.split()[0].lower() == authserv_id.lower():
            return any(_proves(result, domain) for result in results.split(";"))
    return False


def _unquoted(value: str) -> str:
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"", "", value)


def _proves(result: str, domain: str) -> bool:
    match = _PASS.match(result)
    if match is None:
        return False
    named = [value.rpartition("@")[2].lower().strip(".") for _, value in _PROPERTY.findall(match.group(2))]
    return any(_aligned(domain, value) for value in named)


def _aligned(domain: str, proven: str) -> bool:
    """RFC 7489's relaxed alignment without a public suffix list: equal, or the proven one is the parent."""
    return domain == proven or ("." in proven and domain.endswith(f".{proven}"))
