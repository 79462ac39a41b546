"""The demo workspace: made at the first start, then kept alive by simulated customers."""

import random
from collections.abc import Callable

from hub.app.doors import open_door
from hub.app.parts import Hub, ingest_tools, watched
from hub.runtime.loops import Loops
from hub.runtime.secrets_box import SecretBox, load_keys
from storage import open_storage
from webhooks.ingress import Ingress


async def make_demo(hub: Hub, say: Callable[[str], None]) -> None:
    """Make the demo workspace unless it is there; `say` shows how far it is."""
    from hub.runtime.demo import DemoMaker, StoryClock  # not at the top: a hub without a demo needs none of it

    settings, clock = hub.settings, StoryClock(hub.clock.now())
    secrets = SecretBox(load_keys(settings.secret_keys.get_secret_value(), settings.key_file))
    storage = await open_storage(settings.database, secrets=secrets, doorbell=None, clock=clock)
    try:
        maker = DemoMaker(
            storage=storage,
            blobs=hub.blobs,
            registry=hub.registry,
            accounts=hub.accounts,
            tools=ingest_tools(hub),
            clock=clock,
            say=say,
        )
        await maker.ensure()
    finally:
        await storage.close()


def start_simulator(hub: Hub, loops: Loops) -> None:
    """Let simulated customers write while somebody watches."""
    from hub.runtime.simulator import Simulator  # not at the top: a hub without a demo needs none of it

    simulator = Simulator(
        storage=hub.storage,
        accounts=hub.accounts,
        registry=hub.registry,
        notices=hub.notices,
        clock=hub.clock,
        watched=lambda: watched(hub),
        chance=random.Random(),  # noqa: S311 - it plays
        every=hub.settings.demo_every,
        call=Ingress(open_door(hub)).tell,
        public_url=hub.settings.base_url,
    )
    loops.start("simulator", simulator.run)
