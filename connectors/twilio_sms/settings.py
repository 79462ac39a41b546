"""What an admin says about one sender at Twilio. The model becomes the form in the UI."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from connectors.twilio_sms.addresses import Sender, sender_of
from connectors.twilio_sms.keywords import HELP, START, STOP, Keywords, words_of

OFFICIAL_API = "https://api.twilio.com"

_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
_API_KEY = re.compile(r"SK[0-9a-fA-F]{32}")
_OVERRIDES = re.compile(r"(?:(?:ct|rt|tt|rc|rp|e|sni)=[A-Za-z0-9,.-]+(?:&|$))*")


class TwilioSmsSettings(BaseModel):
    """Settings of one sender: a number, a messaging service or a WhatsApp sender."""

    model_config = ConfigDict(title="Twilio SMS and WhatsApp", hide_input_in_errors=True, defer_build=True)

    account_sid: str = Field(
        title="Account SID",
        description="On the first page of the Twilio console, “Account Info”; AC and 32 digits. For a sender that "
        "belongs to a subaccount, the subaccount's.",
    )
    auth_token: SecretStr = Field(
        title="Auth token",
        description="Beside the Account SID, of the same (sub)account: proves that a request comes from Twilio. Keep "
        "it secret.",
    )
    sender: str = Field(
        title="Our sender",
        description="A number (+15551234567), a WhatsApp sender (whatsapp:+15551234567), a messaging service (MG…), a "
        "short code, or a sender name, to which nobody can answer.",
    )
    api_key_sid: str = Field(
        "",
        title="API key",
        description="Optional: SK and 32 digits, from “API keys & tokens”. With it the auth token is not sent.",
    )
    api_key_secret: SecretStr | None = Field(
        None, title="Secret of the API key", description="Shown once when the API key was made."
    )
    set_webhook: bool = Field(
        True,
        title="The hub sets the webhook address",
        description="At the number, messaging service or WhatsApp sender, each time the channel starts. Off: paste it "
        "into the console yourself.",
    )
    signing_key_id: str = Field(
        "",
        title="Shared key for webhooks",
        description="Optional: the id of the SharedKey (webhooks_sharedkey_…) that signs this account's webhooks. "
        "Requests signed in any other way are then refused.",
    )
    signing_secret: SecretStr | None = Field(
        None, title="Secret of the shared key", description="Shown once when the SharedKey was made."
    )
    previous_auth_token: SecretStr | None = Field(
        None,
        title="Previous auth token",
        description="Only while you change the token: requests Twilio still signs with the old one are taken, too.",
    )
    stop_words: str = Field(
        STOP,
        title="Words that opt out",
        description="A customer who writes one of these alone is not written to any more. Leave them as they are "
        "unless Advanced Opt-Out has words of your own.",
    )
    start_words: str = Field(START, title="Words that opt in again", description="Undo an opt-out.")
    help_words: str = Field(
        HELP, title="Words that ask for help", description="Twilio answers them itself; they are marked as such."
    )
    whatsapp_window_hours: float = Field(
        24,
        gt=0,
        le=24 * 30,
        title="WhatsApp reply window (hours)",
        description="How long after a customer's message WhatsApp takes answers that are no template.",
    )
    connection_overrides: str = Field(
        "rc=3&rp=all",
        title="How often Twilio tries to reach the hub",
        description="Twilio's connection overrides, behind # in the webhook address. Empty: Twilio's own defaults.",
    )
    api_url: str = Field(
        OFFICIAL_API,
        title="API address",
        description="For a region of its own: https://api.dublin.ie1.twilio.com or https://api.sydney.au1.twilio.com.",
    )

    @field_validator("account_sid", mode="after")
    @classmethod
    def _is_an_account(cls, value: str) -> str:
        if not _ACCOUNT.fullmatch(value.strip()):
            raise ValueError("This is not an Account SID. It is AC and 32 digits or letters a to f: copy it whole.")
        return value.strip()

    @field_validator("auth_token", "api_key_secret", "signing_secret", "previous_auth_token", mode="after")
    @classmethod
    def _trimmed(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().strip() if value is not None else ""
        if text and (len(text) < 8 or any(ord(letter) < 33 for letter in text)):
            raise ValueError("This secret is too short or holds spaces: copy it whole.")
        return SecretStr(text) if text else None

    @field_validator("auth_token", mode="after")
    @classmethod
    def _is_there(cls, value: SecretStr | None) -> SecretStr:
        if value is None:
            raise ValueError("Without the auth token nobody can tell whether a request comes from Twilio.")
        return value

    @field_validator("sender", mode="after")
    @classmethod
    def _is_a_sender(cls, value: str) -> str:
        return sender_of(value).value

    @field_validator("api_key_sid", "signing_key_id", mode="after")
    @classmethod
    def _plain(cls, value: str) -> str:
        return value.strip()

    @field_validator("stop_words", "start_words", "help_words", mode="after")
    @classmethod
    def _words(cls, value: str) -> str:
        return ", ".join(words_of(value))

    @field_validator("connection_overrides", mode="after")
    @classmethod
    def _overrides(cls, value: str) -> str:
        text = value.strip().lstrip("#")
        if not _OVERRIDES.fullmatch(text):
            raise ValueError("Write them as name=value with & between, such as rc=3&rp=all.")
        return text

    @field_validator("api_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and address.hostname.endswith("twilio.com"):
            raise ValueError("Twilio is reached by https only, or the secrets would travel in the open.")
        return address.geturl()

    @model_validator(mode="after")
    def _pairs(self) -> "TwilioSmsSettings":
        if bool(self.api_key_sid) != (self.api_key_secret is not None):
            raise ValueError("An API key needs both its SID and its secret; leave both empty to use the auth token.")
        if self.api_key_sid and not _API_KEY.fullmatch(self.api_key_sid):
            raise ValueError("This is not the SID of an API key. It is SK and 32 digits or letters a to f.")
        if bool(self.signing_key_id) != (self.signing_secret is not None):
            raise ValueError("A shared key needs both its id and its secret; leave both empty if you have none.")
        return self

    def our_sender(self) -> Sender:
        """Return what we send as."""
        return sender_of(self.sender)

    def keywords(self) -> Keywords:
        """Return the words that opt out, in, and ask for help."""
        return Keywords(
            stop=frozenset(words_of(self.stop_words)),
            start=frozenset(words_of(self.start_words)),
            help=frozenset(words_of(self.help_words)),
        )
