"""Plays the demo's customers while somebody watches: they write, answer the agents, and go quiet."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random

import structlog

from hub.contract.events import RawEvent
from hub.contract.outbound import OutboundMessage
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.domain.channel import Channel
from hub.domain.conversation import ConversationState
from hub.domain.errors import HubError
from hub.domain.ids import ChannelId, ConversationId, InteractionId, UserId
from hub.domain.views import ConversationFilter, ConversationRow
from hub.ports import Clock, Storage
from hub.runtime.accounts import Account, Accounts
from hub.runtime.notices import Notices
from hub.runtime.registry import Registry
from hub.runtime.simulated_phone import SimulatedPhone
from hub.services import reply
from hub.services.bots.library import Library
from hub.services.demo.asking import asked_in
from hub.services.demo.chats import key_of
from hub.services.demo.live import MOST_OPEN, Arrives, Cast, Closes, Heard, Known, Types, language_of
from hub.services.demo.outlets import Outlet
from hub.services.demo.people import AGENTS
from hub.services.ids import new_id

log = structlog.get_logger(__name__)

TICK = 0.5
"""Seconds between two looks at what is due."""
_TYPING_HOLDS = timedelta(seconds=5)
_PAGE = 200
_OVER = 60
"""Conversations that are over, of whose customers one may write again."""

Call = Callable[[str, WebhookRequest], Awaitable[WebhookResponse]]
"""Brings a request to the channel of a webhook key, as the HTTP door does: `call(key, request)`."""


class Simulator:
    """The loop behind the demo's customers. Nobody writes while nobody watches, so that the demo stays a month old."""

    def __init__(
        self,
        *,
        storage: Storage,
        accounts: Accounts,
        registry: Registry,
        notices: Notices,
        clock: Clock,
        watched: Callable[[], bool],
        chance: Random,
        every: float,
        call: Call,
        public_url: str,
    ) -> None:
        """`every` is about how many seconds pass between two new conversations; `call` knocks at the webhooks' door."""
        self._storage = storage
        self._accounts = accounts
        self._registry = registry
        self._notices = notices
        self._clock = clock
        self._watched = watched
        self._chance = chance
        self._every = every
        self._call = call
        self._public_url = public_url
        self._phone = SimulatedPhone(_of_its_own(chance), every)
        self._heard: list[tuple[ChannelId, OutboundMessage]] = []
        self._due: list[tuple[datetime, int, Arrives | Types]] = []
        self._order = count()
        self._next: datetime | None = None
        self._cast: Cast | None = None
        self._engaged: set[ConversationId] = set()
        """Conversations in which a person at the screens wrote: they are theirs."""
        self._closing: set[ConversationId] = set()
        """Conversations an agent of the demo closes: nobody answers to that."""
        self._flows = Library()
        accounts.said_to_customer = self.hear

    async def run(self) -> None:
        """Play until cancelled."""
        while True:
            await self.step()
            await asyncio.sleep(TICK)

    def hear(self, channel_id: ChannelId, message: OutboundMessage) -> None:
        """Take note that an agent wrote to a customer."""
        self._heard.append((channel_id, message))

    async def step(self) -> None:
        """Do what is due now."""
        everywhere = self._outlets()
        lines = [outlet for outlet in everywhere.values() if outlet.simulation.calls is not None]
        # nobody writes to a phone line
        outlets = {key: outlet for key, outlet in everywhere.items() if outlet not in lines}
        if not outlets:
            return
        now = self._clock.now()
        for line in lines:
            await self._ring(line, now)
        cast = self._cast = self._cast or self._new_cast(outlets, now)
        await self._listen(cast, outlets, now)
        if self._watched():
            await self._go_on(cast, outlets, now)
        while self._due and self._due[0][0] <= now:
            await self._happen(heapq.heappop(self._due)[2], outlets, now)

    def _new_cast(self, outlets: Mapping[str, Outlet], now: datetime) -> Cast:
        ours = {key: outlet.channel.address for key, outlet in outlets.items()}
        # Numbers of milliseconds never come twice, whatever was played before this start.
        return Cast(chance=self._chance, ours=ours, number=int(now.timestamp() * 1000))

    async def _listen(self, cast: Cast, outlets: Mapping[str, Outlet], now: datetime) -> None:
        heard, self._heard = self._heard, []
        keys = {outlet.channel.id: key for key, outlet in outlets.items()}
        for channel_id, message in heard:
            key = keys.get(channel_id)
            if key is None or not outlets[key].simulation.plays(message.recipient):
                continue
            if message.conversation_id in self._closing:
                self._closing.discard(message.conversation_id)
                continue
            heard_there = _heard(key, outlets[key], message)
            if message.auto:
                async with self._storage.read() as uow:
                    question = await asked_in(uow, self._flows, message.conversation_id)
                self._plan(cast.answer_bot(heard_there, question, now) if question is not None else [])
                continue
            self._engaged.add(message.conversation_id)
            if not await self._is_group(message.conversation_id):
                self._plan(cast.answer(heard_there, now))

    async def _go_on(self, cast: Cast, outlets: Mapping[str, Outlet], now: datetime) -> None:
        """Now and then let somebody write, or an agent of the demo make room."""
        if self._next is not None and now < self._next:
            return
        self._next = now + timedelta(seconds=self._chance.uniform(0.5, 1.5) * self._every)
        keys = {outlet.channel.id: key for key, outlet in outlets.items()}
        rows = await self._rows(outlets, ConversationState.open, ConversationState.pending)
        agents = await self._agents()
        ours = [row for row in rows if row.id not in self._engaged and _played(row, keys, outlets)]
        for closing in cast.tidy(ours, set(agents.values()), now, too_many=len(rows) - MOST_OPEN):
            await self._close(closing, agents, outlets[keys[closing.channel_id]], now)
        if len(rows) < MOST_OPEN:
            over = await self._rows(outlets, ConversationState.resolved, limit=_OVER)
            self._plan(cast.begin(now, [_known(row, keys) for row in over if _played(row, keys, outlets)]))

    def _plan(self, acts: Sequence[Arrives | Types]) -> None:
        for act in acts:
            at = act.said.received_at if isinstance(act, Arrives) else act.at
            heapq.heappush(self._due, (at, next(self._order), act))

    async def _happen(self, act: Arrives | Types, outlets: Mapping[str, Outlet], now: datetime) -> None:
        if isinstance(act, Types):
            if any(outlet.capabilities.typing_in for outlet in outlets.values()):
                # As the screens' live line reads it: `Typing` of hub/api/live/frames.py.
                self._notices.sign(
                    {
                        "type": "typing",
                        "conversation_id": str(act.conversation_id),
                        "name": act.name,
                        "who": "contact",
                        "until": (now + _TYPING_HOLDS).isoformat(),
                    }
                )
            return
        outlet = outlets.get(act.connector)
        heard = outlet.hear(act.said) if outlet is not None else None
        if outlet is not None and heard is not None:
            await self._deliver(outlet, heard[0])

    async def _ring(self, line: Outlet, now: datetime) -> None:
        """Let a phone line tell what happens on it."""
        if self._watched() and self._phone.rings(now):
            self._phone.begin(line, list((await self._agents()).values()), now)
        for raw in self._phone.due(now):
            await self._deliver(line, raw)

    async def _deliver(self, outlet: Outlet, raw: RawEvent) -> None:
        """Bring an event as its provider would: by a signed call of our webhook, or as something listened to."""
        channel, sign = outlet.channel, outlet.simulation.request
        manifest = self._registry.get(channel.connector)
        if sign is None or manifest is None:
            await self._storage.journal.append(channel.id, [raw])
            return
        async with self._storage.read() as uow:
            stored = await uow.channels.settings(channel.id)
        if stored is None:
            return  # the demo was removed just now
        settings = manifest.settings.model_validate(dict(stored.values))
        url = f"{self._public_url}/webhooks/{channel.webhook_key}"
        answer = await self._call(channel.webhook_key, sign(settings, raw, url))
        if answer.status >= 300:
            log.warning("a made-up call was refused", channel=channel.name, status=answer.status)

    async def _close(self, closing: Closes, agents: Mapping[str, UserId], outlet: Outlet, now: datetime) -> None:
        by = agents.get(closing.by)
        if by is None:
            return
        self._closing.add(closing.conversation_id)
        try:
            async with self._storage.begin() as uow:
                await reply.reply(
                    uow,
                    id=InteractionId(new_id()),
                    conversation_id=closing.conversation_id,
                    written=reply.Written(text=closing.text),
                    capabilities=outlet.capabilities,
                    new_message_id=outlet.connector.new_message_id,
                    by=by,
                    now=now,
                    resolve=True,
                )
        except HubError as error:
            self._closing.discard(closing.conversation_id)
            log.info("an agent of the demo could not answer", reason=str(error))

    async def _rows(
        self, outlets: Mapping[str, Outlet], *states: ConversationState, limit: int = _PAGE
    ) -> Sequence[ConversationRow]:
        wanted = ConversationFilter(
            states=states, channel_ids=tuple(outlet.channel.id for outlet in outlets.values()), sort="newest"
        )
        return (await self._storage.queries.conversations(wanted, viewer=None, cursor=None, limit=limit)).items

    async def _agents(self) -> Mapping[str, UserId]:
        async with self._storage.read() as uow:
            by_email = {user.email: user.id for user in await uow.users.all() if user.demo and user.active}
        return {agent.key: by_email[agent.email] for agent in AGENTS if agent.email in by_email}

    async def _is_group(self, conversation_id: ConversationId) -> bool:
        async with self._storage.read() as uow:
            conversation = await uow.conversations.get(conversation_id)
        return conversation is None or conversation.group

    def _outlets(self) -> Mapping[str, Outlet]:
        """Return the demo's channels that are switched on; none once the demo is removed."""
        found = {}
        for account in self._accounts:
            outlet = self._outlet(account) if account.channel.demo and account.channel.enabled else None
            if outlet is not None:
                found[key_of(account.channel)] = outlet
        return found

    def _outlet(self, account: Account) -> Outlet | None:
        channel: Channel = account.channel
        manifest = self._registry.get(channel.connector)
        if account.connector is None or manifest is None or manifest.simulation is None:
            return None
        return Outlet(
            channel=channel,
            capabilities=manifest.capabilities,
            connector=account.connector,
            simulation=manifest.simulation,
        )


def _of_its_own(chance: Random) -> Random:
    """Return chance of the same seed: who calls changes nothing about who writes."""
    other = Random()  # noqa: S311 - it plays
    other.setstate(chance.getstate())
    return other


def _heard(key: str, outlet: Outlet, message: OutboundMessage) -> Heard:
    return Heard(
        connector=key,
        conversation_id=message.conversation_id,
        address=message.recipient,
        name=message.recipient_name or message.recipient,
        language=language_of(message.recipient_name),
        message_id=outlet.receipt(message.delivery_id, message.thread).external_id,
        subject=message.subject,
        text=message.text,
        by=message.agent_name,
    )


def _known(row: ConversationRow, keys: Mapping[ChannelId, str]) -> Known:
    return Known(connector=keys[row.channel_id], address=row.address, name=row.contact_name, subject=row.subject)


def _played(row: ConversationRow, keys: Mapping[ChannelId, str], outlets: Mapping[str, Outlet]) -> bool:
    """Tell whether the conversation is with one made-up person."""
    return not row.group and outlets[keys[row.channel_id]].simulation.plays(row.address)
