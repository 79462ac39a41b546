"""The demo shop's macros: what its agents do in several steps every day, done with one."""

from datetime import datetime
from uuid import UUID

from hub.domain.actions import AnyAction, AssignTeam, SendReply, SetPriority, SetState, Tag, WriteNote
from hub.domain.conversation import ConversationState, Priority
from hub.domain.macros import Macro, MacroId
from hub.ports import UnitOfWork
from hub.services import macros
from hub.services.demo.people import WORKSHOP
from hub.services.demo.workspace import Workspace
from hub.services.ids import new_id

FACT = "demo_macros"
"""The ids of the demo's macros."""
_BY = "sofia"
"""The agent who made them; shared ones are a manager's to make."""

_RETURN: tuple[AnyAction, ...] = (
    SendReply(
        texts={
            "en": "Of course, {{ contact.first_name }}: send it back within 30 days, unused. "
            "The label is in your account under “My orders”; the money is back within a week of its arrival.",
            "ko": "{{ contact.first_name }}님, 네, 사용하지 않은 상품은 30일 안에 반품하실 수 있습니다. "
            "반품 라벨은 계정의 ‘내 주문’에 있으며, 도착 후 일주일 안에 환불해 드립니다.",
            "pl": "Oczywiście, {{ contact.first_name }}: nieużywaną rzecz można odesłać w ciągu 30 dni. "
            "Etykieta jest na koncie w „Moje zamówienia”; pieniądze wracają w ciągu tygodnia od jej nadejścia.",
        }
    ),
    Tag(add=("return",)),
    SetState(state=ConversationState.pending),
)


async def make(uow: UnitOfWork, shop: Workspace, *, now: datetime) -> None:
    """Keep them, for everybody."""
    by = await uow.users.get(shop.agents[_BY])
    if by is None:
        raise AssertionError("the demo's people were just made")
    to_workshop: tuple[AnyAction, ...] = (
        AssignTeam(team_id=shop.teams[WORKSHOP]),
        SetPriority(priority=Priority.high),
        Tag(add=("repair",)),
        WriteNote(text="For the workshop: {{ contact.name }} sends it in. Please say what the repair will cost."),
    )
    ids = []
    for name, actions in (("It comes back: label and tag", _RETURN), ("A repair for the workshop", to_workshop)):
        macro = Macro(
            id=MacroId(new_id()), name=name, actions=actions, created_at=now, updated_at=now, updated_by=by.id
        )
        ids.append(str((await macros.create(uow, macro, by)).record.id))
    await uow.facts.put(FACT, " ".join(ids))


async def remove(uow: UnitOfWork) -> None:
    """Delete them, those that somebody changed included."""
    for one in (await uow.facts.get(FACT) or "").split():
        await uow.macros.delete(MacroId(UUID(one)))
    await uow.facts.put(FACT, "")
