"""What an agent's browser phone logs in with: a signed token for that agent alone, and no number in it.

https://www.twilio.com/docs/iam/access-tokens. The token lets the phone be rung by its own name and call through our
TwiML app; whom it calls is asked of the hub (`AgentDials`), so a stolen token cannot choose a number.
"""

import asyncio
from datetime import datetime, timedelta

from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import ConnectorError, PhoneToken
from hub.domain.callflow.steps import browser_identity
from hub.domain.ids import UserId
from hub.domain.phrase import Phrase

LIFE = timedelta(hours=1)
NO_KEY = Phrase(
    "Phoning in the browser needs an API key: make one in the Twilio console (API keys & tokens, Standard) and put its "
    "SID and secret into the channel's settings."
)


async def phone_token(
    settings: TwilioVoiceSettings, application_sid: str, user_id: UserId, now: datetime
) -> PhoneToken:
    """Return a token. Raises ConnectorError, in words, where the channel has no API key."""
    if settings.api_key_secret is None:
        raise ConnectorError(NO_KEY)
    identity, expires_at = browser_identity(user_id), now + LIFE
    secret = settings.api_key_secret.get_secret_value()
    token = await asyncio.to_thread(_signed, settings, secret, application_sid, identity, expires_at)
    return PhoneToken(
        kind="twilio", identity=identity, expires_at=expires_at, values={"token": token, "edge": settings.edge}
    )


def _signed(
    settings: TwilioVoiceSettings, secret: str, application_sid: str, identity: str, expires_at: datetime
) -> str:
    """Sign, in a thread: the library is read at the first call."""
    from twilio.jwt.access_token import AccessToken  # type: ignore[import-untyped]  # it ships no types
    from twilio.jwt.access_token.grants import VoiceGrant  # type: ignore[import-untyped]  # the same

    token = AccessToken(
        settings.account_sid,
        settings.api_key_sid,
        secret,
        identity=identity,
        valid_until=int(expires_at.timestamp()),
        region=_region(settings.api_url),
    )
    token.add_grant(VoiceGrant(outgoing_application_sid=application_sid, incoming_allow=True))
    return str(token.to_jwt())


def _region(api_url: str) -> str | None:
    """Return the region of an address such as https://api.dublin.ie1.twilio.com."""
    parts = (api_url.partition("://")[2]).split(".")
    return parts[2] if len(parts) == 5 and parts[-2:] == ["twilio", "com"] else None
