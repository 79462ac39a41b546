"""What has to be right at Twilio before calls come in, in the order a person does it. Looks only, changes nothing."""

from collections.abc import AsyncIterator

from connectors.twilio_voice.addresses import Links
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.phone import NO_KEY
from connectors.twilio_voice.registration import Place, place_of
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import SetupStep


async def steps(
    api: TwilioVoiceApi, settings: TwilioVoiceSettings, links: Links, webhook_url: str
) -> AsyncIterator[SetupStep]:
    """Yield every step with its standing. Raises TwilioFailure if Twilio cannot be asked."""
    account = await api.account()
    active = account.status == "active"
    words = f"The account is {account.status}. Open the Twilio console: it says why, and what to do."
    yield SetupStep(title="The Twilio account is active", done=active, help="" if active else words)
    place = await place_of(api, settings, links)
    there = place.record is not None
    words = "Buy it, or put the right one into the settings. It must belong to the (sub)account of the settings."
    yield SetupStep(title=f"The account has our number {settings.number}", done=there, help="" if there else words)
    if there:
        capabilities = place.record.capabilities or {}
        able = bool(capabilities.get("voice", True)) if isinstance(capabilities, dict) else True
        words = "This number does messages only. Buy one with voice, or choose another."
        yield SetupStep(title="The number can be called", done=able, help="" if able else words)
    yield _webhook(settings, place, webhook_url)
    has_key = settings.api_key_secret is not None
    yield SetupStep(title="Agents can phone in the browser", done=has_key or None, help="" if has_key else NO_KEY)
    yield SetupStep(
        title="Callers hear something while the hub is down",
        done=bool(settings.fallback_url) or None,
        help="" if settings.fallback_url else "Make a TwiML Bin and put its address into the settings; see the guide.",
    )
    trial = str(getattr(account, "type", "")).lower() == "trial"
    words = "A trial account calls verified numbers only, and callers hear a notice first. Upgrade it."
    yield SetupStep(title="The account is not a trial", done=not trial, help=words if trial else "")


def _webhook(settings: TwilioVoiceSettings, place: Place, webhook_url: str) -> SetupStep:
    title = "Twilio asks the hub about every call"
    if place.ours:
        return SetupStep(title=title, done=True)
    how = (
        "Restart the channel: the hub then sets it."
        if settings.set_webhook and place.record is not None
        else f"In the Twilio console put {webhook_url} under “A call comes in” and {webhook_url}?tell=call under “Call "
        "status changes”, both with HTTP POST."
    )
    return SetupStep(title=title, done=False, help=place.other or how)
