"""Finds the account of a channel, also one that was made a moment ago."""

from hub.api.deps import ApiDeps
from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId
from hub.runtime.accounts import Account


async def account_of(deps: ApiDeps, channel_id: ChannelId) -> Account:
    """Return a channel's account, also one that was made a moment ago. Raises NotFound."""
    account = deps.accounts.get(channel_id)
    if account is None:
        await deps.accounts.refresh()
        account = deps.accounts.get(channel_id)
    if account is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    return account
