"""What Twilio says about calls, by webhook or when asked for a list, as the hub's events. Pure.

All comes to one address and is told apart by the parameters we put there (`addresses.Links`). Status callbacks carry
Twilio's time (`Timestamp`); what Twilio only asks carries none, so the hub takes the time it came. Nothing is derived
from the order of requests: Twilio gives none (https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors._lib.twilio_wire import Form, pairs_of
from connectors.twilio_voice.addresses import agent_of, is_client
from connectors.twilio_voice.listed import parse_listed
from connectors.twilio_voice.news import News, shown
from connectors.twilio_voice.recording_news import recording
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.status import LEG_FACTS, TERMINAL, ending_of
from hub.contract import InboundEvent, RawEvent, UnparseableEvent
from hub.domain.call_marks import Ending, Fact, Party
from hub.domain.ids import bounded
from hub.domain.interaction import Direction

LISTED = "listed"
"""Kind of a raw event that was found in Twilio's list."""

_STEPS = frozenset({"ask", "wait", "ring", "message", "order", "confirm", "confirmed", "done", "notice"})


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs to know of the account."""

    settings: TwilioVoiceSettings

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event. Raises UnparseableEvent."""
        if raw.kind == LISTED:
            return parse_listed(raw.body, self.settings)
        try:
            form = Form(pairs_of(raw.body))
        except ValueError:
            raise UnparseableEvent("Twilio sent something that is no web form.") from None
        sid, status = form["CallSid"].strip(), form["CallStatus"].strip().lower()
        if not sid and raw.query.get("tell") != "conference":
            what = "a message" if form["MessageSid"] else "something that is no call"
            raise UnparseableEvent(f"Twilio sent {what} to the address for calls.")
        news = News(form, raw.query)
        tell, step = raw.query.get("tell", ""), raw.query.get("step", "")
        match tell:
            case "":
                return self._step(step, news, form, status) if step else self._arrival(news, form)
            case "call":
                return self._call(news, form, status)
            case "placed":
                return _placed(news, status)
            case "leg":
                return _leg(news, status)
            case "machine":
                return _machine(news, form["AnsweredBy"].strip().lower())
            case "recording":
                return recording(form, raw.query)
            case "conference":
                return _conference(news, form)
            case _:
                raise UnparseableEvent(f"Twilio told something that this version does not ask for ({tell[:40]}).")

    def _arrival(self, news: News, form: Form) -> Sequence[InboundEvent]:
        """A new call: a customer's, or one from an agent's browser phone."""
        caller = form["From"]
        if is_client(caller):
            return news.placed_by_browser(form["To"], agent_of(caller))
        if form["Direction"].strip().lower().startswith("outbound"):
            raise UnparseableEvent("Twilio asked about a call the hub did not place.")
        return news.arrived(self.settings, caller, form.first("To", "Called"))

    def _call(self, news: News, form: Form, status: str) -> Sequence[InboundEvent]:
        """The fate of a call's first leg, as the number's or the app's status callback tells it."""
        if (ending := _fate(status)) is None:
            return ()
        caller = form["From"]
        if is_client(caller):
            return (*news.leg(Fact.leg_ended, Party.agent, agent_of(caller), ending=ending), news.ended())
        known = news.customer(self.settings, caller, form.first("To", "Called"))
        address = shown(self.settings, caller)
        return (*news.leg(Fact.leg_ended, Party.contact, None, ending=ending, address=address), news.ended(**known))

    def _step(self, step: str, news: News, form: Form, status: str) -> Sequence[InboundEvent]:
        """What Twilio asks us: of interest only where it says how something ended."""
        if step not in _STEPS:
            raise UnparseableEvent(f"Twilio asked for a step that this version does not know ({step[:40]}).")
        if step == "confirmed":
            return news.joined() if form["Digits"].strip() else ()
        if step == "order":
            if form["Digits"].strip() or not news.confirms:
                return ()
            return (news.failed("The agent's phone was answered, but nobody pressed a key."),)
        found: list[InboundEvent] = []
        dialled = form["DialCallSid"].strip()
        if dialled and (ending := ending_of(form["DialCallStatus"].strip().lower())) not in (None, Ending.completed):
            found += news.leg_of(bounded(dialled), Fact.leg_ended, ending=ending)
        if step not in ("confirm", "done") and status in TERMINAL:
            found.append(news.ended())
        return tuple(found)


def _fate(status: str) -> Ending | None:
    """Return how a leg ended; None while it lives. Raises UnparseableEvent for a status we do not know."""
    if status not in LEG_FACTS:
        raise UnparseableEvent(f"Twilio told a status of a call that this version does not know ({status[:40]}).")
    return ending_of(status)


def _placed(news: News, status: str) -> Sequence[InboundEvent]:
    """The agent's phone, rung for a call we placed: the call's first leg."""
    ending = _fate(status)
    user = news.about.user
    if ending is None:
        began = (news.began(Direction.outbound),) if LEG_FACTS[status] is Fact.dialled else ()
        return (*began, *news.leg(LEG_FACTS[status], Party.agent, user))
    told = news.leg(Fact.leg_ended, Party.agent, user, ending=ending)
    if ending is Ending.completed:
        return (*told, news.ended())
    return (*told, news.failed(_NOT_REACHED[ending]))


_NOT_REACHED = {
    Ending.busy: "The agent's own phone was busy.",
    Ending.no_answer: "The agent's own phone was not answered.",
    Ending.cancelled: "The call was cancelled before the agent's own phone was answered.",
    Ending.failed: "The agent's own phone could not be reached: check its number.",
}


def _leg(news: News, status: str) -> Sequence[InboundEvent]:
    """One device that rings or talks beside the call's first leg."""
    ending = _fate(status)
    party, user = news.about.party, news.about.user
    if ending is not None:
        told = news.leg(Fact.leg_ended, party, user, ending=ending)
        # Of a call we placed the customer's leg is the call: their agent may have left it before.
        return (*told, news.ended()) if party is Party.contact else told
    fact = LEG_FACTS[status]
    if fact is not Fact.picked_up or news.confirms:
        return news.leg(fact, party, user)
    picked_up = (*news.leg(Fact.picked_up, party, user), *news.joined())
    return (*picked_up, *news.agent_joined()) if party is Party.contact else picked_up


def _machine(news: News, answered_by: str) -> Sequence[InboundEvent]:
    """Answering-machine detection (https://www.twilio.com/docs/voice/answering-machine-detection)."""
    if answered_by.startswith("machine") or answered_by == "fax":
        return news.leg(Fact.machine, news.about.party, None)
    if answered_by in ("human", "unknown"):
        return ()
    raise UnparseableEvent(f"Twilio heard something that this version does not know ({answered_by[:40]}).")


_CONFERENCE = {
    "participant-hold": Fact.held,
    "participant-unhold": Fact.resumed,
    # handed on from hold: no hold of a customer lasts longer than their place in the conference
    "participant-leave": Fact.resumed,
}


def _conference(news: News, form: Form) -> Sequence[InboundEvent]:
    """Of a conference only the customer's hold is told: who joins and leaves is told by their legs."""
    event = form["StatusCallbackEvent"].strip().lower()
    if not event.startswith(("conference-", "participant-")) or not news.about.call:
        raise UnparseableEvent("Twilio told something of a conference that is none of a call of ours.")
    fact = _CONFERENCE.get(event)
    if fact is None or form["CallSid"].strip() != news.customer_leg:
        return ()
    return (news.of_call(fact, f"{form['ConferenceSid']}:{form['SequenceNumber']}"[:100]),)
