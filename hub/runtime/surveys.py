"""The job that says what surveys owe: questions, wishes for words, thanks."""

from datetime import datetime, timedelta

from hub.ports import Storage
from hub.runtime.accounts import Accounts
from hub.runtime.scheduler import Job

EVERY = timedelta(seconds=2)


def survey_job(storage: Storage, accounts: Accounts, *, public_url: str, key: bytes) -> Job:
    """Return the job. `public_url` is the address customers reach, empty where they reach none."""

    async def say(now: datetime) -> int:
        # Not at the top: the start of a hub need not wait for it.
        from hub.runtime.bots import sender
        from hub.services.surveys.asking import Asking, say_due
        from hub.services.surveys.links import RatingLinks

        links = RatingLinks(public_url=public_url, key=key) if public_url else None
        return await say_due(
            Asking(storage=storage, sender=lambda channel: sender(accounts, channel), links=links), now
        )

    return Job("say what surveys owe", EVERY, say)
