"""How Telegram's numbers become the opaque ids the hub stores, and back.

    thread   CHAT            a private chat or a group
             CHAT/TOPIC      a forum topic
             CHAT/dTOPIC     one person's topic in a channel's direct messages
             CHAT@CONN       a chat of a connected business account
    message  CHAT:MESSAGE    message ids are unique inside one chat only
             CHAT@CONN:MESSAGE

A business chat has the number of the customer's private chat with the bot, hence the connection in its ids. Ids are
decimal text: they may exceed 32 bits (https://core.telegram.org/bots/api#chat).
"""

from dataclasses import dataclass

from hub.domain.ids import ExternalId, bounded


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a message belongs and where an answer goes."""

    chat_id: int
    topic_id: int | None = None
    """A forum topic (`message_thread_id`)."""
    direct_topic_id: int | None = None
    """A topic of a channel's direct messages (`direct_messages_topic_id`)."""
    connection_id: str | None = None
    """The business connection to write over."""

    @property
    def chat(self) -> str:
        """The chat as it prefixes message ids."""
        return f"{self.chat_id}@{self.connection_id}" if self.connection_id else str(self.chat_id)

    @property
    def id(self) -> ExternalId:
        """The thread as the hub stores it."""
        if self.direct_topic_id is not None:
            return bounded(f"{self.chat}/d{self.direct_topic_id}")
        return bounded(f"{self.chat}/{self.topic_id}" if self.topic_id is not None else self.chat)

    def message(self, message_id: int) -> ExternalId:
        """The id of a message in this thread."""
        return bounded(f"{self.chat}:{message_id}")


def read_thread(thread: ExternalId) -> Thread:
    """Read a thread back. Raises ValueError for what `Thread.id` never wrote."""
    chat, _, topic = thread.partition("/")
    number, _, connection = chat.partition("@")
    direct = topic.startswith("d")
    return Thread(
        chat_id=int(number),
        topic_id=int(topic) if topic and not direct else None,
        direct_topic_id=int(topic[1:]) if direct else None,
        connection_id=connection or None,
    )


def message_number(message: ExternalId) -> int | None:
    """Return a message's number inside its chat; None for ids that are no messages (a pressed button)."""
    chat, _, number = message.rpartition(":")
    return int(number) if chat != "cb" and number.isdecimal() else None
