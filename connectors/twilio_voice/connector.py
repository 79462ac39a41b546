"""One phone number at Twilio: what the hub calls, each in a few lines over parse, render, verify and the API."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import ClassVar

from connectors._lib.twilio_address import NO_PUBLIC_ADDRESS
from connectors._lib.twilio_failures import Patience, TwilioFailure
from connectors._lib.twilio_media import MediaStore
from connectors.twilio_voice import listing, setup
from connectors.twilio_voice.addresses import KEPT, About, Links
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.control import BETWEEN, Controls
from connectors.twilio_voice.failures import account_error, call_error
from connectors.twilio_voice.happenings import form_of, happening
from connectors.twilio_voice.news import about_of
from connectors.twilio_voice.parse import Reader
from connectors.twilio_voice.phone import NO_KEY, phone_token
from connectors.twilio_voice.recordings import Recordings
from connectors.twilio_voice.registration import application_sid, number_values, place_of
from connectors.twilio_voice.render import LEG_EVENTS, Asked, Renderer, notice_of, shown_number
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.twiml import XML, response, written
from connectors.twilio_voice.verify import Door
from connectors.twilio_voice.waiting import Waiting
from connectors.twilio_voice.words import NO_TEXTS
from hub.contract import (
    AnswersCalls,
    CallHappening,
    CallOrder,
    ChecksSetup,
    Connector,
    ConnectorError,
    ControlsCalls,
    FetchesRecordings,
    GivesPhoneTokens,
    InboundEvent,
    LiveCall,
    OutboundMessage,
    PhoneToken,
    PlacedCall,
    PlacesCalls,
    RawEvent,
    ReceivesWebhooks,
    Reconciles,
    RegistersWebhook,
    Rejected,
    SendReceipt,
    SetupStep,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.contract.calls import CallCommand
from hub.domain.callflow.steps import Decision, Wait
from hub.domain.ids import ExternalId, UserId, bounded
from hub.domain.phrase import Phrase

MOST_BYTES = 1024 * 1024 * 1024
"""A call of four hours, the longest, is 460 MB in two channels."""


class TwilioVoice(
    Connector,
    ReceivesWebhooks,
    AnswersCalls,
    PlacesCalls,
    ControlsCalls,
    GivesPhoneTokens,
    FetchesRecordings,
    RegistersWebhook,
    Reconciles,
    ChecksSetup,
):
    """One phone number."""

    keep_query: ClassVar[frozenset[str]] = KEPT

    def __init__(
        self, settings: TwilioVoiceSettings, tools: Tools, *, patience: Patience | None = None, between: float = BETWEEN
    ) -> None:
        self._settings = settings
        self._tools = tools
        self._links = Links(settings, tools.webhook_url)
        self._door = Door(settings)
        self._reader = Reader(settings)
        self._renderer = Renderer(settings, self._links)
        self._api = TwilioVoiceApi(settings, tools.http, patience or Patience())
        media = MediaStore(tools, settings.api_url, patience or Patience(), most_bytes=MOST_BYTES)
        self._recordings = Recordings(self._api, media, settings)
        self._controls = Controls(self._api, self._renderer, settings, self._links, between=between)
        self._waiting = Waiting()
        self._application = ""

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"TwilioVoice(channel={self._tools.channel_id}, number={self._settings.number})"

    async def check(self) -> str:
        """Ask for the account and for our number in it; return the number."""
        try:
            account = await self._api.account()
            if account.status != "active":
                raise ConnectorError(
                    Phrase(
                        "The Twilio account is {status}. Open the Twilio console: it says why.", status=account.status
                    )
                )
            record = await self._api.number(self._settings.number)
        except TwilioFailure as error:
            raise account_error(error, f"number {self._settings.number}") from None
        if record is None:
            raise ConnectorError(
                f"This Twilio account has no number {self._settings.number}. Check the number, and that the Account "
                "SID is that of the (sub)account it belongs to."
            )
        return self._settings.number

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read a call, the fate of one of its legs, a recording, or an entry of the lists."""
        return self._reader.parse(raw)

    async def send(self, message: OutboundMessage) -> SendReceipt:  # noqa: ARG002 - nothing is ever sent
        """Refuse: this channel carries calls only."""
        raise Rejected(NO_TEXTS)

    # --- webhooks

    def verify(self, request: WebhookRequest) -> None:
        """Check Twilio's signature."""
        self._door.check(request)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Answer what needs no plan: a status, an agent's key, the end of a talk."""
        query = request.query
        about = about_of(query, form_of(request)["CallSid"].strip())
        match query.get("step", ""):
            case "confirm":
                return _twiml(self._renderer.confirm(about))
            case "confirmed" if form_of(request)["Digits"].strip():
                return _twiml(written(response()))
            case "confirmed" | "order":
                return _twiml(self._renderer.hang_up())
            case "done":
                return _twiml(self._renderer.over())
            case "notice":
                return _twiml(self._renderer.notice(notice_of(query)))
            case _:
                return _twiml(written(response()))

    def call_happening(self, request: WebhookRequest) -> CallHappening | None:
        """Read what happened to a call that asks what is next."""
        return happening(request, self._settings)

    def render_decision(self, decision: Decision, request: WebhookRequest) -> WebhookResponse:
        """Write what is next as TwiML."""
        form = form_of(request)
        sid = form["CallSid"].strip()
        about = about_of(request.query, sid)
        if isinstance(decision.last, Wait):
            self._waiting.put(about.call, self._links.step("wait", decision.position))
        else:
            self._waiting.drop(about.call)
        talked = request.query.get("step") == "ring" and form["DialCallStatus"].strip().lower() in (
            "completed",
            "answered",
        )
        asked = Asked(about=about, caller=shown_number(form["From"], self._settings), after_talk=talked)
        return _twiml(self._renderer.decision(decision, asked))

    # --- calls

    async def place_call(self, order: CallOrder) -> PlacedCall:
        """Ring the agent's own phone; once it is answered, Twilio asks whom to call."""
        about = About(call="", order=order.call_id, user=order.agent.user_id, number=order.number)
        address = order.agent.address
        try:
            sid = await self._api.place(
                to=f"client:{address}" if order.agent.kind == "browser" else address,
                from_=order.caller_id or self._settings.number,
                twiml=self._renderer.order(about).decode(),
                timeout=order.seconds,
                status_callback=self._links.tell("placed", about),
                status_callback_event=LEG_EVENTS.split(),
                status_callback_method="POST",
            )
        except TwilioFailure as error:
            raise call_error(error) from None
        return PlacedCall(external_id=bounded(sid))

    async def control(self, call: LiveCall, command: CallCommand) -> None:
        """Carry out one command."""
        try:
            await self._controls.carry_out(call, command)
        except TwilioFailure as error:
            raise call_error(error) from None

    async def wake(self, call: ExternalId) -> None:
        """Make a caller who hears music ask again."""
        address = self._waiting.take(call)
        if address is None:
            return
        try:
            await self._api.change(call, url=address, method="POST")
        except TwilioFailure as error:
            raise call_error(error) from None

    async def phone_token(self, user_id: UserId, name: str) -> PhoneToken:  # noqa: ARG002 - Twilio shows no names
        """Make a token for this agent's browser phone."""
        if self._settings.api_key_secret is None:
            raise ConnectorError(NO_KEY)
        try:
            app = await self._application_sid()
        except TwilioFailure as error:
            raise account_error(error) from None
        return await phone_token(self._settings, app, user_id, self._tools.now())

    # --- recordings

    def fetch_recording(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a recording."""
        return self._recordings.stream(source)

    async def delete_recording(self, source: ExternalId) -> None:
        """Delete a recording at Twilio, if the settings say so."""
        await self._recordings.delete(source)

    # --- the account

    async def register(self) -> None:
        """Make Twilio ask us, unless an admin does that by hand or Twilio could not reach us."""
        if not self._settings.set_webhook or not self._links.arrival():
            return
        try:
            place = await place_of(self._api, self._settings, self._links)
            if place.record is not None and not place.ours:
                await self._api.update(place.record, **number_values(self._settings, self._links))
            if self._settings.api_key_secret is not None:
                await self._application_sid()
        except TwilioFailure as error:
            raise account_error(error, f"number {self._settings.number}") from None

    async def subscription(self) -> str:
        """Look where Twilio asks about our number's calls now."""
        if not self._links.arrival():
            return NO_PUBLIC_ADDRESS
        number = self._settings.number
        try:
            place = await place_of(self._api, self._settings, self._links)
        except TwilioFailure as error:
            raise account_error(error, f"number {number}") from None
        if place.record is None:
            return f"The Twilio account has no number {number} any more. Check it in the Twilio console."
        if place.ours or place.other:
            return place.other
        return (
            "Twilio asks somebody else about this number's calls: another program has set the webhook. Stop it, then "
            "restart this channel."
        )

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """List the calls of our number that ended since then, and their recordings."""
        try:
            async for event in listing.missed(self._api, self._settings, since, self._tools.now()):
                yield event
        except TwilioFailure as error:
            raise account_error(error) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step at Twilio."""
        try:
            found = setup.steps(self._api, self._settings, self._links, self._tools.webhook_url)
            return [step async for step in found]
        except TwilioFailure as error:
            raise account_error(error) from None

    async def _application_sid(self) -> str:
        if not self._application:
            self._application = await application_sid(self._api, self._settings, self._links, self._tools.channel_id)
        return self._application


def _twiml(body: bytes) -> WebhookResponse:
    return WebhookResponse(body=body, content_type=XML)
