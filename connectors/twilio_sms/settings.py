"""What an admin says about one sender at Twilio. The model becomes the form in the UI."""

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
from connectors.twilio_sms.addresses import Sender, sender_of
from connectors.twilio_sms.keywords import HELP, START, STOP, Keywords, words_of


class TwilioSmsSettings(BaseModel):
    """Settings of one sender: a number, a messaging service or a WhatsApp sender."""

    model_config = ConfigDict(title="Twilio SMS and WhatsApp", hide_input_in_errors=True, defer_build=True)

    account_sid: AccountSid = Field(
        title="Account SID",
        description="On the first page of the Twilio console, “Account Info”; AC and 32 digits. For a sender that "
        "belongs to a subaccount, the subaccount's.",
    )
    auth_token: AuthToken = Field(
        title="Auth token",
        description="Beside the Account SID, of the same (sub)account: proves that a request comes from Twilio. Keep "
        "it secret.",
    )
    sender: str = Field(
        title="Our sender",
        description="A number (+15551234567), a WhatsApp sender (whatsapp:+15551234567), a messaging service (MG…), a "
        "short code, or a sender name, to which nobody can answer.",
    )
    api_key_sid: PlainText = Field(
        "",
        title="API key",
        description="Optional: SK and 32 digits, from “API keys & tokens”. With it the auth token is not sent.",
    )
    api_key_secret: OptionalSecret = Field(
        None, title="Secret of the API key", description="Shown once when the API key was made."
    )
    set_webhook: bool = Field(
        True,
        title="The hub sets the webhook address",
        description="At the number, messaging service or WhatsApp sender, each time the channel starts. Off: paste it "
        "into the console yourself.",
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
    connection_overrides: Overrides = Field(
        "rc=3&rp=all",
        title="How often Twilio tries to reach the hub",
        description="Twilio's connection overrides, behind # in the webhook address. Empty: Twilio's own defaults.",
    )
    api_url: ApiAddress = Field(
        OFFICIAL_API,
        title="API address",
        description="For a region of its own: https://api.dublin.ie1.twilio.com or https://api.sydney.au1.twilio.com.",
    )

    @field_validator("sender", mode="after")
    @classmethod
    def _is_a_sender(cls, value: str) -> str:
        return sender_of(value).value

    @field_validator("stop_words", "start_words", "help_words", mode="after")
    @classmethod
    def _words(cls, value: str) -> str:
        return ", ".join(words_of(value))

    @model_validator(mode="after")
    def _pairs(self) -> "TwilioSmsSettings":
        check_pairs(self)
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
