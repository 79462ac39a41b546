"""Gives bots their turns: reads what customers said, walks the flows on, speaks and stores, all in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from hub.domain.botflow.courtesy import is_courtesy
from hub.domain.botflow.effects import CountHelp, HandOver, Reason
from hub.domain.botflow.flow import Flow, FlowFault, Hours
from hub.domain.botflow.happenings import Begun, Due, Happening, Said
from hub.domain.botflow.interpreter import BUDGET, advance
from hub.domain.botflow.position import End, Phase, Position
from hub.domain.botflow.reading import read_flow
from hub.domain.botflow.records import BotRule, BotRun, FlowId, RunId, StepCount, Wake
from hub.domain.botflow.speaking import Lock, Speaker
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.errors import CannotSend, HubError, Invalid
from hub.domain.ids import ChannelId, ContactId, ConversationId
from hub.ports import UnitOfWork
from hub.ports.bots import Spoken
from hub.services import conversations, noting
from hub.services.bots import handing
from hub.services.bots.effects import carry_out
from hub.services.bots.means import Means
from hub.services.bots.rules import fitting
from hub.services.bots.talking import Asked, Talking, opened_now
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.outside_bots import telling

log = structlog.get_logger(__name__)

FLOWS_KEPT = 500
THANKS_WITHIN = timedelta(hours=12)
"""How long after a bot's goodbye a mere thank-you is taken for the end of that talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A look-up to be carried out after the commit; its result comes back to the run."""

    conversation_id: ConversationId
    contact_id: ContactId
    channel_id: ChannelId
    run_id: RunId
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What a batch of turns came to."""

    count: int = 0
    calls: tuple[Call, ...] = ()
    helped: tuple[CountHelp, ...] = ()


@dataclass(slots=True)
class Library:
    """Flows at work, as the interpreter reads them. Versions never change, so they are read once."""

    flows: dict[tuple[FlowId, int], Flow] = field(default_factory=dict)
    _published: Mapping[FlowId, tuple[str, int]] | None = None
    _rules: Sequence[BotRule] | None = None

    def begin(self) -> None:
        """Forget what only one transaction may rely on."""
        self._published = self._rules = None

    async def published(self, uow: UnitOfWork) -> Mapping[FlowId, tuple[str, int]]:
        """Return the flows at work, read once in a transaction."""
        if self._published is None:
            self._published = await uow.bots.published()
        return self._published

    async def rules(self, uow: UnitOfWork) -> Sequence[BotRule]:
        """Return the active rules, read once in a transaction."""
        if self._rules is None:
            self._rules = await uow.bots.rules(active=True)
        return self._rules

    async def flow(self, uow: UnitOfWork, flow_id: FlowId, number: int) -> Flow:
        """Return a version of a flow. Raises FlowFault."""
        found = self.flows.get((flow_id, number))
        if found is not None:
            return found
        version = await uow.bots.version(flow_id, number)
        if version is None:
            raise FlowFault("The flow was deleted.")
        try:
            found = read_flow(version.graph)
        except Invalid as error:
            raise FlowFault(f"The flow cannot be read: {error}") from error
        if len(self.flows) >= FLOWS_KEPT:
            self.flows.clear()
        self.flows[flow_id, number] = found
        return found


async def take_turns(
    means: Means,
    library: Library,
    ids: Collection[ConversationId],
    *,
    told: Mapping[ConversationId, tuple[RunId, Happening]] | None = None,
) -> Turned:
    """Give the bots of these conversations their turns. All or nothing; who fails is run alone by the caller.

    `told` brings results of look-ups to the runs that wait for them. Exactly once: the messages a turn reads are taken
    away in the transaction that stores what it did.
    """
    library.begin()
    # What a power cut undoes is done again: the messages are unread then, and nothing goes out before the outbox's own
    # durable commit. So no turn waits for the disk.
    async with means.storage.begin(durable=False) as uow:
        now = means.now()
        table = await open_table(uow, means, ids, now)
        for talking, wakes in table:
            result = (told or {}).get(talking.conversation.id)
            await _turn(uow, library, talking, wakes, result)
        await close_table(uow, [talking for talking, _ in table])
    calls = [
        Call(
            conversation_id=talking.conversation.id,
            contact_id=talking.contact.id,
            channel_id=talking.conversation.channel_id,
            run_id=talking.run.id,
            asked=asked,
        )
        for talking, _ in table
        if talking.run is not None and talking.run.ended_at is None
        for asked in talking.asked
    ]
    helped = [one for talking, _ in table for one in talking.helped]
    return Turned(count=len(table), calls=tuple(calls), helped=tuple(helped))


async def open_table(
    uow: UnitOfWork, means: Means, ids: Collection[ConversationId], now: datetime
) -> list[tuple[Talking, Sequence[Wake]]]:
    """Read and lock all that the turns need, in a handful of statements."""
    talks = await uow.bots.conversations(ids)
    locks = await uow.speakers.some(talks)
    wakes = await uow.bots.take_wakes(talks)
    going = await uow.bots.going(talks)
    owners = await uow.bots.owners({talk.contact_point_id for talk in talks.values()})
    table = []
    for key in ids:
        talk = talks.get(key)
        owner = owners.get(talk.contact_point_id) if talk is not None else None
        if talk is None or owner is None:
            continue
        talking = Talking(
            means=means,
            conversation=talk,
            lock=locks.get(key) or Lock(conversation_id=key),
            point=owner[0],
            contact=owner[1],
            sender=means.sender(talk.channel_id),
            now=now,
            run=going.get(key),
        )
        table.append((talking, wakes.get(key, ())))
    return table


async def _turn(
    uow: UnitOfWork,
    library: Library,
    talking: Talking,
    wakes: Sequence[Wake],
    told: tuple[RunId, Happening] | None,
) -> None:
    run = talking.run
    if run is None:
        if wakes:
            await _begin(uow, library, talking, wakes)
        return
    if talking.lock.speaker is not Speaker.bot or talking.lock.turn != run.turn:
        talking.run = replace(run, ended_at=talking.now, end=End.taken.value)
        return
    for happening in _happenings(run, wakes, told, talking.now):
        await walk(uow, library, talking, happening)


def _happenings(
    run: BotRun, wakes: Sequence[Wake], told: tuple[RunId, Happening] | None, now: datetime
) -> list[Happening]:
    """Return what happened to a run, in order."""
    heard: list[tuple[datetime, Happening]] = [
        (wake.at, Said(text=wake.text, files=wake.files, at=wake.at)) for wake in wakes
    ]
    due = run.position.due_at
    if due is not None and due <= now:
        heard.append((due, Due()))
    if told is not None and told[0] == run.id:
        heard.append((now, told[1]))
    return [happening for _, happening in sorted(heard, key=lambda pair: pair[0])]


async def _begin(uow: UnitOfWork, library: Library, talking: Talking, wakes: Sequence[Wake]) -> None:
    """Begin a run if a rule says so. Several messages before the first word of the bot are one."""
    if not any(wake.fresh for wake in wakes) and await telling.tell(uow, talking, wakes):
        return
    if await _only_thanks(uow, talking, wakes):
        return
    published = await library.published(uow)
    rule = await fitting(uow, talking, wakes, await library.rules(uow), published)
    if rule is None:
        await telling.tell(uow, talking, wakes)
        return
    await give_rule(uow, talking, rule)
    if rule.flow_id is None:
        await telling.tell(uow, talking, wakes)
        return
    talking.flow_name, version = published[rule.flow_id]
    talking.run = new_run(talking, rule.flow_id, version)
    text = "\n".join(wake.text for wake in wakes if wake.text)
    files = tuple(name for wake in wakes for name in wake.files)
    await walk(uow, library, talking, Said(text=text, files=files, at=wakes[-1].at))


async def _only_thanks(uow: UnitOfWork, talking: Talking, wakes: Sequence[Wake]) -> bool:
    """Leave a talk closed that a bot ended and the customer thanks for: no second greeting, and nobody's work."""
    if talking.lock.speaker is not Speaker.nobody or talking.lock.turn == 0:
        return False
    if not all(is_courtesy(wake.text) and not wake.files for wake in wakes):
        return False
    last = await uow.bots.run_of(talking.conversation.id)
    if last is None or last.end != End.closed.value or last.ended_at is None:
        return False
    if talking.now - last.ended_at > THANKS_WITHIN:
        return False
    edit = Edit(state=ConversationState.resolved)
    await conversations.change(uow, talking.conversation.id, edit, by=None, now=talking.now)
    return True


