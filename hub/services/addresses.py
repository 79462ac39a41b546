"""Normalises addresses for matching; what was received is kept beside it and never rewritten.

National variants of one number (Brazil's ninth digit, Argentina's 9, Mexico's old 1) are candidate forms: any of
them finds the contact point, whichever form was stored first.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import idna
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from hub.domain.channel import ChannelKind
from hub.domain.errors import Invalid
from hub.domain.ids import bounded

_NUMBER_LIMIT = 64  # phonenumbers' patterns are slow on long input; no number with its punctuation is longer
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
    text = unicodedata.normalize("NFKC", value).strip()
    number = _parsed(text, region)
    if number is None:
        return _as_it_is(text, "Not a complete phone number (a short code or a name); it is matched as written.")
    address = _written(number)
    variant, reason = _variant(number)
    return Matching(address=address, candidates=(address, variant) if variant else (address,), reason=reason)


def _parsed(text: str, region: str) -> PhoneNumber | None:
    if len(text) > _NUMBER_LIMIT:
        return None
    if not region and text.startswith("00"):
        text = f"+{text[2:]}"  # ITU-T E.123: 00 is the international prefix where no country says otherwise
    try:
        number = phonenumbers.parse(text, region or None)
    except NumberParseException:
        return None
    again = phonenumbers.parse(_written(number))
    if _written(again) != _written(number):
        return _parsed(
            _written(number), ""
        )  # a stripped trunk prefix uncovered another: all go, so that once is enough
    whole = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number if whole or _is_old_mexican(number) else None


def _written(number: PhoneNumber) -> str:
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


def _variant(number: PhoneNumber) -> tuple[str | None, str]:
    """Return the other form under which the same line is known, and why they are one."""
    national = phonenumbers.national_significant_number(number)
    match number.country_code:
        case 55:
            return _brazilian(number, national)
        case 54:
            return _argentine(number, national)
        case 52:
            return _mexican(number, national)
        case _:
            return None, ""


def _brazilian(number: PhoneNumber, national: str) -> tuple[str | None, str]:
    """Mobile numbers got a ninth digit by 2016; WhatsApp still names many without it.

    Only subscriber numbers that began with 6 to 9 were mobile; landlines begin with 2 to 5 and have one form.
    Source: Anatel Resolution 553/2010, https://informacoes.anatel.gov.br/legislacao/resolucoes/2010/20-resolucao-553
    """
    area, subscriber = national[:2], national[2:]
    reason = "Brazilian mobile numbers are written with and without the ninth digit."
    if len(subscriber) == 9 and subscriber[0] == "9" and subscriber[1] in "6789" and _is_mobile(number):
        return _other(number, f"{area}{subscriber[1:]}"), reason
    if len(subscriber) == 8 and subscriber[0] in "6789":
        longer = _other(number, f"{area}9{subscriber}")
        return (longer, reason) if _is_mobile(phonenumbers.parse(longer)) else (None, "")
    return None, ""


def _argentine(number: PhoneNumber, national: str) -> tuple[str | None, str]:
    """Mobile numbers carry a 9 after +54 when called from abroad, and none in many address books.

    Area code and subscriber number are unique over landlines and mobiles, so both forms name one line.
    Source: https://www.itu.int/oth/T020200000A/en (Argentina, National Numbering Plan)
    """
    reason = "Argentine mobile numbers are written with and without the 9 after +54."
    if len(national) == 11 and national[0] == "9" and _is_mobile(number):
        return _other(number, national[1:]), reason
    if len(national) == 10:
        longer = _other(number, f"9{national}")
        return (longer, reason) if _is_mobile(phonenumbers.parse(longer)) else (None, "")
    return None, ""


def _mexican(number: PhoneNumber, national: str) -> tuple[str | None, str]:
    """The 1 after +52 for mobiles was abolished in 2019; WhatsApp and address books keep it.

    Source: https://www.itu.int/oth/T0202000089/en (Mexico, National Numbering Plan)
    """
    reason = "Mexican numbers are written with and without the old 1 after +52."
    if _is_old_mexican(number):
        return _other(number, national[1:]), reason
    if len(national) == 10 and phonenumbers.is_valid_number(number):
        return _other(number, f"1{national}"), reason
    return None, ""


def _is_old_mexican(number: PhoneNumber) -> bool:
    national = phonenumbers.national_significant_number(number)
    if number.country_code != 52 or len(national) != 11 or national[0] != "1":
        return False
    return phonenumbers.is_valid_number(PhoneNumber(country_code=52, national_number=int(national[1:])))


def _other(number: PhoneNumber, national: str) -> str:
    suffix = f";ext={number.extension}" if number.extension else ""
    return f"+{number.country_code}{national}{suffix}"


def _is_mobile(number: PhoneNumber) -> bool:
    return phonenumbers.number_type(number) == PhoneNumberType.MOBILE


_SHARED_NAMESPACES = {"email": "email", "sms": "phone", "voice": "phone", "whatsapp": "phone"}


def namespace_of(kind: ChannelKind) -> str:
    """Return the namespace of addresses on a kind of channel: numbers and mail are shared, the rest are its own."""
    return _SHARED_NAMESPACES.get(kind, kind)


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
