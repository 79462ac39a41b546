"""One live call: what is known of its legs, its inbox of events and commands, and what it asks of Asterisk."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from connectors._lib.loose_json import Json, inner, text, whole
from connectors.asterisk import ids, render, sounds
from connectors.asterisk.client import Ari, AriRefused, Query, part
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import CallDirector, CallHappening, ConnectorError, OutcomeUnknown, Rejected, RetryLater
from hub.contract.calls import CallCommand, EndCall
from hub.domain.call_marks import Ender, Party
from hub.domain.callflow.plan import Prompt
from hub.domain.callflow.steps import Decision, Position, Target, What, fallback
from hub.domain.ids import ExternalId, UserId

log = logging.getLogger(__name__)
POSITION, MESSAGE, RECORDING = "HUB_POSITION", "HUB_MESSAGE", "HUB_RECORDING"
"""Variables of the customer's channel: what the next hub needs to go on if this one dies. They live as long as it."""


class CallOver(Exception):
    """The customer's channel is gone, or the PBX leads it on."""


@dataclass(slots=True)
class Leg:
    """A channel of ours in the call."""

    id: str
    party: Party
    user_id: UserId | None = None
    entered: bool = False
    """Answered, and in our application."""
    gone: bool = False
    dropped: bool = False
    """We hung it up."""
    cause: int = 0


@dataclass(slots=True)
class Asked:
    """A command, and where its answer goes."""

    command: CallCommand
    done: asyncio.Future[None]

    def answer(self, problem: ConnectorError | None = None) -> None:
        """Say what became of it."""
        if self.done.done():
            return
        if problem is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(problem)


@dataclass(frozen=True, slots=True)
class Woken:
    """An agent may be free: the plan shall be asked again."""


