"""What an admin says about one phone number at Twilio. The model becomes the form in the UI."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from connectors._lib.twilio_settings import (
    OFFICIAL_API,
    AccountSid,
    ApiAddress,
    AuthToken,
    OptionalSecret,
    Overrides,
    PlainText,
    check_pairs,
)

HOLD_MUSIC = "http://com.twilio.music.classical.s3.amazonaws.com/BusyStrings.mp3"
"""Of Twilio's own collection (https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl)."""
# https://support.twilio.com/hc/en-us/articles/223179988: what Twilio writes where a caller hides their number
WITHHELD = (
    "anonymous, restricted, unknown, unavailable, private, +266696687, +7378742833, +2562533, +8656696, +86282452253"
)

_APP = re.compile(r"AP[0-9a-fA-F]{32}")
_NUMBER = re.compile(r"\+\d{5,15}")


class TwilioVoiceSettings(BaseModel):
    """Settings of one phone number."""

    model_config = ConfigDict(title="Twilio phone calls", hide_input_in_errors=True, defer_build=True)

    account_sid: AccountSid = Field(
        title="Account SID",
        description="On the first page of the Twilio console, “Account Info”; AC and 32 digits. For a number that "
        "belongs to a subaccount, the subaccount's.",
    )
    auth_token: AuthToken = Field(
        title="Auth token",
        description="Beside the Account SID, of the same (sub)account: proves that a request comes from Twilio. Keep "
        "it secret.",
    )
    number: str = Field(title="Our number", description="As customers call it, with + and country code: +15551234567.")
    api_key_sid: PlainText = Field(
        "",
        title="API key",
        description="For phoning in the browser: SK and 32 digits, from “API keys & tokens”, of the kind “Standard”.",
    )
    api_key_secret: OptionalSecret = Field(
        None, title="Secret of the API key", description="Shown once when the API key was made."
    )
    application_sid: PlainText = Field(
        "",
        title="TwiML app of the browser phone",
        description="Optional: AP and 32 digits. Empty: the hub makes one of its own when the channel starts.",
    )
    set_webhook: bool = Field(
        True,
        title="The hub sets the webhook addresses",
        description="At the number and the TwiML app, each time the channel starts. Off: paste them into the console "
        "yourself.",
    )
    fallback_url: PlainText = Field(
        "",
        title="What callers hear while the hub is down",
        description="Optional: the address of a TwiML Bin, which Twilio asks if the hub does not answer. See the "
        "guide.",
    )
    confirm_phone: bool = Field(
        True,
        title="Agents on a desk or mobile phone press a key",
        description="Before they are connected, so that their own voicemail never takes a customer's call.",
    )
    recognise_machines: bool = Field(
        False,
        title="Recognise answering machines",
        description="On calls out: a call that a machine took counts as an attempt, not as reached. Twilio charges for "
        "each call it listens to.",
    )
    delete_recordings: bool = Field(
        False,
        title="Delete recordings at Twilio",
        description="Once the hub has stored them. Twilio charges for storage, and copies are copies.",
    )
    hold_music: PlainText = Field(
        HOLD_MUSIC,
        title="Music while waiting",
        description="Address of a sound file, played to its end unless an agent is free sooner. Empty: silence.",
    )
    voice: PlainText = Field(
        "",
        title="Voice",
        description="Twilio's name of a voice for spoken texts, such as Polly.Joanna-Neural. Empty: Twilio's own "
        "choice for the language.",
    )
    edge: PlainText = Field(
        "roaming",
        title="Edge of the browser phone",
        description="Twilio's data centre for sound, or roaming: the nearest.",
    )
    withheld: str = Field(
        WITHHELD,
        title="Callers without a number",
        description="What Twilio writes as the caller where the number is withheld.",
    )
    signing_key_id: PlainText = Field(
        "",
        title="Shared key for webhooks",
        description="Optional: the id of the SharedKey (webhooks_sharedkey_…) that signs this account's webhooks. "
        "Requests signed in any other way are then refused.",
    )
    signing_secret: OptionalSecret = Field(
        None, title="Secret of the shared key", description="Shown once when the SharedKey was made."
    )
    previous_auth_token: OptionalSecret = Field(
        None,
        title="Previous auth token",
        description="Only while you change the token: requests Twilio still signs with the old one are taken, too.",
    )
    connection_overrides: Overrides = Field(
        "rc=2&rp=all",
        title="How often Twilio tries to reach the hub",
        description="Twilio's connection overrides, behind # in the webhook address. Empty: Twilio's own defaults.",
    )
    api_url: ApiAddress = Field(
        OFFICIAL_API,
        title="API address",
        description="For a region of its own: https://api.dublin.ie1.twilio.com or https://api.sydney.au1.twilio.com.",
    )

    @field_validator("number", mode="after")
    @classmethod
    def _is_a_number(cls, value: str) -> str:
        number = re.sub(r"[ ().-]", "", value)
        if not _NUMBER.fullmatch(number):
            raise ValueError("Write the number with + and country code: +15551234567.")
        return number

    @field_validator("application_sid", mode="after")
    @classmethod
    def _is_an_application(cls, value: str) -> str:
        if value and not _APP.fullmatch(value):
            raise ValueError("This is not the SID of a TwiML app. It is AP and 32 digits or letters a to f.")
        return value

    @field_validator("fallback_url", "hold_music", mode="after")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("Write the address as https://…")
        return value

    @model_validator(mode="after")
    def _pairs(self) -> "TwilioVoiceSettings":
        check_pairs(self)
        return self

    def hides(self, caller: str) -> bool:
        """Tell whether this caller withholds their number."""
        text = caller.strip().lower()
        return not text or text in {word.strip().lower() for word in self.withheld.split(",")}
