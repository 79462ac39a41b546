"""How teams give out conversations, and who got which."""

from sqlalchemy import Column, ForeignKey, Index, Table

from hub.domain.routing import Method
from storage.tables.base import flag, json, metadata, number, ref, time, word
from storage.types import Id

team_routings = Table(
    "team_routings",
    metadata,
    Column("team_id", Id, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    word("method", Method),
    flag("sticky"),
    number("next_after"),
    json("capacity"),
)

routed = Table(
    "routed",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    ref("user_id", "users.id"),
    time("at"),
    json("passed"),
)
Index("ix_routed_user_id_at", routed.c.user_id, routed.c.at)
