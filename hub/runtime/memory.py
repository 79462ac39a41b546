"""Tells Python's garbage collector how this program uses memory: much at start, little in circles afterwards."""

import gc

OBJECTS_PER_LOOK = 50_000
"""New objects before the collector looks: a batch of messages makes tens of thousands, none of them in circles.
Python's own 700 makes ingest about an eighth slower (bench-ingest)."""


def prepare() -> None:
    """Collect nothing while the program is put together: modules and classes stay, and looking takes a fifth longer."""
    gc.disable()


def settle() -> None:
    """Leave everything made so far out of all further looks, and begin to look. Call it once, when the hub serves."""
    gc.freeze()
    gc.set_threshold(OBJECTS_PER_LOOK, 20, 50)
    gc.enable()
