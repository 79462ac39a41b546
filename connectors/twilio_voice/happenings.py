"""What Twilio asks while a call lives, as what happened to it: the question the hub's call plan answers. Pure."""

from collections.abc import Mapping
from typing import Literal

from connectors._lib.twilio_wire import Form, pairs_of
from connectors.twilio_voice.addresses import agent_of, is_client, number_of
from connectors.twilio_voice.news import about_of
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.status import TERMINAL
from hub.contract import CallHappening, WebhookRequest
from hub.domain.call import call_of_key
from hub.domain.callflow.steps import (
    AgentDials,
    Arrived,
    Continued,
    MessageLeft,
    Position,
    Pressed,
    Rang,
    What,
)
from hub.domain.ids import bounded

_RESULTS: dict[str, Literal["answered", "no_answer", "busy", "failed", "cancelled"]] = {
    "completed": "answered",
    "answered": "answered",
    "no-answer": "no_answer",
    "busy": "busy",
    "failed": "failed",
    "canceled": "cancelled",
}
_KEYS = frozenset("0123456789*#")


def form_of(request: WebhookRequest) -> Form:
    """Return a request's form; an empty one for what is none, since whoever asks must get an answer."""
    try:
        return Form(pairs_of(request.body))
    except ValueError:
        return Form([])


def happening(request: WebhookRequest, settings: TwilioVoiceSettings) -> CallHappening | None:
    """Say what happened; None where Twilio only tells something, or asks what needs no plan."""
    form, query = form_of(request), request.query
    sid = form["CallSid"].strip()
    if not sid or "tell" in query:
        return None
    what = _what(query.get("step", ""), form, query)
    if what is None:
        return None
    inbound = not isinstance(what, AgentDials)
    caller = form["From"].strip()
    withheld = inbound and settings.hides(caller)
    return CallHappening(
        external_id=bounded(about_of(query, sid).call),
        what=what,
        position=_position(query.get("at", "")),
        address="" if withheld or not inbound else number_of(caller) or caller[:200],
        withheld=withheld,
        our_address=(number_of(form.first("To", "Called")) if inbound else "") or settings.number,
    )


def _what(step: str, form: Form, query: Mapping[str, str]) -> What | None:
    match step:
        case "":
            if not is_client(form["From"]):
                return None if form["Direction"].strip().lower().startswith("outbound") else Arrived()
            user = agent_of(form["From"])
            if user is None:
                return None
            return AgentDials(user_id=user, call_id=call_of_key(form["call"].strip()), number=number_of(form["To"]))
        case "order":
            about = about_of(query, "")
            confirmed = form["Digits"].strip() or query.get("kind") != "confirm"
            if about.user is None or about.order is None or not confirmed:
                return None
            return AgentDials(user_id=about.user, call_id=about.order, number=about.number)
        case "ask":
            return Pressed(digits=_digits(form))
        case "wait":
            digits = _digits(form)
            return Pressed(digits=digits) if digits else Continued()
        case "ring":
            result = _RESULTS.get(form["DialCallStatus"].strip().lower(), "failed")
            return Rang(result=result, caller_left=form["CallStatus"].strip().lower() in TERMINAL)
        case "message":
            return MessageLeft(seconds=max(form.number("RecordingDuration") or 0.0, 0.0))
        case _:
            return None


def _digits(form: Form) -> str:
    """Return the keys pressed; Twilio writes `hangup` there where the caller left while recording."""
    digits = form["Digits"].strip()
    return digits[:32] if set(digits) <= _KEYS else ""


def _position(token: str) -> Position | None:
    try:
        return Position.from_token(token) if token else None
    except ValueError:
        return None
