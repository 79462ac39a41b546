"""Reads phone numbers and knows the national variants under which one line is known."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

_NUMBER_LIMIT = 64  # phonenumbers' patterns are slow on long input; no number with its punctuation is longer


def forms(text: str, region: str) -> tuple[str, str | None, str] | None:
    """Return a number as E.164, its other form if it has one, and why they are one line; None if it is no number.

    `region` is the country (ISO 3166, two letters) in which national numbers are read; empty: none is.
    """
    number = _parsed(text, region)
    return None if number is None else (_written(number), *_variant(number))


def _parsed(text: str, region: str) -> PhoneNumber | None:
    if len(text) > _NUMBER_LIMIT:
        return None
    if not region and text.startswith("00"):
        text = f"+{text[2:]}"  # ITU-T E.123: 00 is the international prefix where no country says otherwise
    try:
        number = phonenumbers.parse(text, region or None)
    except NumberParseException:
        return None
    written = _written(number)
    if written != text and _written(phonenumbers.parse(written)) != written:
        return _parsed(written, "")  # a stripped trunk prefix uncovered another: all go, so that once is enough
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
