"""Tells a bot one event by its webhook: signed, bounded, repeated until its deadline; its answer may hold actions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from hub.domain.errors import HubError
from hub.domain.outside_bots import BotEvent, BotEventState, OutsideBot
from hub.domain.retry import Backoff
from hub.services.as_json import encode
from hub.services.bots.means import Means
from hub.services.hooks import signature
from hub.services.outside_bots.actions import read_actions
from hub.services.outside_bots.speaking import act
from hub.services.outside_bots.telling import acknowledge, body, give_up, has_floor

BACKOFF = Backoff(first=timedelta(seconds=1), longest=timedelta(seconds=15))
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Heard:
    """What a bot's address answered; `status` is None if nobody did, and `error` says why."""

    status: int | None
    content: bytes = b""
    error: str = ""


PostEvent = Callable[[str, bytes, Mapping[str, str], float], Awaitable[Heard]]
"""Guarded POST: `post(url, body, headers, seconds)`. Follows no redirect, never raises."""


async def deliver(means: Means, post: PostEvent, event: BotEvent, chance: Callable[[], float]) -> None:
    """Tell a bot a claimed event once, and do what it answers. Opens the conversation for humans if it cannot."""
    async with means.storage.begin() as uow:
        bot = await uow.outside_bots.get(event.bot_id)
        if bot is None or not bot.active or not await has_floor(uow, event):
            words = "The bot outside is switched off or was deleted."
            await give_up(uow, event, words, means.now())
            return
    told = await body(means.storage, bot, event)
    if told is None:
        return
    content = encode(told)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "interaction-hub",
        "X-Hub-Event": event.kind.value,
        "X-Hub-Delivery": str(event.id),
        "X-Hub-Signature": signature(bot.secret, content, means.now()),
    }
    heard = await post(bot.url, content, headers, max(1.0, bot.ack_within.total_seconds()))
    if heard.status is None or not 200 <= heard.status < 300:
        await _failed(means, bot, event, heard, chance)
        return
    async with means.storage.begin() as uow:
        await acknowledge(uow, bot, event.id, means.now())
    try:
        if doings := read_actions(heard.content):
            await act(means, bot, event.conversation_id, doings)
    except HubError as error:
        # What a bot answers is not its customer's trouble: a human gets the conversation, and is told why.
        async with means.storage.begin() as uow:
            await give_up(uow, event, f"What the bot answered could not be done: {error}", means.now())


async def _failed(means: Means, bot: OutsideBot, event: BotEvent, heard: Heard, chance: Callable[[], float]) -> None:
    words = heard.error or f"Its address answered with status {heard.status}."
    now = means.now()
    async with means.storage.begin() as uow:
        current = await uow.outside_bots.event(event.id)
        if current is None or current.state not in (BotEventState.queued, BotEventState.sent):
            return  # it was acknowledged by a call meanwhile, or is a human's by now
        if heard.status is not None and heard.status not in _PASSING:
            await give_up(uow, event, f"The bot “{bot.name}” cannot be reached. {words}", now)
            return
        attempts = current.attempts + 1
        await uow.outside_bots.record(
            replace(
                current,
                state=BotEventState.sent,
                attempts=attempts,
                next_at=now + BACKOFF.wait(attempts, chance()),
                status=heard.status,
                error=words[:500],
            )
        )
