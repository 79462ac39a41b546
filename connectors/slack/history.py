"""Looks for what Slack has since a time: messages, answers in threads, and who the people are.

https://docs.slack.dev/reference/methods/conversations.history · …/conversations.replies. A call that Slack asks to wait
with is waited out: nobody is in a hurry here.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors._lib.loose_json import Json, flag, inner, objects, text, whole
from connectors.slack.client import Answer, Client, Refused
from connectors.slack.ids import is_id, is_ts, ts_of
from connectors.slack.roles import Envelope, Rules
from hub.contract import RawEvent

HISTORY = "history"
DIRECTORY = "directory"
_PEOPLE = ("U", "W")
"""How ids of people begin: https://docs.slack.dev/reference/objects/user-object."""

_KINDS = {"public_channel": "channels", "private_channel": "groups", "mpim": "mpim", "im": "im"}
"""Kinds of conversations, and how the scopes to list and read them begin."""
_LONGEST_WAIT = 120.0
_MOST_PAGES = 200
_SWEEP_EVERY = timedelta(minutes=30)
"""How often threads that began before the time asked for are looked into, too: that reads days of every channel."""
_OVERLAP = timedelta(minutes=10)
_FORGET_AFTER = timedelta(hours=24)
_NOT_OURS = frozenset({"not_in_channel", "channel_not_found", "is_archived", "access_denied", "thread_not_found"})
"""Meanwhile we were put out of the channel, or it is gone: there is nothing to find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """How far one look reaches back, as Slack writes times."""

    oldest: str
    """For messages."""
    roots: str
    """For the messages that threads hang on."""
    answers: str
    """For answers in those threads."""


class Directory:
    """Whom this process asked about lately: a cache, so that each person is asked about once a day."""

    def __init__(self) -> None:
        self._asked: dict[str, datetime] = {}

    def is_new(self, ident: str, now: datetime) -> bool:
        """Tell whether to ask about somebody, and remember it."""
        asked = self._asked.get(ident)
        if asked is not None and now - asked < _FORGET_AFTER:
            return False
        self._asked[ident] = now
        return True

    def forget(self, ident: str) -> None:
        """Ask again next time: it did not work."""
        self._asked.pop(ident, None)


class History:
    """The history of one app in one workspace."""

    def __init__(
        self,
        client: Client,
        rules: Rules,
        *,
        now: Callable[[], datetime],
        page: int,
        threads: timedelta,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._rules = rules
        self._now = now
        self._page = page
        self._threads = threads
        self._pause = pause
        self._directory = Directory()
        self._swept_at: datetime | None = None
        self._team = ""
        """Our workspace, once it was asked for."""

    async def since(self, at: datetime) -> AsyncIterator[RawEvent]:
        """Yield every message since then, each as the Events API would have told it, and who wrote them.

        Raises SlackError.
        """
        answer = await self._call("auth.test", {})
        me, kinds = answer.body, _readable(answer.scopes)
        installed = {"team_id": text(me, "team_id"), "enterprise_id": text(me, "enterprise_id") or None}
        around: dict[str, object] = {
            "type": "event_callback",
            "team_id": text(me, "team_id"),
            "api_app_id": text(me, "app_id"),
            "authorizations": [{**installed, "user_id": text(me, "user_id"), "is_bot": True}],
        }
        now, swept = self._now(), self._swept_at
        sweeps = swept is None or now - swept >= _SWEEP_EVERY
        window = _Window(
            oldest=ts_of(at),
            roots=ts_of(min(at, now - self._threads) if sweeps else at),
            answers=ts_of(min(at, swept - _OVERLAP) if sweeps and swept is not None else at),
        )
        async for channel in self._channels(kinds):
            shared = flag(channel, "is_ext_shared")
            known = {**around, "is_ext_shared_channel": shared}
            named = False
            async for message in self._messages(text(channel, "id"), window):
                event = {**message, "channel": text(channel, "id"), "channel_type": _type_of(channel)}
                yield self._raw(HISTORY, {**known, "event": event})
                if not named:
                    named = True
                    async for note in self._channel_note(channel):
                        yield note
                async for note in self._people_notes(event, known, text(me, "team_id")):
                    yield note
        if sweeps:
            self._swept_at = now

    async def _channels(self, kinds: str) -> AsyncIterator[Json]:
        if not kinds:
            return
        asked = {"types": kinds, "exclude_archived": True, "limit": 200}
        async for body in self._pages("users.conversations", asked):
            for channel in objects(body, "channels"):
                if is_id(text(channel, "id")):
                    yield channel

    async def _messages(self, channel: str, window: "_Window") -> AsyncIterator[Json]:
        """Yield a conversation's messages, and the answers in its threads."""
        asked = {"channel": channel, "oldest": window.roots, "inclusive": True, "limit": self._page}
        try:
            async for body in self._pages("conversations.history", asked):
                for message in objects(body, "messages"):
                    if _is_since(message, "ts", window.oldest):
                        yield message
                    if whole(message, "reply_count") and _is_since(message, "latest_reply", window.answers):
                        async for answer in self._answers(channel, text(message, "ts"), window.answers):
                            yield answer
        except Refused as error:
            if error.code not in _NOT_OURS:
                raise

    async def _answers(self, channel: str, root: str, oldest: str) -> AsyncIterator[Json]:
        asked = {"channel": channel, "ts": root, "oldest": oldest, "limit": self._page}
        async for body in self._pages("conversations.replies", asked):
            for message in objects(body, "messages"):
                if text(message, "ts") != root and _is_since(message, "ts", oldest):
                    yield message

    async def _channel_note(self, channel: Json) -> AsyncIterator[RawEvent]:
        """Note a channel's name; a direct talk has none."""
        ident = text(channel, "id")
        if text(channel, "name") and not flag(channel, "is_im") and self._directory.is_new(ident, self._now()):
            kept = {name: channel[name] for name in ("id", "name", "is_mpim") if name in channel}
            yield self._raw(DIRECTORY, {"channel": kept})

    async def _people_notes(self, event: Json, around: Mapping[str, object], team: str) -> AsyncIterator[RawEvent]:
        """Note who wrote a message, if it was a customer: our own people need no contact."""
        user = text(event, "user")
        envelope = Envelope.of(around, self._rules)
        direct = text(event, "channel_type") == "im"
        machine = text(event, "bot_id") or text(event, "subtype") == "bot_message"
        if not is_id(user) or machine or envelope.is_own(event):
            return
        if (not direct and envelope.is_staff(event)) or not self._directory.is_new(user, self._now()):
            return
        if note := await self._person_note(user, team):
            yield note

    async def who_is(self, user: str) -> RawEvent | None:
        """Return a note about a person, None if Slack names nobody. Raises SlackError."""
        if not is_id(user) or not user.startswith(_PEOPLE):
            return None
        if not self._team:
            self._team = text((await self._call("auth.test", {})).body, "team_id")
        self._directory.is_new(user, self._now())
        return await self._person_note(user, self._team)

    async def _person_note(self, user: str, team: str) -> RawEvent | None:
        try:
            body = (await self._call("users.info", {"user": user, "include_locale": True})).body
        except Refused as error:
            # a name is not worth stopping for; without the scope the wizard says so
            if error.code not in {"user_not_found", "user_not_visible", "missing_scope"}:
                self._directory.forget(user)
                raise
            return None
        found = inner(body, "user")
        return self._raw(DIRECTORY, {"team_id": team, "user": found}) if found else None

    async def _pages(self, method: str, asked: Mapping[str, object]) -> AsyncIterator[Json]:
        cursor = ""
        for _ in range(_MOST_PAGES):
            body = (await self._call(method, {**asked, **({"cursor": cursor} if cursor else {})})).body
            yield body
            cursor = text(inner(body, "response_metadata"), "next_cursor")
            if not cursor:
                return

    async def _call(self, method: str, values: Mapping[str, object]) -> Answer:
        while True:
            try:
                return await self._client.call(method, values)
            except Refused as error:
                wait = error.after.total_seconds() if error.after else 0.0
                if error.code != "ratelimited" or wait > _LONGEST_WAIT:
                    raise
                await self._pause(wait)

    def _raw(self, kind: str, body: Mapping[str, object]) -> RawEvent:
        written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return RawEvent(kind=kind, body=written, received_at=self._now(), recovered=kind == HISTORY)


def _readable(scopes: frozenset[str] | None) -> str:
    """Return the kinds of conversations the token may list and read; all if the server does not say what it may."""
    return ",".join(
        kind for kind, scope in _KINDS.items() if scopes is None or scopes >= {f"{scope}:read", f"{scope}:history"}
    )


def _is_since(message: Json, name: str, oldest: str) -> bool:
    """Tell whether a `ts` of a message is not before another; one that Slack left out may be."""
    ts = text(message, name)
    return float(ts) >= float(oldest) if is_ts(ts) else name != "ts"


def _type_of(channel: Json) -> str:
    for name, kind in (("is_im", "im"), ("is_mpim", "mpim"), ("is_private", "group")):
        if flag(channel, name):
            return kind
    return "channel"
