"""Takes the demo away, whole, and leaves what people made themselves."""

from dataclasses import dataclass

from hub.domain.changes import Change, ChangeKind
from hub.ports import BlobStore, Storage
from hub.services.demo import macros, promises, replies, routine, survey, workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was taken away."""

    channels: int
    conversations: int
    contacts: int
    users: int


async def remove(storage: Storage, blobs: BlobStore) -> Removed:
    """Remove all channels, conversations, contacts, people and files of the demo; nothing happens without one.

    Contacts and people of the demo that real conversations need stay, and are no longer marked demo.
    """
    async with storage.begin() as uow:
        teams = (await uow.facts.get(workspace.TEAMS_FACT) or "").split()
        await promises.remove(uow)
        await replies.remove(uow)
        await routine.remove(uow)
        await macros.remove(uow)
        await survey.remove(uow)
        gone = await uow.demo.remove(teams)
        await uow.facts.put(workspace.FACT, "")
        await uow.facts.put(workspace.TEAMS_FACT, "")
        for channel_id in gone.channels:
            uow.note(Change(kind=ChangeKind.channel_changed, subject_id=channel_id))
        for user_id in gone.users:
            uow.note(Change(kind=ChangeKind.users_changed, subject_id=user_id))
    for key in gone.blobs:
        await blobs.delete(key)
    return Removed(
        channels=len(gone.channels),
        conversations=gone.conversations,
        contacts=gone.contacts,
        users=len(gone.users),
    )
