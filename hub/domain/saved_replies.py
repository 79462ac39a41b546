"""Saved replies: texts agents send again and again, by language, team and channel, with variables. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType
from uuid import UUID

from hub.domain.ids import ChannelId, TeamId, UserId

SavedReplyId = NewType("SavedReplyId", UUID)

NAME_LIMIT = 100
SHORTCUT_LIMIT = 40
TEXT_LIMIT = 10_000
LANGUAGES_LIMIT = 20
REPLIES_LIMIT = 1000
"""More than anybody remembers; so many are filled in for a conversation in a fraction of a second."""

VARIABLES = (
    "agent.first_name",
    "agent.name",
    "channel.name",
    "contact.company",
    "contact.first_name",
    "contact.language",
    "contact.name",
    "conversation.subject",
    "team.name",
)
"""What a text may hold, besides the contact's own fields."""
OWN_FIELDS = "contact.fields"
"""Followed by the name of a field: `contact.fields.order`."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_SHORTCUT = re.compile(r"[^\W_][\w-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReply:
    """A text agents insert while they write."""

    id: SavedReplyId
    name: str
    shortcut: str = ""
    """What is typed after the slash, in lower case; unique. Empty: it is found by its name."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Language of two letters → text with variables as `{{ contact.name }}`; the first is for all other languages."""
    team_ids: tuple[TeamId, ...] = ()
    """The teams whose conversations it fits; none: all."""
    channel_ids: tuple[ChannelId, ...] = ()
    """The channels it fits; none: all."""
    used: int = 0
    """How often it was inserted."""
    last_used_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    updated_by: UserId | None = None

    def fits(self, channel_id: ChannelId, teams: Collection[TeamId]) -> bool:
        """Tell whether it is for a channel's conversations of one of these teams."""
        return (not self.channel_ids or channel_id in self.channel_ids) and (
            not self.team_ids or any(team in self.team_ids for team in teams)
        )

    def language_for(self, wanted: Iterable[str]) -> str:
        """Return the first of the languages wanted that it has, else its own first."""
        return next((one for one in wanted if one in self.texts), next(iter(self.texts), ""))


def in_order(replies: Iterable[SavedReply], language: str) -> Sequence[SavedReply]:
    """Return replies as an agent is shown them: those in the language first, then the most used, then by name."""
    return sorted(replies, key=lambda one: (language not in one.texts, -one.used, one.name.casefold(), str(one.id)))


def is_language(word: str) -> bool:
    """Tell whether a word is a language code as texts are kept by."""
    return _LANGUAGE.fullmatch(word) is not None


def is_shortcut(word: str) -> bool:
    """Tell whether a word can be typed after the slash: letters, digits, `-` and `_`."""
    return len(word) <= SHORTCUT_LIMIT and _SHORTCUT.fullmatch(word) is not None


def unknown(names: Iterable[str]) -> Sequence[str]:
    """Return those names of variables that nothing is known by."""
    return [one for one in names if one not in VARIABLES and not one.startswith(f"{OWN_FIELDS}.")]


def nearest(name: str) -> str:
    """Return the variable somebody most likely meant; empty if none is near."""
    from difflib import get_close_matches  # not at the top: only a mistake needs it

    return next(iter(get_close_matches(name, VARIABLES, n=1)), "")
