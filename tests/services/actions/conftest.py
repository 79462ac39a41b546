"""A workplace on SQLite whose rules and macros act on the scripted channel."""

from tests.services.bots.conftest import bots

__all__ = ["bots"]
