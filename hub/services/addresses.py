"""Normalises addresses for matching; what was received is kept beside it and never rewritten.

National variants of one number (Brazil's ninth digit, Argentina's 9, Mexico's old 1) are candidate forms: any of
them finds the contact point, whichever form was stored first.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import idna

from hub.domain.errors import Invalid
from hub.domain.ids import bounded

_MAIL = re.compile(r"[^\s@,;<>\"()]+@[^\s@,;<>\"()]+\.[^\s@,;<>\"().]+|[^\s@,;<>\"()]+@(\[[0-9a-f.:]+\]|localhost)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How an address is matched."""

    address: str
    """The normalised form, at most 512 characters: what a new contact point is stored under."""
    candidates: tuple[str, ...]
    """Every form under which the same address may be stored; `address` first."""
    reason: str
    """In words: why the forms are one address, or why the value was taken as it is. Empty when nothing is odd."""


@lru_cache(maxsize=8192)
def normalise(namespace: str, value: str, *, region: str = "") -> Matching:
    """Return the forms of an address that mean the same.

    `region` is the country (ISO 3166, two letters) in which national phone numbers are read; without it only
    international ones (`+` or `00`) are understood, the rest match as written. Never raises: an address nobody
    can read is still an address.
    """
    match namespace:
        case "phone":
            return _phone(value, region.upper())
        case "email":
            return _email(value)
        case _:
            return _as_it_is(value, "")


def _as_it_is(value: str, reason: str) -> Matching:
    address = bounded(value)
    return Matching(address=address, candidates=(address,), reason=reason)


def _email(value: str) -> Matching:
    """Match local parts in lower case and domains in their ASCII form.

    RFC 5321 section 2.4 lets a host tell local parts apart by case; none in use does. Dots and plus parts are
    the host's business: two people may differ by them, so they stay.
    """
    local, at, domain = value.strip().rpartition("@")
    if not at or not local or not domain:
        return _as_it_is(value.strip(), "Not a complete mail address; it is matched as written.")
    return _as_it_is(f"{_folded(local)}@{_domain(domain)}", "")


def _folded(text: str) -> str:
    # Lower case rather than full case folding: the latter makes ß and ss one person.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def _domain(domain: str) -> str:
    bare = domain.rstrip(".") or domain
    try:
        return idna.encode(bare, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return _folded(bare)  # underscores and address literals are no IDNA names, yet they exist


def _phone(value: str, region: str) -> Matching:
    from hub.services.phone_numbers import forms  # not at the top: a start needs none of it

    text = unicodedata.normalize("NFKC", value).strip()
    found = forms(text, region)
    if found is None:
        return _as_it_is(text, "Not a complete phone number (a short code or a name); it is matched as written.")
    address, variant, reason = found
    return Matching(address=address, candidates=(address, variant) if variant else (address,), reason=reason)


def checked(namespace: str, value: str, *, region: str = "") -> Matching:
    """Return the forms of an address typed by a person. Raises Invalid, in words, if nothing could be sent to it."""
    matching = normalise(namespace, value, region=region)
    if not value.strip() or any(ord(c) < 32 for c in value):
        raise Invalid("The address is empty or holds characters no address has.")
    if namespace == "email" and not _MAIL.fullmatch(matching.address):
        raise Invalid(f"“{value}” is not a mail address. It looks like name@example.com.")
    if namespace == "phone" and not matching.address.startswith("+"):
        raise Invalid(f"“{value}” is not a complete phone number. Write it with + and the country code.")
    return matching
