"""Finds what a person names on the command line: a channel by its name or id, a user by their address."""

from uuid import UUID

from hub.domain.channel import Channel
from hub.domain.errors import Invalid, NotFound
from hub.domain.user import User
from hub.ports import UnitOfWork


async def find_channel(uow: UnitOfWork, named: str) -> Channel:
    """Return the channel of this name, address or id. Raises NotFound, Invalid if several have the name."""
    everything = await uow.channels.all()
    try:
        found = [channel for channel in everything if channel.id == UUID(named)]
    except ValueError:
        wanted = named.casefold()
        found = [channel for channel in everything if wanted in (channel.name.casefold(), channel.address.casefold())]
    if not found:
        known = ", ".join(channel.name for channel in everything) or "none yet"
        raise NotFound(f"There is no channel “{named}”. Channels: {known}.")
    if len(found) > 1:
        ids = ", ".join(str(channel.id) for channel in found)
        raise Invalid(f"Several channels are called “{named}”. Name one by its id: {ids}.")
    return found[0]


async def find_user(uow: UnitOfWork, email: str) -> User:
    """Return the user of this address. Raises NotFound."""
    user = await uow.users.by_email(email.strip().lower())
    if user is None:
        raise NotFound(f"Nobody with the address {email} works here. See `hub user list`.")
    return user