async def give_rule(uow: UnitOfWork, talking: Talking, rule: BotRule) -> None:
    """Give the word to the bot a rule names."""
    bot = rule.bot or f"flow:{rule.flow_id}"
    talking.lock = await uow.speakers.give(talking.conversation.id, Speaker.bot, bot=bot, by=None, at=talking.now)


def new_run(talking: Talking, flow_id: FlowId, version: int, position: Position | None = None) -> BotRun:
    """Return a run that begins now."""
    return BotRun(
        id=RunId(new_id()),
        conversation_id=talking.conversation.id,
        flow_id=flow_id,
        version=version,
        position=position or Position(),
        turn=talking.lock.turn,
        reopens=talking.conversation.reopen_count,
        begun_at=talking.now,
    )


async def walk(uow: UnitOfWork, library: Library, talking: Talking, happening: Happening) -> None:
    """Walk a run on by one happening, through other flows if it leads there, within one budget."""
    budget = BUDGET
    step: Happening | None = happening
    while step is not None and talking.run is not None and talking.run.ended_at is None:
        run = talking.run
        try:
            flow = await library.flow(uow, run.flow_id, run.version)
            calendars = {one.calendar for one in flow.steps.values() if isinstance(one, Hours)}
            if calendars and not talking.opened:
                talking.opened = await opened_now(talking.means, uow, talking.conversation, calendars)
            moved = advance(flow, run.position, step, now=talking.now, tools=talking.tools(), budget=budget)
            talking.mark(run.flow_id, run.version, moved.marks)
            talking.run = replace(run, position=moved.position)
            following = await carry_out(uow, talking, moved.effects)
        except (FlowFault, CannotSend) as error:
            # Nothing more can be said: a human has to.
            talking.hand = HandOver(reason=Reason.fault, words=str(error))
            talking.run = replace(talking.run, position=replace(talking.run.position, phase=Phase.over, due_at=None))
            following = None
        budget -= moved.spent if following is not None else 0
        step = None
        if following is not None:
            step = await _follow(uow, talking, following)
        _end(talking)


