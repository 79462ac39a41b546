"""Write what Instagram would deliver for a made-up customer, for the demo. Pure."""

from functools import partial

from pydantic import BaseModel

from connectors._lib.meta_inbox_simulate import signed, simulate
from connectors.instagram.settings import InstagramSettings
from hub.contract import RawEvent, Simulation, WebhookRequest

_ACCOUNT = "17841400000000021"


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request by which Meta would tell an event."""
    if not isinstance(settings, InstagramSettings):
        raise TypeError("these are not settings of Instagram")
    return signed(raw, settings.app_secret.get_secret_value(), url)


SIMULATION = Simulation(
    write=partial(simulate, kind="instagram", own_id=_ACCOUNT, seen_by_id=True),
    request=request,
    address="@halden.shop",
    settings={
        "account_id": _ACCOUNT,
        "token": "demo-token-that-opens-no-account",
        "app_id": "100000000000022",
        "app_secret": "demo-app-secret-of-nobody",
        "verify_token": "demo-verify-token",
        "graph_url": "https://graph.invalid",
    },
)
