"""Makes transcripts one after the other, and takes numbers out of them and of the sound; a loop and no rules."""

import asyncio

import structlog

from hub.domain.review.content import Work, WorkKind
from hub.ports.transcripts import TranscriptEngine
from hub.runtime.notices import Notices
from hub.runtime.recordings_worker import GATHER, LOOK_EVERY, WORK_TRIES
from hub.services.recordings.means import Means
from hub.services.transcripts import making
from hub.services.transcripts.making import Making

log = structlog.get_logger(__name__)


class TranscriptsWorker:
    """The loop of transcripts. Without an engine it only takes numbers out of transcripts that are there."""

    def __init__(self, *, means: Means, engine: TranscriptEngine | None, language: str, notices: Notices) -> None:
        self._means = means
        self._making = None if engine is None else Making(means=means, engine=engine, language=language)
        self._notices = notices
        self._kinds = [WorkKind.redact] if engine is None else [WorkKind.redact, WorkKind.transcribe]

    async def run(self) -> None:
        """Work until cancelled. What was under way is done again."""
        while True:
            rings = self._notices.rings
            try:
                while await self.work_once():
                    pass
            except Exception:
                log.exception("transcripts to make could not be read; trying again")
            await self._notices.wait(rings, LOOK_EVERY)
            await asyncio.sleep(GATHER)

    async def work_once(self) -> bool:
        """Do one thing that is due; False if nothing is."""
        now = self._means.now()
        async with self._means.storage.read() as uow:
            if not await uow.recordings.claim_work(self._kinds, now, until=now, limit=1):
                return False
        async with self._means.storage.begin() as uow:
            works = await uow.recordings.claim_work(self._kinds, now, until=now + making.HELD, limit=1)
        for work in works:
            await self._do(work)
        return bool(works)

    async def _do(self, work: Work) -> None:
        try:
            if work.kind is WorkKind.redact:
                await making.redact_again(self._means, work)
            elif self._making is not None:
                await making.transcribe(self._making, work)
        except Exception as error:
            log.exception("work on a transcript failed", recording=str(work.recording_id), work=work.kind.value)
            due = self._means.now() + self._means.backoff.wait(work.attempts, self._means.chance())
            async with self._means.storage.begin() as uow:
                if work.attempts >= WORK_TRIES:
                    await uow.recordings.end_work(work.recording_id, work.kind)
                else:
                    await uow.recordings.retry_work(work, at=due, words=str(error) or type(error).__name__)
