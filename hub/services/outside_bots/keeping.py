"""Keeps the bots outside: a new one gets a token of its own and a secret that signs what it is told."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import UserId
from hub.domain.outside_bots import OutsideBot, OutsideBotId
from hub.domain.user import Action
from hub.ports import UnitOfWork
from hub.services import logins
from hub.services.unset import UNSET, Unset

BOTS_LIMIT = 50
SECRET_PREFIX = "hubbot_"  # noqa: S105 - a mark by which secret scanners know it, not a secret
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(minutes=10)
NAME_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    name: str | Unset = UNSET
    url: str | Unset = UNSET
    ack_within: timedelta | Unset = UNSET
    answer_within: timedelta | Unset = UNSET
    active: bool | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBot:
    """A bot and its secrets, which are told once; None where an earlier call of the same id made it."""

    bot: OutsideBot
    token: str | None = field(repr=False)
    secret: str | None = field(repr=False)


async def create(
    uow: UnitOfWork,
    *,
    id: OutsideBotId,  # noqa: A002 - the word of every record
    name: str,
    url: str = "",
    ack_within: timedelta,
    answer_within: timedelta,
    by: UserId | None,
    now: datetime,
) -> NewBot:
    """Add a bot. Repeating the call gives the stored one without its secrets. Raises Invalid, Conflict."""
    known = await uow.outside_bots.get(id)
    if known is not None:
        return NewBot(bot=known, token=None, secret=None)
    if len(await uow.outside_bots.all()) >= BOTS_LIMIT:
        raise Conflict(f"There are {BOTS_LIMIT} bots already. Delete one that is not needed.")
    secret = SECRET_PREFIX + secrets.token_urlsafe(32)
    bot = _tidy(
        OutsideBot(
            id=id,
            name=name,
            token_id="",
            url=url,
            secret=secret,
            ack_within=ack_within,
            answer_within=answer_within,
            created_at=now,
            created_by=by,
        )
    )
    token = await _token(uow, bot, by, now)
    bot = replace(bot, token_id=token.token.id)
    await uow.outside_bots.save(bot)
    uow.note(Change(kind=ChangeKind.bots_changed, subject_id=bot.id))
    return NewBot(bot=bot, token=token.secret, secret=secret)


async def change(uow: UnitOfWork, bot_id: OutsideBotId, edit: Edit) -> OutsideBot:
    """Edit a bot or switch it on or off. Raises NotFound, Invalid."""
    before = await get(uow, bot_id)
    wanted = {name: value for name in Edit.__dataclass_fields__ if not isinstance(value := getattr(edit, name), Unset)}
    after = _tidy(replace(before, **wanted))
    await uow.outside_bots.save(after)
    uow.note(Change(kind=ChangeKind.bots_changed, subject_id=bot_id))
    return after


async def renew(uow: UnitOfWork, bot_id: OutsideBotId, *, by: UserId | None, now: datetime) -> NewBot:
    """Give a bot a new token and a new secret; the old ones end at once. Raises NotFound."""
    before = await get(uow, bot_id)
    token = await _token(uow, before, by, now)
    secret = SECRET_PREFIX + secrets.token_urlsafe(32)
    after = replace(before, token_id=token.token.id, secret=secret)
    await uow.outside_bots.save(after)
    await uow.users.revoke_token(before.token_id)
    return NewBot(bot=after, token=token.secret, secret=secret)


async def delete(uow: UnitOfWork, bot_id: OutsideBotId) -> None:
    """Delete a bot, its token and the log of what it was told. What it speaks in goes to humans. Raises NotFound."""
    bot = await get(uow, bot_id)
    await uow.outside_bots.delete(bot_id)
    await uow.users.revoke_token(bot.token_id)
    uow.note(Change(kind=ChangeKind.bots_changed, subject_id=bot_id))


async def get(uow: UnitOfWork, bot_id: OutsideBotId) -> OutsideBot:
    """Return a bot. Raises NotFound."""
    found = await uow.outside_bots.get(bot_id)
    if found is None:
        raise NotFound("There is no such bot; it may have been deleted.")
    return found


async def of_token(uow: UnitOfWork, token_id: str | None) -> OutsideBot:
    """Return the bot that calls with a token. Raises NotFound."""
    found = await uow.outside_bots.by_token(token_id) if token_id is not None else None
    if found is None or not found.active:
        raise NotFound("No active bot calls with this token. An admin makes bots in the settings.")
    return found


async def _token(uow: UnitOfWork, bot: OutsideBot, by: UserId | None, now: datetime) -> logins.NewToken:
    return await logins.create_token(
        uow, name=f"Bot: {bot.name}"[:NAME_LIMIT], actions=(Action.bots_speak,), by=by, now=now
    )


def _tidy(bot: OutsideBot) -> OutsideBot:
    name = " ".join(bot.name.split())
    if not 1 <= len(name) <= NAME_LIMIT:
        raise Invalid(f"Give the bot a name of 1 to {NAME_LIMIT} characters; colleagues see it.")
    for span in (bot.ack_within, bot.answer_within):
        if not SHORTEST <= span <= LONGEST:
            raise Invalid("A bot is given from 2 seconds to 10 minutes.")
    return replace(bot, name=name, url=_url(bot.url))


def _url(url: str) -> str:
    tidy = url.strip()
    if not tidy:
        return ""
    try:
        parts = urlsplit(tidy)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if not complete or len(tidy) > 2000 or parts.username is not None or any(ord(c) <= 32 for c in tidy):
        raise Invalid("The address of a bot looks like https://example.com/bot, without user name and password.")
    return tidy
