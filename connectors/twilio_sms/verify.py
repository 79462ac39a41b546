"""Only Twilio, and only for this channel's account, gets past the door of a sender. Pure.

How Twilio signs, and what is compared, is the same for all its channels: `connectors._lib.twilio_signature`.
"""

from connectors._lib.twilio_signature import secrets_of, verify_request
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import WebhookRequest


class Door:
    """Knows one account's secrets."""

    __slots__ = ("_secrets",)

    def __init__(self, settings: TwilioSmsSettings) -> None:
        self._secrets = secrets_of(settings)

    def check(self, request: WebhookRequest) -> None:
        """Prove that Twilio sent this to our sender. Raises WebhookRejected."""
        verify_request(request, self._secrets)
