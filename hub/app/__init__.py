"""Puts the rooms together: the only package that sees every one of them."""

from hub.app.demo import make_demo
from hub.app.doors import listening
from hub.app.parts import Hub, open_hub
from hub.app.workers import start_loops

__all__ = ["Hub", "listening", "make_demo", "open_hub", "start_loops"]