News = Json | Asked | Woken


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What all live calls of an account share."""

    ari: Ari
    settings: AsteriskSettings
    director: CallDirector | None
    token: Callable[[], str]
    """A fresh, rising word for names."""
    tell: Callable[[Json], None]
    """Journal something the hub itself knows, as if Asterisk had told it."""


class LiveCall:
    """One call. Only its own task reads the inbox."""

    def __init__(self, house: House, call: ExternalId, *, number: str = "", our_address: str = "") -> None:
        self.house = house
        self.id = call
        self.number = number
        """The customer's; empty if withheld."""
        self.our_address = our_address or house.settings.number
        self.position: Position | None = None
        self.legs: dict[str, Leg] = {}
        self.customer_up = False
        self.ended_by: Ender | None = None
        self.bridges: set[ids.Room] = set()
        self.music = False
        self.connecting: tuple[Leg, bool] | None = None
        """Who answered and is being connected, and whether that is recorded."""
        self.recording = ""
        """The recording of the talk that runs, by its whole name."""
        self.inbox: asyncio.Queue[News] = asyncio.Queue()
        self._gone = False
        self._handed_over = False

    # what happens

    async def next(self, seconds: float | None = None, *, commands: bool = False) -> News | None:
        """Return what happens next; None when so much time has passed. Raises CallOver.

        Commands that need two people talking are refused here unless `commands`.
        """
        try:
            async with asyncio.timeout(seconds):
                while True:
                    news = await self.inbox.get()
                    if not isinstance(news, Asked):
                        if not isinstance(news, Woken):
                            await self._learn(news)
                        return news
                    if commands:
                        return news
                    await self._not_yet(news)
        except TimeoutError:
            return None

    async def _not_yet(self, asked: Asked) -> None:
        if not isinstance(asked.command, EndCall):
            asked.answer(Rejected("Nobody is connected yet."))
            return
        await self.end(Ender.agent)
        asked.answer()

    async def _learn(self, event: Json) -> None:
        kind, channel = text(event, "type"), text(inner(event, "channel"), "id")
        leg = self.legs.get(channel)
        if kind == "StasisStart" and leg is not None:
            leg.entered = True
        elif kind == "ChannelDestroyed":
            if leg is not None:
                leg.gone, leg.cause = True, whole(event, "cause") or 0
            elif channel == self.id:
                self._gone = True
                raise CallOver
        elif kind == "ChannelStateChange" and channel == self.id:
            self.customer_up = text(inner(event, "channel"), "state") == "Up"
        elif kind == "BridgeBlindTransfer" and text(inner(event, "transferee"), "id") == self.id:
            await self._follow_outside()
        elif kind == "StasisEnd" and channel == self.id and self._handed_over:
            raise CallOver

    async def _follow_outside(self) -> None:
        """The PBX leads the customer on: hear of the end of the call all the same."""
        self._handed_over = True
        source = f"channel:{self.id}"
        await self.quietly(
            "POST", f"/applications/{part(self.house.settings.app)}/subscription", {"eventSource": source}
        )

    # the plan

    async def ask_plan(self, what: What) -> Decision:
        """Ask the hub what is next, and leave the position where the next hub finds it."""
        director = self.house.director
        if director is None:
            return fallback(self.position)
        happening = CallHappening(
            external_id=self.id,
            what=what,
            position=self.position,
            address=self.number,
            withheld=not self.number,
            our_address=self.our_address,
        )
        decision = await director.next(happening)
        self.position = decision.position
        if not self._gone:
            await self.remember(POSITION, decision.position.token())
        return decision

    async def remember(self, name: str, value: str) -> None:
        """Keep something at the customer's channel."""
        await self.quietly("POST", f"/channels/{part(self.id)}/variable", {"variable": name, "value": value})

    # what is asked of Asterisk

    async def ask(self, method: str, path: str, query: Query | None = None) -> Json:
        """Ask for an operation. Raises as `Ari.ask` does."""
        found = await self.house.ari.ask(method, path, query)
        return found if isinstance(found, dict) else {}

    async def quietly(self, method: str, path: str, query: Query | None = None) -> bool:
        """Ask for something a call can do without, or that may be pointless by now; tell whether it was done."""
        try:
            await self.house.ari.ask(method, path, query)
        except AriRefused as refused:
            log.debug("asterisk: %s %s: %s", method, path, refused)
            return False
        except (RetryLater, OutcomeUnknown) as error:
            log.warning("asterisk: %s %s: %s", method, path, error)
            return False
        return True

    async def answer(self) -> None:
        """Take the call, so that the caller can hear something."""
        if not self.customer_up:
            await self.ask("POST", f"/channels/{part(self.id)}/answer")
            self.customer_up = True

    async def play_music(self) -> None:
        """Let the caller hear music until somebody speaks."""
        await self.answer()
        if not self.music:
            self.music = await self.quietly(
                "POST", f"/channels/{part(self.id)}/moh", {"mohClass": self.house.settings.music_class or "default"}
            )

    async def stop_music(self) -> None:
        """End it."""
        if self.music:
            self.music = False
            await self.quietly("DELETE", f"/channels/{part(self.id)}/moh")

    async def start_playing(self, prompt: Prompt | None, otherwise: str = sounds.NOTHING) -> str:
        """Begin to play a prompt to the caller; return the playback's id."""
        await self.answer()
        await self.stop_music()
        playback = f"hub-p-{self.house.token()}"
        media = sounds.media(prompt, self.house.settings.speech_url, otherwise=otherwise)
        await self.ask("POST", f"/channels/{part(self.id)}/play/{playback}", {"media": media})
        return playback

    async def room(self, room: ids.Room) -> str:
        """Return one of the call's bridges, made at its first use."""
        name = ids.bridge_id(room, self.id)
        if room not in self.bridges:
            kind = "holding" if room == "h" else "mixing"
            # 409: it is there already, by an earlier hub
            await self.quietly("POST", f"/bridges/{part(name)}", {"type": kind, "name": name[:60]})
            self.bridges.add(room)
            if room == "h":
                music = self.house.settings.music_class or "default"
                await self.quietly("POST", f"/bridges/{part(name)}/moh", {"mohClass": music})
        return name

    async def put(self, room: ids.Room, *channels: str) -> None:
        """Move channels into one of the call's bridges."""
        name = await self.room(room)
        await self.ask("POST", f"/bridges/{part(name)}/addChannel", {"channel": ",".join(channels)})

    async def take_out(self, room: ids.Room) -> None:
        """Take the customer out of one of the call's bridges."""
        name = ids.bridge_id(room, self.id)
        await self.quietly("POST", f"/bridges/{part(name)}/removeChannel", {"channel": self.id})

    async def dial(self, target: Target, *, seconds: int, caller_id: str, party: Party, token: str = "") -> Leg:
        """Ring a device. Raises Rejected if it cannot be rung."""
        name = ids.LegName(party=party, user_id=target.user_id, token=token or self.house.token(), call=self.id)
        leg = Leg(id=str(name), party=party, user_id=target.user_id)
        self.legs[leg.id] = leg
        query: dict[str, str | int] = {
            "endpoint": render.endpoint_of(target, self.house.settings),
            "app": self.house.settings.app,
            "appArgs": "leg",
            "callerId": render.shown(caller_id),
            "timeout": max(1, seconds),
            "channelId": leg.id,
        }
        if party is not Party.supervisor and not token:
            query["originator"] = self.id
        try:
            await self.ask("POST", "/channels", query)
        except AriRefused as refused:
            if refused.status != 409:  # the same id twice is the same leg
                leg.gone = True
                raise Rejected(f"The device could not be rung: {refused}.") from None
        return leg

    async def drop(self, legs: Sequence[Leg], reason: str = "normal") -> None:
        """Hang up legs."""
        for leg in legs:
            if not leg.gone:
                leg.dropped = True
                await self.quietly("DELETE", f"/channels/{part(leg.id)}", {"reason": reason})

    async def end(self, by: Ender, reason: str = "normal") -> None:
        """Hang up the customer."""
        self.ended_by = self.ended_by or by
        if not self._gone:
            await self.quietly("DELETE", f"/channels/{part(self.id)}", {"reason": reason})

    def over(self) -> None:
        """The customer's channel is gone: nothing is left to be kept there."""
        self._gone = True

    async def until_over(self) -> None:
        """Wait for the end of the customer's channel. Raises CallOver."""
        while True:
            await self.next()

    async def clear(self) -> None:
        """Take away what is left of a call that is over."""
        await self.drop(list(self.legs.values()))
        for room in sorted(self.bridges):
            await self.quietly("DELETE", f"/bridges/{part(ids.bridge_id(room, self.id))}")
        while not self.inbox.empty():
            news = self.inbox.get_nowait()
            if isinstance(news, Asked):
                news.answer(Rejected("The call is over."))


@dataclass(slots=True)
class Restored:
    """What an earlier hub left of a call that still lives."""

    rooms: dict[str, str] = field(default_factory=dict)
    """Channel -> the letter of the call's bridge it is in."""
    variables: dict[str, str] = field(default_factory=dict)

    def position(self) -> Position | None:
        """Where the plan stood, if that was kept and can be read."""
        token = self.variables.get(POSITION, "")
        try:
            return Position.from_token(token) if token else None
        except ValueError:
            return None
