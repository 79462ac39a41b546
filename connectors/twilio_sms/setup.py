"""What has to be right at Twilio before messages flow, in the order a person does it. Looks only, changes nothing."""

from collections.abc import AsyncIterator

from connectors._lib.twilio_setup import NOT_OURS, not_active
from connectors.twilio_sms.addresses import Sender, SenderKind
from connectors.twilio_sms.api import TwilioApi
from connectors.twilio_sms.registration import Place, is_ours, place_of
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import SetupStep
from hub.domain.phrase import Phrase


async def steps(api: TwilioApi, settings: TwilioSmsSettings, webhook_url: str) -> AsyncIterator[SetupStep]:
    """Yield every step with its standing; credentials and the public address the hub looks at itself.

    Raises TwilioFailure if Twilio cannot be asked.
    """
    sender = settings.our_sender()
    account = await api.account()
    active = account.status == "active"
    yield SetupStep(title=Phrase("The Twilio account is active"), done=active, help=not_active(account.status))
    place = await place_of(api, sender)
    yield _sender(sender, place)
    async for step in _kind_steps(api, sender, place):
        yield step
    yield _webhook(settings, sender, place, webhook_url)
    trial = str(getattr(account, "type", "")).lower() == "trial"
    words = Phrase("A trial account writes to verified numbers only, and adds a line of its own. Upgrade it.")
    yield SetupStep(title=Phrase("The account is not a trial"), done=not trial, help=words)


def _sender(sender: Sender, place: Place) -> SetupStep:
    title = Phrase("The account has our sender {sender}", sender=sender.value)
    if sender.kind is SenderKind.name:
        words = Phrase("Countries differ: some take sender names only once registered.")
        return SetupStep(title=title, done=None, help=words)
    if sender.kind in (SenderKind.whatsapp, SenderKind.rcs) and place.record is None:
        return SetupStep(
            title=title,
            done=None,
            help=Phrase(
                "Twilio lists no such sender. That is so for the WhatsApp sandbox; any other has to be made under "
                "Messaging → Senders."
            ),
        )
    return SetupStep(title=title, done=place.found, help=NOT_OURS)


async def _kind_steps(api: TwilioApi, sender: Sender, place: Place) -> AsyncIterator[SetupStep]:
    if sender.kind is SenderKind.number and place.record is not None:
        capabilities = place.record.capabilities or {}
        able = bool(capabilities.get("sms", True)) if isinstance(capabilities, dict) else True
        words = Phrase("This number does calls only. Buy one with SMS, or choose another.")
        yield SetupStep(title=Phrase("The number can send SMS"), done=able, help=words)
    if sender.kind is SenderKind.messaging_service and place.record is not None:
        pool = await api.pool(sender.value)
        words = Phrase("Add a number under Messaging → Services → Sender Pool.")
        yield SetupStep(title=Phrase("The messaging service has a sender"), done=True if pool else None, help=words)
    if sender.value.startswith("+1"):
        yield SetupStep(
            title=Phrase("US networks know who writes"),
            done=None,
            help=Phrase(
                "For the USA register brand and campaign (A2P 10DLC) or verify the toll-free number; without it US "
                "networks drop what you send (error 30034 or 30032)."
            ),
        )


def _webhook(settings: TwilioSmsSettings, sender: Sender, place: Place, webhook_url: str) -> SetupStep:
    title = Phrase("Twilio delivers to the hub")
    if sender.kind is SenderKind.name:
        return SetupStep(title=title, done=None, help=Phrase("Nobody can answer a sender name."))
    if is_ours(place, webhook_url):
        return SetupStep(title=title, done=True)
    how = (
        Phrase("Restart the channel: the hub then sets it.")
        if settings.set_webhook and place.record is not None
        else Phrase(
            "In the Twilio console put {url} as the address for incoming messages, method HTTP POST.", url=webhook_url
        )
    )
    return SetupStep(title=title, done=None if place.record is None else False, help=how)