async def _follow(uow: UnitOfWork, talking: Talking, following: FlowId) -> Begun | None:
    """Go on in another flow; one that is not published ends with a human."""
    published = (await uow.bots.published()).get(following)
    run = talking.run
    if run is None or published is None:
        talking.hand = HandOver(reason=Reason.fault, words="The flow leads to another one that is not published.")
        return None
    talking.run = replace(run, flow_id=following, version=published[1])
    return Begun()


def _end(talking: Talking) -> None:
    run = talking.run
    if run is None:
        return
    if talking.hand is not None:
        talking.run = handing.ended(run, talking.hand, talking.now)
    elif talking.closes:
        talking.run = replace(run, ended_at=talking.now, end=End.closed.value)


async def close_table(uow: UnitOfWork, table: Sequence[Talking]) -> None:
    """Write what the turns said and did: the words first, since whoever hands over has no word afterwards."""
    for talking in table:
        if talking.closes and talking.spoken:
            talking.spoken[-1] = _resolving(talking.spoken[-1])
    spoken = [one for talking in table for one in talking.spoken]
    listed = {t.conversation.id: (t.conversation, _as_listed(t)) for t in table if t.listed is not None}
    if spoken:
        refused = await uow.bots.say(spoken, listed)
        if refused:
            raise HubError("A bot lost its turn although its conversation was locked.")
    for one in spoken:
        entry = one.interaction
        uow.note(
            noting.entry_added(entry),
            noting.conversation_changed(entry.conversation_id),
            noting.delivery_changed(one.delivery, entry.conversation_id),
        )
    await uow.bots.save_runs([talking.run for talking in table if talking.run is not None])
    counts = [count for talking in table for count in talking.counts.values()]
    if counts:
        await uow.bots.count(_added_up(counts))
    for talking in table:
        await _leave(uow, talking)


