"""Begins a run where a rule says so; whom no flow takes, bots outside are told of."""

from collections.abc import Sequence
from datetime import timedelta

from hub.domain.botflow.choices import read_button
from hub.domain.botflow.courtesy import is_courtesy
from hub.domain.botflow.happenings import Said
from hub.domain.botflow.interpreter import was_taken
from hub.domain.botflow.position import End, Position
from hub.domain.botflow.records import BotRule, BotRun, FlowId, RunId, Wake
from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import ConversationState
from hub.domain.replacing import replace
from hub.ports import UnitOfWork
from hub.services import conversations
from hub.services.bots.library import Library
from hub.services.bots.rules import fitting
from hub.services.bots.talking import Talking
from hub.services.bots.walking import walk
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.outside_bots import telling

THANKS_WITHIN = timedelta(hours=12)
"""How long after a bot's goodbye a mere thank-you is taken for the end of that talk."""


async def begin(uow: UnitOfWork, library: Library, talking: Talking, wakes: Sequence[Wake]) -> None:
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
    await walk(uow, library, talking, Said(text=text, files=files, at=max(wake.at for wake in wakes)))


async def _only_thanks(uow: UnitOfWork, talking: Talking, wakes: Sequence[Wake]) -> bool:
    """Leave a talk closed that a bot ended: thanks, and the same button once more, bring no second greeting."""
    if talking.lock.speaker is not Speaker.nobody or talking.lock.turn == 0:
        return False
    if not all(wake.button or (is_courtesy(wake.text) and not wake.files) for wake in wakes):
        return False
    last = await uow.bots.run_of(talking.conversation.id)
    if last is None or last.end != End.closed.value or last.ended_at is None:
        return False
    if talking.now - last.ended_at > THANKS_WITHIN:
        return False
    presses = [read_button(wake.button, last.id) for wake in wakes if wake.button]
    if not all(press is not None and was_taken(last.position, press) for press in presses):
        return False
    edit = Edit(state=ConversationState.resolved)
    await conversations.change(uow, talking.conversation.id, edit, by=None, now=talking.now)
    return True


async def give_rule(uow: UnitOfWork, talking: Talking, rule: BotRule) -> None:
    """Give the word to the bot a rule names."""
    bot = rule.bot or f"flow:{rule.flow_id}"
    if talking.lock.turn == 0 and not rule.bot:
        # Most talks are the conversation's first: their locks are stored together when all turns are taken.
        talking.begins = True
        talking.lock = replace(
            talking.lock,
            speaker=Speaker.bot,
            turn=1,
            bot=bot,
            since=talking.now,
            reopens=talking.conversation.reopen_count,
        )
        return
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
