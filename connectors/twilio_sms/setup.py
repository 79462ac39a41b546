"""What has to be right at Twilio before messages flow, in the order a person does it. Looks only, changes nothing."""

from collections.abc import AsyncIterator

from connectors.twilio_sms.addresses import Sender, SenderKind
from connectors.twilio_sms.api import TwilioApi
from connectors.twilio_sms.registration import Place, is_ours, place_of
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import SetupStep


async def steps(api: TwilioApi, settings: TwilioSmsSettings, webhook_url: str) -> AsyncIterator[SetupStep]:
    """Yield every step with its standing; credentials and the public address the hub looks at itself.

    Raises TwilioFailure if Twilio cannot be asked.
    """
    sender = settings.our_sender()
    account = await api.account()
    active = account.status == "active"
    words = f"The account is {account.status}. Open the Twilio console: it says why, and what to do."
    yield SetupStep(title="The Twilio account is active", done=active, help="" if active else words)
    place = await place_of(api, sender)
    yield _sender(sender, place)
    async for step in _kind_steps(api, sender, place):
        yield step
    yield _webhook(settings, sender, place, webhook_url)
    trial = str(getattr(account, "type", "")).lower() == "trial"
    words = "A trial account writes to verified numbers only, and adds a line of its own. Upgrade it."
    yield SetupStep(title="The account is not a trial", done=not trial, help=words if trial else "")


def _sender(sender: Sender, place: Place) -> SetupStep:
    title = f"The account has our sender {sender.value}"
    if sender.kind is SenderKind.name:
        return SetupStep(title=title, done=None, help="Countries differ: some take sender names only once registered.")
    if sender.kind in (SenderKind.whatsapp, SenderKind.rcs) and place.record is None:
        return SetupStep(
            title=title,
            done=None,
            help="Twilio lists no such sender. That is so for the WhatsApp sandbox; any other has to be made under "
            "Messaging, Senders.",
        )
    words = "Buy it, or put the right one into the settings. It must belong to the (sub)account of the settings."
    return SetupStep(title=title, done=place.found, help="" if place.found else words)


async def _kind_steps(api: TwilioApi, sender: Sender, place: Place) -> AsyncIterator[SetupStep]:
    if sender.kind is SenderKind.number and place.record is not None:
        capabilities = place.record.capabilities or {}
        able = bool(capabilities.get("sms", True)) if isinstance(capabilities, dict) else True
        words = "This number does calls only. Buy one with SMS, or choose another."
        yield SetupStep(title="The number can send SMS", done=able, help="" if able else words)
    if sender.kind is SenderKind.messaging_service and place.record is not None:
        pool = await api.pool(sender.value)
        words = "Add a number under Messaging, Services, Sender Pool."
        yield SetupStep(
            title="The messaging service has a sender", done=True if pool else None, help="" if pool else words
        )
    if sender.value.startswith("+1"):
        yield SetupStep(
            title="US networks know who writes",
            done=None,
            help="For the USA register brand and campaign (A2P 10DLC) or verify the toll-free number; without it US "
            "networks drop what you send (error 30034 or 30032).",
        )


def _webhook(settings: TwilioSmsSettings, sender: Sender, place: Place, webhook_url: str) -> SetupStep:
    title = "Twilio delivers to the hub"
    if sender.kind is SenderKind.name:
        return SetupStep(title=title, done=None, help="Nobody can answer a sender name.")
    if is_ours(place, webhook_url):
        return SetupStep(title=title, done=True)
    how = (
        "Restart the channel: the hub then sets it."
        if settings.set_webhook and place.record is not None
        else f"In the Twilio console put {webhook_url} as the address for incoming messages, method HTTP POST."
    )
    return SetupStep(title=title, done=None if place.record is None else False, help=how)
