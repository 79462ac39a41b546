"""What tests of a messenger through the whole hub share: look for an entry, upload a file, know its state."""

from collections.abc import Callable
from urllib.parse import quote

from uuid_utils.compat import uuid7

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.waiting import until


async def entry_where(api: HubApi, fits: Callable[[Json], object], what: str, *, within: float = 20.0) -> Json:
    """Wait for a message on the timeline."""

    seen: list[Json] = []

    async def look() -> Json | None:
        seen[:] = await api.messages()
        return next((entry for entry in seen if fits(entry)), None)

    try:
        return await until(look, what=what, within=within)
    except AssertionError as error:
        error.add_note("\n".join(f"{entry['text']!r}: {entry['delivery']}" for entry in seen))
        raise


def saying(text: str) -> Callable[[Json], bool]:
    """Tell messages of this text."""
    return lambda entry: bool(entry["text"] == text)


def in_state(state: str, text: str) -> Callable[[Json], bool]:
    """Tell our message of this text once its delivery has this state."""
    return lambda entry: bool(entry["delivery"]) and entry["text"] == text and entry["delivery"]["state"] == state


def with_file(name: str) -> Callable[[Json], bool]:
    """Tell a message with a file of this name once it is fetched."""
    return lambda entry: any(file["name"] == name and file["state"] == "ready" for file in entry["attachments"])


async def uploaded(api: HubApi, name: str, media_type: str, content: bytes) -> str:
    """Upload a file to the hub, as a composer does; return its id."""
    file_id = str(uuid7())
    path = f"/attachments?id={file_id}&name={quote(name)}"
    await api._ask("POST", path, data=content, headers={"Content-Type": media_type})
    return file_id
