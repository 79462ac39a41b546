"""Which numbers may be dialled, and how often: the guard against toll fraud. Asked for every outbound call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType
from pydantic import TypeAdapter

from hub.domain.errors import CannotSend, Invalid
from hub.domain.ids import UserId
from hub.ports import UnitOfWork

FACT = "calls.dialling"
_DEAR = {
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.SHARED_COST: "a shared-cost number",
    PhoneNumberType.UAN: "a company access number",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DialRules:
    """What agents may dial."""

    countries: tuple[str, ...] = ()
    """ISO 3166 codes; empty: only the country of the number that is shown."""
    blocked_prefixes: tuple[str, ...] = ()
    """E.164 beginnings that are never dialled, whatever the country."""
    premium: bool = False
    """Also numbers that cost more than a call."""
    per_hour: int = 60
    """Calls one agent may place within an hour."""
    per_day: int = 300


_RULES = TypeAdapter(DialRules)


async def rules(uow: UnitOfWork) -> DialRules:
    """Return the hub's rules."""
    kept = await uow.facts.get(FACT)
    return DialRules() if kept is None else _RULES.validate_json(kept)


async def save_rules(uow: UnitOfWork, new: DialRules) -> None:
    """Keep the hub's rules. Raises Invalid for a country that is none."""
    unknown = [code for code in new.countries if code not in phonenumbers.SUPPORTED_REGIONS]
    if unknown:
        raise Invalid(f"These are no countries: {', '.join(unknown)}. Use two letters, such as PL or KR.")
    wrong = [p for p in new.blocked_prefixes if not p.startswith("+") or not p[1:].isdigit()]
    if wrong:
        raise Invalid(f"Write beginnings of numbers as +48700, not {wrong[0]}.")
    await uow.facts.put(FACT, _RULES.dump_json(new).decode())


def number_to_dial(text: str, *, ours: str, allowed: DialRules) -> str:
    """Return the number as E.164. Raises CannotSend, in words, if it is none or may not be dialled.

    `ours` is the number that is shown: national numbers are read in its country.
    """
    home = _region(ours)
    try:
        number = phonenumbers.parse(text[:64], home or None)
    except NumberParseException as error:
        raise CannotSend(
            f"“{text[:64]}” is no phone number. Write it with its country, such as +48 22 100 20 03."
        ) from error
    if phonenumbers.is_emergency_number(text[:64], home or "ZZ"):
        raise CannotSend("Emergency numbers cannot be called from here. Use a phone.")
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if not phonenumbers.is_possible_number(number):
        raise CannotSend(f"{written} is no complete phone number. Check its digits.")
    if any(written.startswith(prefix) for prefix in allowed.blocked_prefixes):
        raise CannotSend(f"Numbers that begin as {written} does are blocked. An admin can change this.")
    kind = phonenumbers.number_type(number)
    if not allowed.premium and kind in _DEAR:
        raise CannotSend(f"{written} is {_DEAR[kind]}, which is not allowed. An admin can change this.")
    region = phonenumbers.region_code_for_number(number) or ""
    countries: Sequence[str] = allowed.countries or ((home,) if home else ())
    if countries and region not in countries:
        if not region:
            raise CannotSend(f"{written} belongs to no country's numbers, so it is not called. Check its digits.")
        raise CannotSend(
            f"Calls to {_country(region)} are not allowed ({written}). An admin can allow the country in Settings, "
            "Phone lines."
        )
    return written


async def check_pace(uow: UnitOfWork, user_id: UserId, allowed: DialRules, now: datetime) -> None:
    """Raise CannotSend if somebody placed more calls than the rules allow."""
    if await uow.calls.placed_since(user_id, now - timedelta(hours=1)) >= allowed.per_hour:
        raise CannotSend(f"You placed {allowed.per_hour} calls within an hour, which is the limit. Try again later.")
    if await uow.calls.placed_since(user_id, now - timedelta(days=1)) >= allowed.per_day:
        raise CannotSend(f"You placed {allowed.per_day} calls within a day, which is the limit. Try again tomorrow.")


def _country(region: str) -> str:
    """Return a country's name for people; its code where it has none."""
    # loaded only for a refusal: the names of all countries are not needed at the start
    from babel import Locale

    return str(Locale("en").territories.get(region, region))


def _region(number: str) -> str:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number, None)) or ""
    except NumberParseException:
        return ""
