"""Write what Messenger would deliver for a made-up customer, for the demo. Pure."""

from functools import partial

from pydantic import BaseModel

from connectors._lib.meta_inbox_simulate import signed, simulate
from connectors.messenger.settings import MessengerSettings
from hub.contract import RawEvent, Simulation, WebhookRequest

_PAGE = "100000000000011"


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request by which Meta would tell an event."""
    if not isinstance(settings, MessengerSettings):
        raise TypeError("these are not settings of Messenger")
    return signed(raw, settings.app_secret.get_secret_value(), url)


SIMULATION = Simulation(
    write=partial(simulate, kind="page", own_id=_PAGE, seen_by_id=False),
    request=request,
    address=f"Halden Shop ({_PAGE})",
    settings={
        "page_id": _PAGE,
        "token": "demo-token-that-opens-no-page",
        "app_id": "100000000000012",
        "app_secret": "demo-app-secret-of-nobody",
        "verify_token": "demo-verify-token",
        "graph_url": "https://graph.invalid",
    },
)
