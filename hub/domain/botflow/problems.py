"""What may be wrong with a flow, and the channels whose limits it keeps."""

from dataclasses import dataclass
from enum import StrEnum

from hub.domain.channel import Capabilities


class Level(StrEnum):
    """Whether a flow may be published in spite of it."""

    error = "error"
    warning = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong."""

    level: Level
    code: str
    """The same for every problem of its sort: `dead_end`, `unreachable`, `missing_text` …"""
    step: str
    """The step's id; empty for the flow as a whole."""
    field: str
    """The part of the step: an exit, a text's name."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class On:
    """A channel a flow is to run on."""

    name: str
    capabilities: Capabilities
    buttons: int = 0
