"""An account at the emulated Twilio, a hub under a public name, and the network between them, for tests of calls."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
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

    async def line(self, channel: Json) -> Json:
        """Give the number a line that records."""
        plan = (await self.api.get("/call-plans/first"))["plan"]
        body = {"id": str(uuid7()), "name": "Hotline", "channel_id": channel["id"], "number": OURS}
        made: Json = await self.api.post("/lines", {**body, "plan": {**plan, "recording": "on"}})
        return made


@asynccontextmanager
async def twilio_world(folder: Path) -> AsyncIterator[TwilioWorld]:
    """Start all of it; the log must hold none of the account's secrets."""
    seed = {
        "account": {"sid": ACCOUNT, "auth_token": TOKEN, "friendly_name": "Halden"},
        "api_keys": [{"sid": API_KEY, "secret": API_SECRET, "friendly_name": "phones"}],
        "phone_numbers": [{"phone_number": OURS}],
    }
    hub = HubProcess(folder / "hub", secrets=[TOKEN, API_SECRET])
    hub.environment = {"HUB_PUBLIC_URL": f"http://{HUB_NAME}:{hub.port}"}
    async with AsyncExitStack() as stack:
        server = stack.enter_context(Emulate(folder / "emulate", "twilio", seed, public_name=HUB_NAME))
        twilio = await stack.enter_async_context(EmulatedTwilio(server, ACCOUNT, TOKEN))
        await stack.enter_async_context(hub)
        api = await stack.enter_async_context(HubApi(hub))
        network = await stack.enter_async_context(TwilioNetwork(twilio, hub.url, f"http://{HUB_NAME}:{hub.port}"))
        yield TwilioWorld(hub, api, twilio, network)
