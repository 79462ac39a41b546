"""Hands files to VK before the message that shows them: asked where, put there, kept. Nobody sees them until then.

https://dev.vk.com/en/api/upload/overview
"""

from connectors._lib.json_api import ApiError, NotSent, Unclear
from connectors._lib.loose_json import Json, inner, text
from connectors.vk.client import Client
from connectors.vk.ids import integer
from connectors.vk.render import kind_of
from connectors.vk.words import send_error
from hub.contract import OutboundAttachment, Rejected, RetryLater


async def uploaded(client: Client, peer: str, file: OutboundAttachment) -> str:
    """Return a file's name as `messages.send` wants it. Raises CredentialsRefused or a SendError."""
    content = await file.read()
    if not content:
        raise Rejected(f"“{file.name}” is empty. Nothing was sent.")
    try:
        saved = await (_photo if kind_of(file) == "photo" else _document)(client, peer, file, content)
    except (NotSent, Unclear) as error:
        # no customer sees a file that no message names: trying again is safe
        raise RetryLater(f"“{file.name}” could not be handed to VK. {error}") from None
    except ApiError as error:
        raise send_error(error, repeatable=True) from None
    if not saved:
        raise Rejected(f"VK took “{file.name}” and does not say under which name. Nothing was sent.")
    return saved


async def _photo(client: Client, peer: str, file: OutboundAttachment, content: bytes) -> str:
    where = await client.one("photos.getMessagesUploadServer", peer_id=peer)
    put = await client.upload(text(where, "upload_url"), "photo", file.name, content, file.media_type)
    found = await client.call(
        "photos.saveMessagesPhoto", photo=text(put, "photo"), server=put.get("server", ""), hash=text(put, "hash")
    )
    first = found[0] if isinstance(found, list) and found else {}
    return _name("photo", first if isinstance(first, dict) else {})


async def _document(client: Client, peer: str, file: OutboundAttachment, content: bytes) -> str:
    kind = kind_of(file)
    where = await client.one("docs.getMessagesUploadServer", type=kind, peer_id=peer)
    put = await client.upload(text(where, "upload_url"), "file", file.name, content, file.media_type)
    saved = await client.one("docs.save", file=text(put, "file"), title=file.name)
    return _name("doc", inner(saved, text(saved, "type") or kind))


def _name(kind: str, thing: Json) -> str:
    """https://dev.vk.com/en/method/messages.send (attachment): type, owner, id and the key that opens it."""
    owner, ident, key = integer(thing, "owner_id"), integer(thing, "id"), text(thing, "access_key")
    return f"{kind}{owner}_{ident}{f'_{key}' if key else ''}" if owner and ident else ""
