"""The demo's saved replies are whole in three languages, leave others' shortcuts alone, and go with the demo."""

from hub.domain.saved_replies import SavedReply, SavedReplyId
from hub.services import saved_replies
from hub.services.demo import replies
from hub.services.ids import new_id
from tests.services.workplace import Workplace


async def test_the_demos_saved_replies_come_and_go_and_leave_ones_own(place: Workplace) -> None:
    hub, now = place.hub, place.hub.clock.now()
    own = SavedReply(
        id=SavedReplyId(new_id()), name="Ours", shortcut="hello", texts={"en": "Hi"}, created_at=now, updated_at=now
    )
    async with hub.storage.begin() as uow:
        await saved_replies.create(uow, own)
        await replies.make(uow, now=now)
        made = [one for one in await uow.saved_replies.all() if one.id != own.id]
        await saved_replies.delete(uow, made[0].id)
    assert {tuple(one.texts) for one in made} == {("en", "ko", "pl")}
    assert sorted(one.shortcut for one in made) == ["bye", "parcel", "return"]
    async with hub.storage.begin() as uow:
        await replies.remove(uow)
        assert [one.id for one in await uow.saved_replies.all()] == [own.id]
