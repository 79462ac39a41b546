"""The people, chats, messages and files on the far side of the fake Bot API, and what customers do there.

Every action of a customer makes the Update Telegram would make and hands it to `emit`. Payloads follow
https://core.telegram.org/bots/api#available-types.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""https://core.telegram.org/bots/api#getfile"""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file at Telegram. `content` is None for one that is only said to exist (too large to hold)."""

    file_id: str
    unique_id: str
    path: str
    size: int
    content: bytes | None


class World:
    """Who and what exists. Not a server: `emit(kind, payload)` is told of every update."""

    def __init__(self, bot: Json, now: Callable[[], int], emit: Callable[[str, Json], Json]) -> None:
        self.bot = bot
        self._now = now
        self._emit = emit
        self._number = 0
        self.users: dict[int, Json] = {}
        self.portraits: dict[int, list[list[Json]]] = {}
        self.chats: dict[int, Json] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.files: dict[str, StoredFile] = {}
        self.blocked: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.connections: dict[str, Json] = {}

    # -- who is there

    def person(self, name: str = "Anna Example", *, user_id: int | None = None, username: str = "") -> Json:
        """Make a user with a private chat and return the user. Ids are beyond 32 bits, as real ones may be."""
        first, _, last = name.partition(" ")
        user: Json = {"id": user_id or self._next(5_000_000_000), "is_bot": False, "first_name": first}
        names: Json = {key: value for key, value in (("last_name", last), ("username", username)) if value}
        self.users[user["id"]] = user | names | {"language_code": "en"}
        self.chats[user["id"]] = {"id": user["id"], "type": "private", "first_name": first} | names
        return self.users[user["id"]]

    def group(self, title: str = "Team Example", *, supergroup: bool = True, forum: bool = False) -> Json:
        """Make a group chat and return the chat."""
        number = self._next(1_000_000)
        chat: Json = {"id": -(1_000_000_000_000 + number) if supergroup else -number, "title": title}
        chat |= {"type": "supergroup" if supergroup else "group"} | ({"is_forum": True} if forum else {})
        self.chats[chat["id"]] = chat
        return chat

    def business_connection(self, owner: Json) -> str:
        """Connect an owner's business account to the bot; return the connection's id."""
        connection_id = f"conn-{self._next(1)}"
        connection = {"id": connection_id, "user": owner, "user_chat_id": owner["id"], "date": self._now()}
        self.connections[connection_id] = connection | {"is_enabled": True, "rights": {"can_reply": True}}
        self._emit("business_connection", self.connections[connection_id])
        return connection_id

    def store(self, content: bytes | None, *, folder: str, suffix: str = "", size: int | None = None) -> StoredFile:
        """Keep a file and return its record."""
        number = self._next(1)
        length = len(content) if content is not None else size or 0
        path = f"{folder}/file_{number}{suffix}"
        file = StoredFile(f"AgACFILE{number:08d}", f"UNIQ{number:08d}", path, length, content)
        self.files[file.file_id] = file
        return file

    def message(self, chat: Json, sender: Json, /, **content: Any) -> Json:
        """Make and keep a message in a chat. `None` values are left out."""
        number = self._next(1)
        message: Json = {"message_id": number, "date": self._now(), "chat": chat, "from": sender}
        message |= {key: value for key, value in content.items() if value is not None}
        self.messages[chat["id"], number] = message
        return message

    # -- what customers do

    def says(self, text: str, *, user: Json | None = None, chat: Json | None = None, **more: Any) -> Json:
        """A customer writes text, privately or into a group. Returns the message."""
        return self.sends(user=user, chat=chat, text=text, **more)

    def sends(self, *, user: Json | None = None, chat: Json | None = None, **content: Any) -> Json:
        """A customer sends any kind of message, e.g. `location={…}`. Returns the message."""
        sender = user or self._somebody()
        message = self.message(chat or self.chats[sender["id"]], sender, **content)
        self._emit("message", message)
        return message

    def sends_photo(self, content: bytes, *, user: Json | None = None, chat: Json | None = None, **more: Any) -> Json:
        """A customer sends a photo in two sizes; the larger is `content`."""
        small, large = self.store(content[:100], folder="photos"), self.store(content, folder="photos", suffix=".jpg")
        sizes = [_sized(small, 90, 67), _sized(large, 1280, 960)]
        return self.sends(user=user, chat=chat, photo=sizes, **more)

    def sends_voice(self, content: bytes, *, duration: int = 3, user: Json | None = None) -> Json:
        """A customer sends a voice note."""
        file = self.store(content, folder="voice", suffix=".oga")
        return self.sends(user=user, voice=_described(file) | {"duration": duration, "mime_type": "audio/ogg"})

    def sends_document(
        self, name: str, content: bytes | None, *, media_type: str = "application/pdf", size: int | None = None,
        user: Json | None = None, **more: Any,
    ) -> Json:  # fmt: skip
        """A customer sends a file. With `content=None` and a `size` it is one Telegram has and will not hand out."""
        file = self.store(content, folder="documents", suffix=".bin", size=size)
        document = _described(file) | {"file_name": name, "mime_type": media_type}
        return self.sends(user=user, document=document, **more)

    def edits(self, message: Json, text: str) -> Json:
        """A customer rewrites a message."""
        edited = message | {"text": text, "edit_date": self._now()}
        self.messages[message["chat"]["id"], message["message_id"]] = edited
        self._emit("edited_message", edited)
        return edited

    def presses(self, message: Json, data: str, *, user: Json | None = None) -> str:
        """A customer presses the button with this data under a message of the bot; returns the query's id."""
        query_id = str(self._next(10**15))
        query = {"id": query_id, "from": user or self._somebody(), "message": message, "data": data}
        self._emit("callback_query", query | {"chat_instance": "1"})
        return query_id

    def reacts(
        self, message: Json, emojis: Sequence[str], *, user: Json | None = None, old: Sequence[str] = ()
    ) -> None:
        """A customer sets the reactions on a message."""
        reaction = {"chat": message["chat"], "message_id": message["message_id"], "user": user or self._somebody()}
        lists = {"old_reaction": _reactions(old), "new_reaction": _reactions(emojis)}
        self._emit("message_reaction", reaction | {"date": self._now()} | lists)

    def blocks(self, user: Json) -> None:
        """A customer blocks the bot: it hears of it once, and every send answers 403."""
        self.blocked.add(user["id"])
        self._membership(user, "member", "kicked")

    def unblocks(self, user: Json) -> None:
        """A customer starts the bot again."""
        self.blocked.discard(user["id"])
        self._membership(user, "kicked", "member")

    def migrates(self, chat: Json) -> Json:
        """A group becomes a supergroup with another id; returns the new chat."""
        new = self.group(chat["title"])
        self.migrated[chat["id"]] = new["id"]
        self.sends(chat=chat, migrate_to_chat_id=new["id"])
        self.sends(chat=new, migrate_from_chat_id=chat["id"])
        return new

    def _membership(self, user: Json, old: str, new: str) -> None:
        states: Mapping[str, Json] = {
            "member": {"status": "member", "user": self.bot},
            "kicked": {"status": "kicked", "user": self.bot, "until_date": 0},
        }
        change = {"chat": self.chats[user["id"]], "from": user, "date": self._now()}
        self._emit("my_chat_member", change | {"old_chat_member": states[old], "new_chat_member": states[new]})

    def _somebody(self) -> Json:
        return next(iter(self.users.values()), None) or self.person()

    def _next(self, base: int) -> int:
        self._number += 1
        return base + self._number


def _described(file: StoredFile) -> Json:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def _sized(file: StoredFile, width: int, height: int) -> Json:
    return _described(file) | {"width": width, "height": height}


def _reactions(emojis: Sequence[str]) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji} for emoji in emojis]
