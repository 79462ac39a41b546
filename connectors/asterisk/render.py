"""Which device a target is, and what it shows, in Asterisk's words. Pure; nothing of a caller's gets through unread."""

import re

from connectors.asterisk.settings import AsteriskSettings
from hub.contract import Rejected
from hub.domain.callflow.steps import Target

_NUMBER = re.compile(r"\+?[0-9*#]{1,30}")
_IDENTITY = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_ENDPOINT = re.compile(r"[A-Za-z]+/[A-Za-z0-9_.@:/;+-]{1,120}")


def endpoint_of(target: Target, settings: AsteriskSettings) -> str:
    """Return what Asterisk rings for a target. Raises Rejected in words."""
    address = target.address.strip()
    match target.kind:
        case "number" if _NUMBER.fullmatch(address):
            return settings.trunk.replace("{number}", address)
        case "browser" if _IDENTITY.fullmatch(address):
            return settings.browser_endpoint.replace("{identity}", address)
        case "endpoint" if _ENDPOINT.fullmatch(address):
            return address
        case _:
            raise Rejected(f"“{address[:60]}” is no {_WORDS[target.kind]} Asterisk could ring.")


_WORDS = {"number": "number", "browser": "browser phone", "endpoint": "device (as PJSIP/1001)"}


def shown(number: str) -> str:
    """Return a number as a device may show it: digits only, so that a caller's own words never reach a header."""
    kept = re.sub(r"[^0-9+*#]", "", number)[:30]
    return kept or "anonymous"


def digits(pressed: str) -> str:
    """Return the keys to send. Raises Rejected if they are none."""
    if not re.fullmatch(r"[0-9*#A-Da-dwW]{1,40}", pressed):
        raise Rejected("Only the keys 0 to 9, * and # can be sent.")
    return pressed
