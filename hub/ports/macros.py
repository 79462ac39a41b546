"""What macros need of the tables."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.macros import Macro, MacroId


class Macros(Protocol):
    """Lists of actions with a name, and how often they were carried out."""

    async def all(self) -> Sequence[Macro]:
        """Return all, everybody's and people's own, by name."""
        ...

    async def get(self, macro_id: MacroId) -> Macro | None: ...
    async def save(self, macro: Macro) -> None:
        """Add or replace one; what was counted stays."""
        ...

    async def delete(self, macro_id: MacroId) -> None: ...
    async def count(self, macro_id: MacroId, at: datetime) -> None:
        """Count one use."""
        ...
