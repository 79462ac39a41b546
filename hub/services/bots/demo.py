"""The demo's bots: the three ready flows, published, and rules that wake them on the demo's channels."""

from collections.abc import Mapping
from datetime import datetime

from hub.domain.botflow.records import BotRule, FlowId, RuleId, When
from hub.domain.ids import ChannelId, TeamId
from hub.ports import UnitOfWork
from hub.services.bots import flows, rules
from hub.services.bots.starters import starter
from hub.services.ids import new_id

_WOKEN = (
    ("out_of_hours", "At night: ask for a callback", When.closed, ("webchat/night", "whatsapp", "messenger")),
    ("faq", "Questions on the help pages", When.any, ("webchat/help", "viber", "line")),
    (
        "greet_and_qualify",
        "Greet who writes first",
        When.any,
        ("webchat", "telegram", "whatsapp", "messenger", "twilio_sms"),
    ),
)
"""(ready flow, what its rule is called, at which hours, on which of the demo's channels).

Each has a web chat to try it in, and is at work at any hour on one channel at least: who starts the demo at night, or
in another part of the world, meets all three.
"""


async def make(
    uow: UnitOfWork, channels: Mapping[str, ChannelId], *, team: TeamId | None = None, now: datetime
) -> None:
    """Publish the ready flows and wake them on those of the demo's channels that are there, by key.

    `team` gets what they hand over.
    """
    for place, (key, name, hours, connectors) in enumerate(_WOKEN):
        draft = _handing_to(starter(key), team)
        made = await flows.create(
            uow,
            id=FlowId(new_id()),
            name=str(draft["name"]),
            description=str(draft["description"]),
            draft=draft,
            by=None,
            now=now,
            demo=True,
        )
        await flows.publish(uow, made.record.id, note="Ready flow", by=None, now=now)
        rule = BotRule(
            id=RuleId(new_id()),
            name=name,
            flow_id=made.record.id,
            place=place,
            hours=hours,
            channel_ids=tuple(channels[one] for one in connectors if one in channels),
            created_at=now,
            demo=True,
        )
        await rules.save(uow, rule)


def _handing_to(draft: Mapping[str, object], team: TeamId | None) -> Mapping[str, object]:
    """Return a flow that hands over to a team."""
    steps = draft["steps"]
    if team is None or not isinstance(steps, list):
        return draft
    return {**draft, "steps": [{**one, "team_id": str(team)} if one["kind"] == "handover" else one for one in steps]}
