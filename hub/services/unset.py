"""Tells "leave it as it is" apart from "set it to nothing" in partial changes."""

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """The type of `UNSET`."""

    unset = "unset"


UNSET: Final[Literal[Unset.unset]] = Unset.unset
