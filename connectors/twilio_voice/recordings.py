"""Fetches recordings from Twilio and, if the settings say so, deletes them there once the hub has them."""

from collections.abc import AsyncIterator
from datetime import timedelta

from connectors._lib.twilio_failures import Refused, TwilioFailure
from connectors._lib.twilio_media import MediaStore
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.failures import fetch_error
from connectors.twilio_voice.recording_news import ABSENT
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import FetchFailed, RetryLater
from hub.domain.ids import ExternalId

_GONE = "The recording is no longer at Twilio: it was deleted there."
_SOON = "Twilio has not finished the recording yet."


class Recordings:
    """The recordings of one number."""

    def __init__(self, api: TwilioVoiceApi, media: MediaStore, settings: TwilioVoiceSettings) -> None:
        self._api = api
        self._media = media
        self._settings = settings

    async def stream(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a recording as WAV with both channels. Raises RetryLater, FetchFailed, CredentialsRefused."""
        settings = self._settings
        base = f"{settings.api_url}/2010-04-01/Accounts/{settings.account_sid}/Recordings/{source}"
        try:
            # both channels: https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-media-file
            async for piece in self._media.stream(f"{base}.wav?RequestedChannels=2", self._api.credentials):
                yield piece
        except Refused as error:
            if error.status not in (404, 410):
                raise fetch_error(error) from None
        except TwilioFailure as error:
            raise fetch_error(error) from None
        else:
            return
        # The file may come seconds after the callback, so its absence alone says nothing.
        raise await self._why_not(source)

    async def delete(self, source: ExternalId) -> None:
        """Delete a recording at Twilio, if the channel is set so. Raises RetryLater, CredentialsRefused."""
        if not self._settings.delete_recordings:
            return
        try:
            await self._api.delete_recording(source)
        except TwilioFailure as error:
            failure = fetch_error(error)
            if isinstance(failure, FetchFailed):
                failure = RetryLater(f"Twilio did not delete the recording: “{error}”.")
            raise failure from None

    async def _why_not(self, source: ExternalId) -> Exception:
        try:
            record = await self._api.recording(source)
        except TwilioFailure as error:
            return fetch_error(error)
        status = str(record.status) if record is not None else "deleted"
        if status == "absent":
            return FetchFailed(ABSENT)
        if status in ("deleted", "failed"):
            return FetchFailed(_GONE if status == "deleted" else "Twilio failed to keep the recording.")
        return RetryLater(_SOON, after=timedelta(seconds=3))
