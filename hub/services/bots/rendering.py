"""Fills templates in that people wrote, under limits: no loop, no text and no nesting can cost more than a moment."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hub.domain.botflow.flow import FlowFault

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment

LOOPS = 1_000
OUTPUT = 20_000
"""Bytes a template may make."""
NAMES = 10_000
"""What a template may keep in variables of its own."""
DEPTH = 10


def render(template: str, values: Mapping[str, object]) -> str:
    """Return a Liquid template filled in; what is not known is empty. Raises FlowFault, in words."""
    from liquid.exceptions import LiquidError  # not at the top: a hub without bots starts without it

    try:
        return str(_parsed(template).render(**values))
    except LiquidError as error:
        raise FlowFault(_said(error)) from error
    except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise FlowFault(f"A template could not be filled in: {error}.") from error


def fault_of(template: str) -> str:
    """Return what is wrong with a template, in words; empty if nothing is."""
    from liquid.exceptions import LiquidError  # as above

    try:
        _parsed(template)
    except (LiquidError, RecursionError) as error:
        return _said(error)
    return ""


def names_in(template: str) -> tuple[str, ...]:
    """Return what a template that can be parsed asks for, with dots: `contact.name`; not what it names itself."""
    found = (name for names in _parsed(template).analyze().globals.values() for name in names)
    return tuple(dict.fromkeys(".".join(map(str, name.segments)) for name in found))


@lru_cache(maxsize=1024)
def _parsed(template: str) -> "BoundTemplate":
    return _environment().from_string(template)


@cache
def _environment() -> "Environment":
    from liquid import Environment

    class Limited(Environment):
        loop_iteration_limit = LOOPS
        output_stream_limit = OUTPUT
        local_namespace_limit = NAMES
        context_depth_limit = DEPTH
        block_nesting_limit = DEPTH

    made = Limited()
    # No template of a flow reads files: there are none to read.
    for tag in ("include", "render", "extends", "block", "macro", "call"):
        made.tags.pop(tag, None)
    return made


def _said(error: Exception) -> str:
    words = str(error).strip().rstrip(".") or type(error).__name__
    return f"A template does not work: {words}."
