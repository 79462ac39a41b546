"""The demo shop's saved replies: what its agents say every day, in three languages, found by a slash."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hub.domain.errors import NotFound
from hub.domain.saved_replies import SavedReply, SavedReplyId
from hub.ports import UnitOfWork
from hub.services import saved_replies
from hub.services.ids import new_id

FACT = "demo_replies"
"""The ids of the demo's saved replies."""

_REPLIES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (
        "Hello, and who answers",
        "hello",
        {
            "en": "Hello {{ contact.first_name }}, {{ agent.first_name }} here. I am looking into it.",
            "ko": "안녕하세요 {{ contact.first_name }}님, {{ agent.first_name }}입니다. 바로 확인해 보겠습니다.",
            "pl": "Dzień dobry {{ contact.first_name }}, z tej strony {{ agent.first_name }}. Już sprawdzam.",
        },
    ),
    (
        "Where the parcel is",
        "parcel",
        {
            "en": "Your parcel left us today. It usually takes two working days; the carrier writes to you before.",
            "ko": "주문하신 상품이 오늘 출고되었습니다. 보통 이틀이 걸리며, 배송 전에 택배사에서 안내해 드립니다.",
            "pl": "Paczka wyszła od nas dzisiaj. Zwykle idzie dwa dni robocze; kurier napisze przed doręczeniem.",
        },
    ),
    (
        "How to send something back",
        "return",
        {
            "en": "You can send it back within 30 days, unused. The label is in your account under “My orders”.",
            "ko": "사용하지 않은 상품은 30일 안에 반품하실 수 있습니다. 반품 라벨은 계정의 ‘내 주문’에 있습니다.",
            "pl": "Nieużywaną rzecz można odesłać w ciągu 30 dni. Etykieta jest na koncie, w „Moje zamówienia”.",
        },
    ),
    (
        "Goodbye",
        "bye",
        {
            "en": "You are welcome, {{ contact.first_name }}. Have a good trip!",
            "ko": "천만에요, {{ contact.first_name }}님. 즐거운 여행 되세요!",
            "pl": "Nie ma za co, {{ contact.first_name }}. Udanej wyprawy!",
        },
    ),
)


async def make(uow: UnitOfWork, *, now: datetime) -> None:
    """Keep them; where somebody has the shortcut already, theirs stays."""
    taken = {one.shortcut for one in await uow.saved_replies.all()}
    ids = []
    for name, shortcut, texts in _REPLIES:
        if shortcut in taken:
            continue
        reply = SavedReply(
            id=SavedReplyId(new_id()), name=name, shortcut=shortcut, texts=texts, created_at=now, updated_at=now
        )
        ids.append(str((await saved_replies.create(uow, reply)).record.id))
    await uow.facts.put(FACT, " ".join(ids))


async def remove(uow: UnitOfWork) -> None:
    """Delete them, those that somebody changed included."""
    for one in (await uow.facts.get(FACT) or "").split():
        try:
            await saved_replies.delete(uow, SavedReplyId(UUID(one)))
        except NotFound:
            continue  # somebody deleted it before
    await uow.facts.put(FACT, "")
