"""The demo shop's rules at work: a mail at night is answered, who waits too long is escalated, refunds get a tag."""

from datetime import datetime
from uuid import UUID

from hub.domain.actions import Notify, SendReply, SetPriority, Tag
from hub.domain.conversation import Priority
from hub.domain.errors import NotFound
from hub.domain.rules.conditions import Condition, Field, Op
from hub.domain.rules.records import On, RuleBody, Step, Timing, WorkRuleId
from hub.ports import Storage, UnitOfWork
from hub.services.ids import new_id
from hub.services.rules import managing
from hub.services.rules.managing import Who

FACT = "demo_rules"
"""The ids of the demo's rules."""

_NIGHT = RuleBody(
    triggers=(On.message_in,),
    auto_reply=True,
    conditions=(
        Condition(field=Field.kind, values=("email",)),
        Condition(field=Field.hours, values=("closed",)),
    ),
    actions=(
        SendReply(
            texts={
                "en": "Thank you for your mail. The shop is closed now; we answer on the next working day.",
                "ko": "메일 주셔서 감사합니다. 지금은 영업시간이 아니며, 다음 영업일에 답변드리겠습니다.",
                "pl": "Dziękujemy za wiadomość. Sklep jest teraz zamknięty; odpowiemy w najbliższy dzień roboczy.",
            }
        ),
    ),
)
_WAITS = RuleBody(
    triggers=(On.unanswered,),
    timing=Timing(minutes=60),
    actions=(
        SetPriority(priority=Priority.urgent),
        Notify(assignee=True, text="{{ contact.name }} has waited for an hour."),
    ),
    steps=(Step(percent=50, actions=(SetPriority(priority=Priority.high),)),),
)
_REFUND = RuleBody(
    triggers=(On.message_in,),
    once=True,
    conditions=(
        Condition(
            field=Field.text, op=Op.contains, values=("refund", "money back", "환불", "zwrot pieniędzy", "reklamac")
        ),
    ),
    actions=(Tag(add=("refund",)),),
)
_RULES = (
    ("Mails outside opening hours", _NIGHT),
    ("Nobody waits longer than an hour", _WAITS),
    ("Refunds get a tag", _REFUND),
)


async def make(storage: Storage, *, now: datetime) -> None:
    """Make the rules and put them to work: what the story told before does not concern them."""
    who, ids = Who(by=None, now=now), [WorkRuleId(new_id()) for _ in _RULES]
    async with storage.begin() as uow:
        for key, (name, body) in zip(ids, _RULES, strict=True):
            await managing.create(uow, key, name, body, who)
        await uow.facts.put(FACT, " ".join(map(str, ids)))
    for key in ids:
        await managing.switch(storage, key, on=True, who=who)


async def remove(uow: UnitOfWork) -> None:
    """Delete them, those that somebody changed included."""
    for one in (await uow.facts.get(FACT) or "").split():
        try:
            await managing.delete(uow, WorkRuleId(UUID(one)))
        except NotFound:
            continue  # somebody deleted it before
    await uow.facts.put(FACT, "")
