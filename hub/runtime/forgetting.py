"""Timed jobs that forget what is kept for a while only: questions to bots, the assistant's log, what bots were told."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from hub.ports import Storage, UnitOfWork
from hub.runtime.scheduler import BATCH, Job

QUESTIONS_KEPT = timedelta(days=90)
CALLS_KEPT = timedelta(days=90)
EVENTS_KEPT = timedelta(days=30)

Forget = Callable[[UnitOfWork, datetime, int], Awaitable[int]]


def forgetting_jobs(storage: Storage) -> Sequence[Job]:
    """Return the jobs, each a bounded step at a time."""

    def job(name: str, kept: timedelta, forget: Forget) -> Job:
        async def run(now: datetime) -> int:
            total = 0
            while True:
                async with storage.begin() as uow:
                    count = await forget(uow, now - kept, BATCH)
                total += count
                if count < BATCH:
                    return total

        return Job(name, timedelta(hours=6), run)

    return (
        job("forget questions to bots", QUESTIONS_KEPT, lambda uow, at, most: uow.articles.forget_questions(at, most)),
        job("forget the assistant's log", CALLS_KEPT, lambda uow, at, most: uow.assistant.forget_calls(at, most)),
        job("forget what bots were told", EVENTS_KEPT, lambda uow, at, most: uow.outside_bots.forget(at, most)),
    )
