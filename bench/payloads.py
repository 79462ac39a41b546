"""What providers send, in bulk: a channel of any connector that can be simulated, its messages, its signed requests.

Telegram is the default of all benches; `--connector whatsapp` or `twilio_sms` presses the same doors with theirs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.common import Place
from bench.load import post
from connectors.telegram.verify import HEADER, webhook_secret
from hub.app import open_hub
from hub.contract.connector import Manifest
from hub.contract.events import RawEvent
from hub.contract.simulation import SimulatedMessage
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.ids import new_id

CONNECTORS = ("telegram", "whatsapp", "twilio_sms")
PUBLIC_URL = "https://hub.example"
"""What providers sign."""
KNOWN_EVERY = 4
"""Of so many messages one is of a new contact."""
_BEGIN = datetime(2026, 2, 2, 2, 40, tzinfo=UTC)
_TELEGRAM = {"token": "123456:" + "A" * 35, "mode": "webhook"}


@dataclass(frozen=True, slots=True)
class Line:
    """A channel to press."""

    channel_id: ChannelId
    webhook_key: str
    manifest: Manifest[Any]

    def message(self, number: int) -> RawEvent:
        """Return one message; three of four are by somebody who wrote before."""
        new, known = divmod(number, KNOWN_EVERY)
        person = new if known == 0 else (number * 7919) % (new + 1)
        return self._written(number, person, f"Message {number}: dzień dobry, gdzie jest moja paczka {number * 31}?")

    def request(self) -> bytes:
        """Return the whole signed HTTP request that brings a message of some 200 characters."""
        raw = self._written(1, 77, "Dzień dobry, gdzie jest moja paczka? " * 5)
        path = f"/webhooks/{self.webhook_key}"
        if self.manifest.key == "telegram":
            return post(path, raw.body, self.telegram_headers())
        simulation = self.manifest.simulation
        if simulation is None or simulation.request is None:
            raise SystemExit(f"{self.manifest.key} tells nothing by webhook")
        settings = channels.validated(self.manifest, dict(simulation.settings))
        signed = simulation.request(settings, raw, PUBLIC_URL + path)
        return post(path, signed.body, dict(signed.headers))

    def telegram_headers(self) -> dict[str, str]:
        """Return the headers with which Telegram calls this channel: the proof is the same for every body."""
        secret = webhook_secret(_TELEGRAM["token"], self.channel_id)
        return {HEADER: secret, "Content-Type": "application/json"}

    def _written(self, number: int, person: int, text: str) -> RawEvent:
        if self.manifest.simulation is None:
            raise SystemExit(f"{self.manifest.key} cannot be simulated")
        at = _BEGIN + timedelta(seconds=number)
        said = SimulatedMessage(
            person=person + 1,
            address=f"+4477{person:08d}" if self.manifest.key == "twilio_sms" else "",
            name=f"Ann {person}",
            email=f"ann{person}@customer.example",
            language="pl",
            us=self.manifest.simulation.address,
            number=number + 1,
            at=at,
            received_at=at,
            text=text,
        )
        raw = self.manifest.simulation.write(said)
        if raw is None:
            raise SystemExit(f"{self.manifest.key} has no messages")
        return raw


async def make_line(spot: Place, connector: str = "telegram", address: str = "@bench_bot") -> Line:
    """Make a channel of this connector in this place."""
    async with open_hub(spot.settings()) as hub:
        manifest = hub.registry.manifests[connector]
        given = (
            _TELEGRAM if connector == "telegram" else dict(manifest.simulation.settings if manifest.simulation else {})
        )
        settings = channels.validated(manifest, given)
        async with hub.storage.begin() as uow:
            made = await channels.create(
                uow,
                manifest,
                id=ChannelId(new_id()),
                name="Bench",
                settings=settings,
                address=address,
                now=hub.clock.now(),
            )
        return Line(made.record.id, made.record.webhook_key, manifest)
