"""Write what Twilio would deliver for a made-up customer, and sign it as Twilio does: for the demo. Pure."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pydantic import BaseModel

from connectors._lib.twilio_wire import FORM, pairs_of, parameters_of
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest

_ACCOUNT = "AC" + "0" * 32
_OURS = "+15550100199"


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the request's body, or None for what SMS has no way to say."""
    match said.kind:
        case SimulatedKind.message if not said.group and said.place is None:
            form = _message(said)
        case SimulatedKind.bounce:
            form = _status(said, "undelivered", ErrorCode="30008", ErrorMessage=said.text)
        case _:
            return None
    return RawEvent(kind="webhook", body=urlencode(form).encode(), received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request that brings the event."""
    from connectors._lib.twilio_signature import SIGNATURE, sign

    if not isinstance(settings, TwilioSmsSettings):
        raise TypeError("a demo channel of Twilio has Twilio's settings")
    signature = sign(settings.auth_token.get_secret_value(), url, parameters_of(pairs_of(raw.body)))
    headers = {"content-type": FORM, SIGNATURE: signature}
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=raw.body)


def _message(said: SimulatedMessage) -> Mapping[str, str]:
    sid = f"{'MM' if said.files else 'SM'}{said.number:032x}"
    media: dict[str, str] = {}
    for index, file in enumerate(said.files):
        # The simulator finds the file by the last 32 digits of its address.
        media[f"MediaUrl{index}"] = (
            f"https://api.twilio.invalid/2010-04-01/Accounts/{_ACCOUNT}/Messages/{sid}/Media/ME{file.key}"
        )
        media[f"MediaContentType{index}"] = file.media_type
    return {
        **_envelope(sid),
        "SmsMessageSid": sid,
        "SmsStatus": "received",
        "From": _number(said),
        "To": said.us,
        "Body": said.text,
        "NumMedia": str(len(said.files)),
        "NumSegments": "1",
        **media,
    }


def _status(said: SimulatedMessage, status: str, **more: str) -> Mapping[str, str]:
    fate = {"MessageStatus": status, "SmsStatus": status, "From": said.us, "To": _number(said)}
    return {**_envelope(said.about or ""), **fate, **more}


def _envelope(sid: str) -> Mapping[str, str]:
    return {"AccountSid": _ACCOUNT, "MessageSid": sid, "SmsSid": sid, "ApiVersion": "2010-04-01"}


def _number(said: SimulatedMessage) -> str:
    """Return the person's number: of a range kept for films and books, so that nobody has it.

    https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
    """
    return said.address or f"+447700900{said.person % 1000:03d}"


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address=_OURS,
    settings={
        "account_sid": _ACCOUNT,
        "auth_token": "demo_token_that_opens_no_account",
        "sender": _OURS,
        "api_url": "https://api.twilio.invalid",
    },
)
