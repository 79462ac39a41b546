"""What every channel at Twilio asks an admin for: the account, its secrets and where its API is. Types of fields.

Each channel's settings say in their own order and words what a field is for; what is a valid value is said here.
"""

import re
from typing import Annotated, Protocol
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

OFFICIAL_API = "https://api.twilio.com"

_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
_API_KEY = re.compile(r"SK[0-9a-fA-F]{32}")
_OVERRIDES = re.compile(r"(?:(?:ct|rt|tt|rc|rp|e|sni)=[A-Za-z0-9,.-]+(?:&|$))*")


class AccountSettings(Protocol):
    """The fields that every channel at Twilio has."""

    @property
    def account_sid(self) -> str: ...
    @property
    def auth_token(self) -> SecretStr: ...
    @property
    def previous_auth_token(self) -> SecretStr | None: ...
    @property
    def api_key_sid(self) -> str: ...
    @property
    def api_key_secret(self) -> SecretStr | None: ...
    @property
    def signing_key_id(self) -> str: ...
    @property
    def signing_secret(self) -> SecretStr | None: ...
    @property
    def connection_overrides(self) -> str: ...
    @property
    def api_url(self) -> str: ...


def _account(value: str) -> str:
    if not _ACCOUNT.fullmatch(value.strip()):
        raise ValueError("This is not an Account SID. It is AC and 32 digits or letters a to f: copy it whole.")
    return value.strip()


def _secret(value: SecretStr | None) -> SecretStr | None:
    text = value.get_secret_value().strip() if value is not None else ""
    if text and (len(text) < 8 or any(ord(letter) < 33 for letter in text)):
        raise ValueError("This secret is too short or holds spaces: copy it whole.")
    return SecretStr(text) if text else None


def _token(value: SecretStr) -> SecretStr:
    token = _secret(value)
    if token is None:
        raise ValueError("Without the auth token nobody can tell whether a request comes from Twilio.")
    return token


def _overrides(value: str) -> str:
    text = value.strip().lstrip("#")
    if not _OVERRIDES.fullmatch(text):
        raise ValueError("Write them as name=value with & between, such as rc=3&rp=all.")
    return text


def _api(value: str) -> str:
    address = urlsplit(value.strip().rstrip("/"))
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("Write the address as https://host.")
    if address.username or address.password or address.query or address.fragment:
        raise ValueError("The address must not carry a name, a password, a query or a fragment.")
    if address.scheme == "http" and address.hostname.endswith("twilio.com"):
        raise ValueError("Twilio is reached by https only, or the secrets would travel in the open.")
    return address.geturl()


AccountSid = Annotated[str, AfterValidator(_account)]
AuthToken = Annotated[SecretStr, AfterValidator(_token)]
"""Never empty: it proves that a request comes from Twilio."""
OptionalSecret = Annotated[SecretStr | None, AfterValidator(_secret)]
"""None where nothing was entered."""
PlainText = Annotated[str, AfterValidator(str.strip)]
Overrides = Annotated[str, AfterValidator(_overrides)]
"""Connection overrides (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides), without the #."""
ApiAddress = Annotated[str, AfterValidator(_api)]


def check_pairs(settings: AccountSettings) -> None:
    """Raise ValueError, in words, if a key comes without its other half."""
    if bool(settings.api_key_sid) != (settings.api_key_secret is not None):
        raise ValueError("An API key needs both its SID and its secret; leave both empty to use the auth token.")
    if settings.api_key_sid and not _API_KEY.fullmatch(settings.api_key_sid):
        raise ValueError("This is not the SID of an API key. It is SK and 32 digits or letters a to f.")
    if bool(settings.signing_key_id) != (settings.signing_secret is not None):
        raise ValueError("A shared key needs both its id and its secret; leave both empty if you have none.")
