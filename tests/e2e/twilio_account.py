"""An account at the emulated Twilio, a hub under a public name, and the network between them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from uuid_utils.compat import uuid7

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until
from tests.peers.emulate import Emulate, EmulatedTwilio
from tests.peers.twilio_network import TwilioNetwork

ACCOUNT, TOKEN = "AC" + "0" * 32, "auth-token-of-the-emulated-account"
API_KEY, API_SECRET = "SK" + "2" * 32, "secret-of-the-api-key-0123456789"
OURS, HUB_NAME = "+12125550100", "hub.example.com"


@dataclass(frozen=True, slots=True)
class TwilioWorld:
    """A hub, its admin, and Twilio around them."""

    hub: HubProcess
    api: HubApi
    twilio: EmulatedTwilio
    network: TwilioNetwork

    async def channel(self, connector: str, name: str, **more: object) -> Json:
        """Connect the account; wait until it is connected."""
        account = {"account_sid": ACCOUNT, "auth_token": TOKEN, "api_url": self.network.url}
        # the emulator signs what is behind #, which Twilio does not
        made = await self.api.channel(connector, name, {**account, "connection_overrides": "", **more})

        async def connected() -> Json | None:
            told: Json = await self.api.get(f"/channels/{made['id']}")
            return told if told["connection"]["state"] == "connected" else None

        return await until(connected, what=f"the connection of {name}")

    async def hotline(self) -> Json:
        """Connect our number, with browser phones."""
        keys = {"number": OURS, "api_key_sid": API_KEY, "api_key_secret": API_SECRET}
        return await self.channel("twilio_voice", "Hotline", **keys)

    async def line(self, channel: Json, **more: object) -> Json:
        """Give the number a line that records, with more in its plan."""
        plan = (await self.api.get("/call-plans/first"))["plan"]
        body = {"id": str(uuid7()), "name": "Hotline", "channel_id": channel["id"], "number": OURS}
        made: Json = await self.api.post("/lines", {**body, "plan": {**plan, "recording": "on", **more}})
        return made


@asynccontextmanager
async def emulated_twilio(
    folder: Path, *, numbers: Sequence[str] = (OURS,), **more: object
) -> AsyncIterator[EmulatedTwilio]:
    """Start Twilio with our account and these numbers; it alone resolves the hub's name to this machine."""
    seed = {
        "account": {"sid": ACCOUNT, "auth_token": TOKEN, "friendly_name": "Halden"},
        "api_keys": [{"sid": API_KEY, "secret": API_SECRET, "friendly_name": "phones"}],
        "phone_numbers": [{"phone_number": number} for number in numbers],
    }
    with Emulate(folder / "emulate", "twilio", {**seed, **more}, public_name=HUB_NAME) as server:
        async with EmulatedTwilio(server, ACCOUNT, TOKEN) as twilio:
            yield twilio


def named_hub(folder: Path, **environment: str) -> HubProcess:
    """A hub under its public name, whose log must hold none of the account's secrets."""
    hub = HubProcess(folder / "hub", secrets=[TOKEN, API_SECRET])
    hub.environment = {"HUB_PUBLIC_URL": f"http://{HUB_NAME}:{hub.port}", **environment}
    return hub


def fetching_hub(folder: Path, twilio: EmulatedTwilio) -> HubProcess:
    """A hub under its public name that may fetch files from the emulator beside it."""
    return named_hub(folder, HUB_ALLOW_PRIVATE_FETCH=twilio.url.removeprefix("http://"))


def twilio_network(hub: HubProcess, twilio: EmulatedTwilio) -> TwilioNetwork:
    """The network between them, on which the hub's name is known."""
    return TwilioNetwork(twilio, hub.url, f"http://{HUB_NAME}:{hub.port}")


@asynccontextmanager
async def twilio_world(folder: Path) -> AsyncIterator[TwilioWorld]:
    """Start all of it."""
    async with (
        emulated_twilio(folder) as twilio,
        named_hub(folder) as hub,
        HubApi(hub) as api,
        twilio_network(hub, twilio) as network,
    ):
        yield TwilioWorld(hub, api, twilio, network)
