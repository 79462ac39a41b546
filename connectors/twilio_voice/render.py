"""What the call plan decided, as TwiML. Pure: the same decision and request, the same bytes.

https://www.twilio.com/docs/voice/twiml. A caller is rung through by `<Dial answerOnBridge>`: they hear ringing and the
call does not count as answered until somebody is there. Everything that waits names the address to ask next, with the
position in the plan; whatever is not answered any more ends the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from connectors.twilio_voice.addresses import About, Links, number_of
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.twiml import add, response, written
from hub.domain.call_marks import Party
from hub.domain.callflow.plan import Prompt
from hub.domain.callflow.steps import (
    Ask,
    Decision,
    Dial,
    Forward,
    HangUp,
    Position,
    Reject,
    Ring,
    Say,
    Step,
    TakeMessage,
    Target,
    Wait,
)

MOST_AT_ONCE = 10
"""Devices of one `<Dial>` (https://www.twilio.com/docs/voice/twiml/dial#nouns)."""
LEG_EVENTS = "initiated ringing answered completed"
GRACE = 2
"""Seconds a call waits after a talk before it is hung up: a talk also ends here when it moves into a conference, and
then this leg is fetched away meanwhile (`control.py`)."""
_LONGEST_RING = 600
_CONFIRM = "This is a call for you. Press any key to take it."


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request matters for the answer."""

    about: About
    caller: str = ""
    """The customer's number as the devices may show it; "" if withheld or none."""
    after_talk: bool = False
    """Somebody has just talked with the caller."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Writes TwiML for one number of ours."""

    settings: TwilioVoiceSettings
    links: Links

    def decision(self, decision: Decision, asked: Asked) -> bytes:
        """Write a decision."""
        document = response()
        for step in decision.steps:
            self._step(document, step, decision.position, asked)
        return written(document)

    def confirm(self, about: About) -> bytes:
        """Ask an agent on a phone to press a key, and hang up on a machine."""
        document = response()
        self._confirm(document, self.links.step("confirmed", about=about))
        return written(document)

    def order(self, about: About) -> bytes:
        """Greet the agent whose phone was rung for a call they placed; a key then asks whom to call."""
        document = response()
        if self.settings.confirm_phone:
            self._confirm(document, self.links.step("order", about=about, kind="confirm"))
        else:
            add(document, "Redirect", self.links.step("order", about=about), method="POST")
        return written(document)

    def notice(self, prompt: Prompt) -> bytes:
        """Say something to those in a conference, who hear nothing else meanwhile."""
        document = response()
        self._prompt(document, prompt)
        return written(document)

    def hang_up(self) -> bytes:
        """End a leg."""
        document = response()
        add(document, "Hangup")
        return written(document)

    def over(self) -> bytes:
        """End a call after a talk that this leg may have left for a conference."""
        document = response()
        add(document, "Pause", length=GRACE)
        add(document, "Hangup")
        return written(document)

    def transfer(self, target: Target, about: About, *, caller_id: str, record: bool, seconds: int = 30) -> str:
        """Connect the customer's leg with another device."""
        document = response()
        on_contact = replace(about, party=Party.agent if target.user_id else Party.outside, user=target.user_id)
        dial = self._dial(
            document, self.links.step("done", about=about), seconds, caller_id, "ca" if record else "", about
        )
        self._noun(dial, target, on_contact)
        return written(document).decode()

    def conference(self, name: str, about: About, *, customer: str, ends: bool = True) -> str:
        """Put a leg into the call's conference; the customer's hold is told to us."""
        document = response()
        dial = add(document, "Dial", action=self.links.step("done", about=about), method="POST")
        add(
            dial,
            "Conference",
            name,
            beep=False,
            startConferenceOnEnter=True,
            endConferenceOnExit=ends,
            statusCallback=self.links.tell("conference", about, customer=customer),
            statusCallbackEvent="join leave mute hold end",
        )
        return written(document).decode()

    # --- steps

    def _step(self, document: ET.Element, step: Step, position: Position, asked: Asked) -> None:
        match step:
            case Say(prompt=prompt):
                self._prompt(document, prompt)
            case Ask():
                action = self.links.step("ask", position)
                gather = _gather(document, action, digits=step.digits, seconds=step.seconds)
                self._prompt(gather, step.prompt)
            case Wait():
                self._wait(document, step, position)
            case Ring():
                self._ring(document, step, position, asked)
            case Forward():
                self._forward(document, step, position, asked)
            case TakeMessage():
                self._message(document, step, position, asked)
            case Dial():
                self._call_out(document, step, asked)
            case Reject(reason=reason):
                add(document, "Reject", reason=reason)
            case HangUp():
                if asked.after_talk:
                    add(document, "Pause", length=GRACE)
                add(document, "Hangup")

    def _prompt(self, parent: ET.Element, prompt: Prompt) -> None:
        if prompt.file.startswith(("https://", "http://")):
            add(parent, "Play", prompt.file)
        elif prompt.text.strip():
            add(parent, "Say", prompt.text.strip(), language=prompt.language, voice=prompt.voice or self.settings.voice)

    def _wait(self, document: ET.Element, step: Wait, position: Position) -> None:
        """Play one piece, or be silent for so long; keys, or `wake`, cut it."""
        music = step.music or Prompt(file=self.settings.hold_music)
        heard = bool(music.text.strip() or music.file)
        action = self.links.step("wait", position)
        gather = _gather(document, action, digits=1, seconds=1 if heard else step.seconds)
        self._prompt(gather, music)

    def _ring(self, document: ET.Element, step: Ring, position: Position, asked: Asked) -> None:
        caller_id = step.caller_id or asked.caller or self.settings.number
        lanes = "ca" if step.record else ""
        action = self.links.step("ring", position)
        dial = self._dial(document, action, step.seconds, caller_id, lanes, asked.about)
        for target in step.targets[:MOST_AT_ONCE]:
            self._noun(dial, target, replace(asked.about, party=Party.agent, user=target.user_id))

    def _forward(self, document: ET.Element, step: Forward, position: Position, asked: Asked) -> None:
        caller_id = step.caller_id or asked.caller or self.settings.number
        action = self.links.step("ring", position)
        dial = self._dial(document, action, step.seconds, caller_id, "ca" if step.record else "", asked.about)
        target = Target(kind="number", address=step.number)
        self._noun(dial, target, replace(asked.about, party=Party.outside), confirm=False)

    def _call_out(self, document: ET.Element, step: Dial, asked: Asked) -> None:
        about = replace(asked.about, order=step.call_id, number=step.number)
        caller_id = step.caller_id or self.settings.number
        action = self.links.step("done", about=about)
        dial = self._dial(document, action, step.seconds, caller_id, "ac" if step.record else "", about)
        customer = replace(about, party=Party.contact)
        target = Target(kind="number", address=step.number)
        self._noun(dial, target, customer, confirm=False, detect_machine=self.settings.recognise_machines)

    def _message(self, document: ET.Element, step: TakeMessage, position: Position, asked: Asked) -> None:
        add(
            document,
            "Record",
            action=self.links.step("message", position),
            method="POST",
            maxLength=step.seconds,
            finishOnKey=step.finish_key or None,
            playBeep=True,
            timeout=5,
            recordingStatusCallback=self.links.tell("recording", asked.about, kind="voicemail"),
            recordingStatusCallbackEvent="in-progress completed absent",
        )
        # Twilio comes here only where nothing was recorded at all.
        add(document, "Redirect", self.links.step("message", position), method="POST")

    # --- parts

    def _dial(
        self, document: ET.Element, action: str, seconds: int, caller_id: str, lanes: str, about: About
    ) -> ET.Element:
        recorded = {
            "record": "record-from-answer-dual",
            "recordingStatusCallback": self.links.tell("recording", replace(about, party=None, user=None), lanes=lanes),
            "recordingStatusCallbackEvent": "in-progress completed absent",
        }
        return add(
            document,
            "Dial",
            action=action,
            method="POST",
            answerOnBridge=True,
            timeout=max(5, min(seconds, _LONGEST_RING)),
            callerId=caller_id,
            **(recorded if lanes else {}),
        )

    def _noun(
        self,
        dial: ET.Element,
        target: Target,
        about: About,
        *,
        confirm: bool = True,
        detect_machine: bool = False,
    ) -> None:
        asks = confirm and target.kind == "number" and self.settings.confirm_phone
        callback = self.links.tell("leg", about, **({"kind": "confirm"} if asks else {}))
        told = {"statusCallback": callback, "statusCallbackEvent": LEG_EVENTS}
        match target.kind:
            case "browser":
                client = add(dial, "Client", **told)
                add(client, "Identity", target.address)
                add(client, "Parameter", name="call", value=about.call)
            case "number":
                screen = self.links.step("confirm", about=about, kind="confirm") if asks else ""
                machine = {
                    "machineDetection": "Enable",
                    "amdStatusCallback": self.links.tell("machine", about),
                }
                add(dial, "Number", target.address, url=screen, **told, **(machine if detect_machine else {}))
            case "endpoint":
                add(dial, "Sip", target.address, **told)

    def _confirm(self, document: ET.Element, action: str) -> None:
        gather = _gather(document, action, digits=1, seconds=8)
        add(gather, "Say", _CONFIRM, language="en", voice=self.settings.voice)


def _gather(document: ET.Element, action: str, *, digits: int, seconds: int) -> ET.Element:
    gather = add(
        document,
        "Gather",
        input="dtmf",
        action=action,
        method="POST",
        numDigits=max(digits, 1),
        timeout=max(seconds, 1),
        actionOnEmptyResult=True,
    )
    gather.set("finishOnKey", "")  # # is a key like any other
    return gather


def notice_query(prompt: Prompt) -> dict[str, str]:
    """Return a prompt as parameters of an address; its text at most so long that every server takes it."""
    said = {"file": prompt.file, "voice": prompt.voice, "language": prompt.language, "text": prompt.text.strip()[:500]}
    return {name: value for name, value in said.items() if value}


def notice_of(query: Mapping[str, str]) -> Prompt:
    """Return the prompt of such parameters."""
    return Prompt(**{name: query[name] for name in ("file", "voice", "language", "text") if name in query})


def shown_number(caller: str, settings: TwilioVoiceSettings) -> str:
    """Return the caller's number as devices may show it; "" if withheld."""
    return "" if settings.hides(caller) else number_of(caller)
