"""What has to be right at Twilio before calls come in, in the order a person does it. Looks only, changes nothing."""

from collections.abc import AsyncIterator

from connectors._lib.twilio_setup import NOT_OURS, not_active
from connectors.twilio_voice.addresses import Links
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.phone import NO_KEY
from connectors.twilio_voice.registration import Place, place_of
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import SetupStep
from hub.domain.phrase import Phrase


async def steps(
    api: TwilioVoiceApi, settings: TwilioVoiceSettings, links: Links, webhook_url: str
) -> AsyncIterator[SetupStep]:
    """Yield every step with its standing. Raises TwilioFailure if Twilio cannot be asked."""
    account = await api.account()
    active = account.status == "active"
    yield SetupStep(title=Phrase("The Twilio account is active"), done=active, help=not_active(account.status))
    place = await place_of(api, settings, links)
    there = place.record is not None
    yield SetupStep(
        title=Phrase("The account has our number {number}", number=settings.number), done=there, help=NOT_OURS
    )
    if there:
        capabilities = place.record.capabilities or {}
        able = bool(capabilities.get("voice", True)) if isinstance(capabilities, dict) else True
        words = Phrase("This number does messages only. Buy one with voice, or choose another.")
        yield SetupStep(title=Phrase("The number can be called"), done=able, help=words)
    yield _webhook(settings, place, webhook_url)
    has_key = settings.api_key_secret is not None
    yield SetupStep(title=Phrase("Agents can phone in the browser"), done=has_key or None, help=NO_KEY)
    yield SetupStep(
        title=Phrase("Callers hear something while the hub is down"),
        done=bool(settings.fallback_url) or None,
        help=Phrase("Make a TwiML Bin and put its address into the settings; see the guide."),
    )
    trial = str(getattr(account, "type", "")).lower() == "trial"
    words = Phrase("A trial account calls verified numbers only, and callers hear a notice first. Upgrade it.")
    yield SetupStep(title=Phrase("The account is not a trial"), done=not trial, help=words)


def _webhook(settings: TwilioVoiceSettings, place: Place, webhook_url: str) -> SetupStep:
    title = Phrase("Twilio asks the hub about every call")
    if place.ours:
        return SetupStep(title=title, done=True)
    how = (
        Phrase("Restart the channel: the hub then sets it.")
        if settings.set_webhook and place.record is not None
        else Phrase(
            "In the Twilio console put {url} under “A call comes in” and {url}?tell=call under “Call status changes”, "
            "both with HTTP POST.",
            url=webhook_url,
        )
    )
    return SetupStep(title=title, done=False, help=place.other or how)
