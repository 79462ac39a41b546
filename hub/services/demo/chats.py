"""The demo's further web chats, beside the shop's own: each has another of the ready bots at work to be tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.contract.connector import Manifest
from hub.domain.channel import Channel
from hub.domain.ids import ChannelId
from hub.ports import UnitOfWork
from hub.services import channels
from hub.services.ids import new_id

CONNECTOR = "webchat"
HELP, NIGHT = "webchat/help", "webchat/night"
"""The keys of the further chats among the demo's channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One further web chat."""

    name: str
    address: str
    title: str
    welcome: Mapping[str, str]
    """What stands above an empty chat, by language."""


CHATS = {
    HELP: Chat(
        name="Web chat: help pages (demo)",
        address="help.halden.example",
        title="Halden Help",
        welcome={
            "en": "Ask about delivery, returns, payment, sizes or repairs: the bot knows our help pages.",
            "ko": "배송, 반품, 결제, 사이즈, 수선에 대해 물어보세요. 봇이 도움말에서 찾아 답해 드립니다.",
            "pl": "Pytania o dostawę, zwroty, płatności, rozmiary lub naprawy? Bot zna nasze strony pomocy.",
        },
    ),
    NIGHT: Chat(
        name="Web chat: at night (demo)",
        address="night.halden.example",
        title="Halden at night",
        welcome={
            "en": "It is always night in this chat: write, and the bot asks whether we shall call you back.",
            "ko": "이 채팅은 언제나 영업시간이 아닙니다. 글을 남기시면 봇이 전화를 드릴지 여쭤봅니다.",
            "pl": "Na tym czacie zawsze jest noc: po wiadomości bot zapyta, czy mamy oddzwonić.",
        },
    ),
}


def key_of(channel: Channel) -> str:
    """Return the key of one of the demo's channels: its connector, or that of a further chat."""
    further = {(CONNECTOR, chat.address): key for key, chat in CHATS.items()}
    return further.get((channel.connector, channel.address), channel.connector)


async def make(uow: UnitOfWork, manifest: Manifest, *, now: datetime) -> Mapping[str, Channel]:  # type: ignore[type-arg]  # of any settings
    """Make the further chats, by key."""
    made = {}
    for key, chat in CHATS.items():
        settings = {
            "title": chat.title,
            "welcome": chat.welcome["en"],
            "translations": [{"language": one, "welcome": chat.welcome[one]} for one in ("ko", "pl")],
        }
        created = await channels.create(
            uow,
            manifest,
            id=ChannelId(new_id()),
            name=chat.name,
            settings=channels.validated(manifest, settings),
            address=chat.address,
            now=now,
            demo=True,
        )
        made[key] = created.record
    return made
