"""Write what a made-up visitor's browser would post, for the demo. Pure."""

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel

from connectors.webform.body import CONSENT, LANGUAGE, PAGE, TOKEN
from connectors.webform.settings import WebformSettings
from connectors.webform.token import signed
from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest

_TYPE = {"content-type": "application/x-www-form-urlencoded"}
_CONSENT = "I agree that Halden Outdoor keeps my message and answers it."


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the submission, or None for what nobody can do with a form."""
    if said.kind is not SimulatedKind.message or not said.text:
        return None
    page_id = sha256(str(said.number).encode()).hexdigest()[:24]
    # However late the hub hears of it: a page that was open for more than a day is sent once more, with a new token.
    opened = int(said.received_at.timestamp()) - 60
    unsigned = f"{opened:08x}.{page_id}.{'0' * 64}"
    body = urlencode(
        {
            TOKEN: unsigned,
            "name": said.name,
            "email": said.address or said.email,
            "message": said.text,
            CONSENT: _CONSENT,
            LANGUAGE: said.language,
            PAGE: said.page or "https://halden.example/contact",
        }
    )
    return RawEvent(kind="webhook", body=body.encode(), headers=_TYPE, received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the request of the browser: the same submission from a page of this very form."""
    if not isinstance(settings, WebformSettings):
        raise TypeError("these are not settings of a form")
    values = dict(parse_qsl(raw.body.decode()))
    issued, page_id, _ = values[TOKEN].split(".")
    at = datetime.fromtimestamp(int(issued, 16), UTC)
    values[TOKEN] = signed(url, settings.token_secret.get_secret_value(), at, page_id)
    return WebhookRequest(method="POST", url=url, headers=_TYPE, query={}, body=urlencode(values).encode())


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address="Contact form",
    settings={"name": "Contact form", "consent": _CONSENT},
)
