"""Discord's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel

from connectors.discord.connector import DiscordBot
from connectors.discord.places import Place
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.connectors.discord.bots import SHORT, Pauses, raw, settings_for
from tests.peers.fake_discord import TOKEN, FakeDiscord
from tests.peers.faulty_server import Fault

FIXTURES = Path(__file__).parent / "fixtures"
HELP = Place(id="300000000000000001", name="help", parent="300000000000000009")


class DiscordPeer(Peer):
    """A fake Discord, one customer, and a bot."""

    def __init__(self, discord: FakeDiscord, tools: Tools) -> None:
        self._discord = discord
        self._talk = discord.talk(discord.person("Anna Example"))
        self.connector = DiscordBot(settings_for(discord.url), tools, patience=SHORT, pause=Pauses())

    def message(self) -> OutboundMessage:
        return outbound(f"c{self._talk}")

    def delivered(self) -> int:
        return len(self._discord.sent)

    def pressed(self, place: int) -> RawEvent:
        told = json.loads((FIXTURES / "interaction_button.json").read_text("utf-8"))["d"]
        rows = self._discord.sent[-1].body["components"]
        button = [one for row in rows for one in row["components"]][place]
        told["message"]["components"] = rows
        told["data"]["custom_id"] = button["custom_id"]
        return raw("INTERACTION_CREATE", told)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._discord.stop()
            case Failure.credentials_refused:
                self._discord.refuse("POST messages", 401)
            case Failure.rejected:
                self._discord.refuse("POST messages", 403, 50007)
            case Failure.rate_limited:
                self._discord.refuse("POST messages", 429, retry_after=0.65)
            case Failure.server_error:
                self._discord.fail(Fault(status=502, body=b"<html>Bad Gateway</html>"))
            case Failure.time_out:
                self._discord.fail(Fault(hang=True))
            case Failure.reset:
                self._discord.fail(Fault(reset=True))


class DiscordCase(Case):
    """The adapter."""

    key = "discord"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9/api/v10", channels=("300000000000000009",))

    def secrets(self) -> Sequence[str]:
        return (TOKEN,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                told = json.loads(path.read_text("utf-8"))
                yield path.stem, raw(told["t"], told["d"], place=HELP)

    def unknown(self) -> Sequence[RawEvent]:
        bodies: list[object] = [b"", b"\x00", b"[]", b'"text"', {}, {"id": "1", "channel_id": "nowhere"}]
        here = {"channel_id": "300000000000000001"}
        return [
            *(raw("MESSAGE_CREATE", body) for body in bodies),
            raw("TELEPATHY", {"channel_id": "300000000000000001"}),
            raw("MESSAGE_CREATE", {**here, "id": "400000000000000001"}),
            raw("MESSAGE_DELETE", here),
            raw("MESSAGE_REACTION_ADD", {**here, "message_id": "400000000000000001"}),
        ]

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeDiscord() as discord:
        yield DiscordPeer(discord, tools)


CASE = DiscordCase()
