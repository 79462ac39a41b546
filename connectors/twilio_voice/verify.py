"""Only Twilio, and only for this channel's account, gets past the door of a phone number. Pure.

How Twilio signs, and what is compared, is the same for all its channels: `connectors._lib.twilio_signature`.
"""

from connectors._lib.twilio_signature import secrets_of, verify_request
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import WebhookRequest


class Door:
    """Knows one account's secrets."""

    __slots__ = ("_secrets",)

    def __init__(self, settings: TwilioVoiceSettings) -> None:
        self._secrets = secrets_of(settings)

    def check(self, request: WebhookRequest) -> None:
        """Prove that Twilio sent this to our number. Raises WebhookRejected."""
        verify_request(request, self._secrets)