def _resolving(spoken: Spoken) -> Spoken:
    """Return last words that resolve their conversation once the provider took them."""
    entry = spoken.interaction
    return replace(spoken, interaction=replace(entry, data={**entry.data, "resolve": True}))


def _as_listed(talking: Talking) -> Conversation:
    shown = talking.listed or talking.conversation
    return replace(
        talking.conversation, last_at=shown.last_at, last_preview=shown.last_preview, last_author=shown.last_author
    )


def _added_up(counts: Sequence[StepCount]) -> Sequence[StepCount]:
    """Return one count for each step."""
    total: dict[tuple[FlowId, int, str], StepCount] = {}
    for one in counts:
        key = (one.flow_id, one.version, one.step)
        known = total.get(key)
        total[key] = (
            one
            if known is None
            else replace(
                known,
                entered=known.entered + one.entered,
                left=known.left + one.left,
                handed_over=known.handed_over + one.handed_over,
            )
        )
    return tuple(total.values())


async def _leave(uow: UnitOfWork, talking: Talking) -> None:
    """Give the word away where a run ended: to humans with all that was learned, or to nobody."""
    if talking.hand is None and not talking.closes and not talking.troubles:
        return
    conversation = await uow.conversations.get(talking.conversation.id)
    if conversation is None:
        return
    if talking.hand is not None:
        hand = talking.hand
        if talking.run is not None and not talking.flow_name:
            talking.flow_name = (await uow.bots.published()).get(talking.run.flow_id, ("", 0))[0]
        words = "\n".join((hand.words, *talking.troubles)).strip()
        await handing.hand_over(
            uow,
            conversation,
            replace(hand, words=words),
            run=talking.run,
            flow_name=talking.flow_name,
            contact=talking.contact,
            now=talking.now,
        )
        return
    if talking.troubles:
        await handing.note(uow, conversation, "\n".join(talking.troubles), talking.run, talking.now)
    if talking.closes:
        await uow.speakers.give(conversation.id, Speaker.nobody, by=None, at=talking.now, leaves=True)
        if not talking.spoken:
            # With last words it is resolved once the provider took them.
            edit = Edit(state=ConversationState.resolved)
            await conversations.change(uow, conversation.id, edit, by=None, now=talking.now)


async def open_for_humans(means: Means, conversation_id: ConversationId, reason: Reason, words: str) -> None:
    """Take a conversation from a bot that cannot go on, with what it learned so far as a note."""
    async with means.storage.begin() as uow:
        now = means.now()
        for talking, wakes in await open_table(uow, means, [conversation_id], now):
            if talking.run is None and not wakes:
                continue
            if talking.run is not None:
                said = tuple(wake.text for wake in wakes if wake.text.strip())
                position = replace(talking.run.position, remarks=(*talking.run.position.remarks, *said)[-20:])
                talking.run = replace(talking.run, position=position)
            talking.hand = HandOver(reason=reason, words=words)
            _end(talking)
            await close_table(uow, [talking])
