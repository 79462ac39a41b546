"""What a phone number asks of its Twilio account: calls, conferences, recordings, the app of the browser phone."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from connectors._lib.twilio_account import PAGE, TwilioAccount, read, read_or_none
from connectors._lib.twilio_failures import Unclear

MOST_LISTED = 20_000
"""Calls read in one look; an account that has more in the time of one look is listed by its newest."""


class TwilioVoiceApi(TwilioAccount):
    """The account. Every method raises TwilioFailure (Refused, NotSent, Unclear)."""

    async def place(self, **values: Any) -> str:
        """Create a call and return its SID. `values` are the library's names of the parameters."""
        client = await self.loaded()
        made = await read(client.calls.create_async(**values))
        if not isinstance(made.sid, str) or not made.sid:
            raise Unclear("Twilio took the call, but its answer names no id.")
        return made.sid

    async def change(self, call_sid: str, **values: Any) -> None:
        """Change a live call: `twiml`, `url`, `status`."""
        client = await self.loaded()
        await read(client.calls(call_sid).update_async(**values))

    async def calls(self, **filters: Any) -> AsyncIterator[Any]:
        """Yield calls, newest first: filtered by `to`, `from_`, `parent_call_sid`, `start_time_after`."""
        client = await self.loaded()
        found = await read(client.calls.stream_async(limit=MOST_LISTED, page_size=PAGE, **filters))
        while (call := await read(anext(found, None))) is not None:
            yield call

    async def conference(self, name: str) -> str | None:
        """Return the SID of the live conference of this name."""
        client = await self.loaded()
        found = await read(client.conferences.list_async(friendly_name=name, status="in-progress", limit=1))
        return next((record.sid for record in found), None)

    async def participants(self, conference_sid: str) -> set[str]:
        """Return the calls that take part."""
        client = await self.loaded()
        found = await read(client.conferences(conference_sid).participants.list_async(limit=50))
        return {record.call_sid for record in found}

    async def change_conference(self, conference_sid: str, **values: Any) -> None:
        """Change a conference: what all in it hear."""
        client = await self.loaded()
        await read(client.conferences(conference_sid).update_async(**values))

    async def change_participant(self, conference_sid: str, call_sid: str, **values: Any) -> None:
        """Hold, mute or coach one who takes part."""
        client = await self.loaded()
        await read(client.conferences(conference_sid).participants(call_sid).update_async(**values))

    async def invite(self, conference_sid: str, **values: Any) -> str:
        """Call somebody into a conference; return their call's SID."""
        client = await self.loaded()
        made = await read(client.conferences(conference_sid).participants.create_async(**values))
        return str(made.call_sid)

    async def record(self, call_sid: str, **values: Any) -> None:
        """Record a live call."""
        client = await self.loaded()
        await read(client.calls(call_sid).recordings.create_async(**values))

    async def recordings_of(self, call_sid: str) -> list[Any]:
        """Return the recordings of a call, which may be over."""
        client = await self.loaded()
        return list(await read(client.calls(call_sid).recordings.list_async(limit=50)))

    async def change_recording(self, call_sid: str, recording_sid: str, **values: Any) -> None:
        """Pause, resume or stop a recording that runs."""
        client = await self.loaded()
        await read(client.calls(call_sid).recordings(recording_sid).update_async(**values))

    async def recording(self, sid: str) -> Any | None:
        """Return a recording's record; None if there is none."""
        client = await self.loaded()
        return await read_or_none(client.recordings(sid).fetch_async())

    async def recordings(self, since: datetime) -> AsyncIterator[Any]:
        """Yield the account's recordings made since then, newest first."""
        client = await self.loaded()
        found = await read(client.recordings.stream_async(limit=MOST_LISTED, page_size=PAGE, date_created_after=since))
        while (recording := await read(anext(found, None))) is not None:
            yield recording

    async def delete_recording(self, sid: str) -> None:
        """Delete a recording; one that is gone already is fine."""
        client = await self.loaded()
        await read_or_none(client.recordings(sid).delete_async())

    async def application(self, name: str) -> Any | None:
        """Return the TwiML app of this name."""
        client = await self.loaded()
        found = await read(client.applications.list_async(friendly_name=name, limit=20))
        return next((record for record in found if record.friendly_name == name), None)

    async def application_of(self, sid: str) -> Any | None:
        """Return a TwiML app."""
        client = await self.loaded()
        return await read_or_none(client.applications(sid).fetch_async())

    async def make_application(self, name: str, values: Mapping[str, Any]) -> Any:
        """Make a TwiML app."""
        client = await self.loaded()
        return await read(client.applications.create_async(friendly_name=name, **values))
