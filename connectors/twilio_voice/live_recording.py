"""The recording of a live call: found, paused, gone on with, and made anew where the call has moved.

A recording of a `<Dial>` ends with it. In a conference the customer's leg is recorded: it is there as long as the call
is, whoever of us leaves. https://www.twilio.com/docs/voice/api/recording
"""

from typing import Any

from connectors._lib.twilio_failures import Refused
from connectors.twilio_voice.addresses import About, Links
from connectors.twilio_voice.api import TwilioVoiceApi
from hub.contract import LiveCall, Rejected
from hub.domain.ids import ExternalId

_STATES = {"pause": "paused", "resume": "in-progress", "stop": "stopped"}
_CURRENT = "Twilio.CURRENT"
_NOTHING = "Nothing of this call is recorded now."
_OVER = frozenset({"20404", "21220"})


class LiveRecording:
    """What is recorded of one number's calls now. Raises TwilioFailure, Rejected."""

    def __init__(self, api: TwilioVoiceApi, links: Links) -> None:
        self._api = api
        self._links = links

    async def ends_with_dial(self, call: LiveCall, customer: ExternalId) -> bool:
        """Ask Twilio whether what is recorded now ends where the call leaves its `<Dial>`: the hub may not know yet.

        What the API began goes on with its leg, and what is paused stays unrecorded until somebody goes on.
        """
        for leg in dict.fromkeys((call.external_id, customer)):
            for recording in await self._api.recordings_of(leg):
                if recording.status == "in-progress":
                    return str(recording.source) == "DialVerb"
        return False

    async def start(self, call: LiveCall, leg: ExternalId, *, agents: bool = False) -> None:
        """Record what a leg says and hears; `agents` says that it is the agent's."""
        lanes = "ac" if agents else "ca"
        await self._api.record(
            leg,
            recording_channels="dual",
            recording_track="both",
            recording_status_callback=self._links.tell("recording", About(call=call.external_id), lanes=lanes),
            recording_status_callback_event=["in-progress", "completed", "absent"],
        )

    async def change(self, call: LiveCall, customer: ExternalId, change: str) -> None:
        """Pause, resume or stop it; what was paused before the call moved is recorded anew."""
        values: dict[str, Any] = {"status": _STATES[change]}
        if change == "pause":
            # silence, not a cut: the recording's seconds stay those of the call
            values["pause_behavior"] = "silence"
        for leg in dict.fromkeys((call.external_id, customer)):
            try:
                # the one that runs now, of which the hub may not have heard yet
                await self._api.change_recording(leg, _CURRENT, **values)
                return
            except Refused as error:
                if error.status != 404 and error.code not in _OVER:
                    raise
        if change != "resume":
            raise Rejected(_NOTHING)
        await self.start(call, customer)
