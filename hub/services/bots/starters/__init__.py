"""Three ready flows in English, Korean and Polish, to begin with instead of an empty sheet."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from hub.domain.errors import NotFound

KEYS = ("greet_and_qualify", "out_of_hours", "faq")


@cache
def starter(key: str) -> Mapping[str, object]:
    """Return a ready flow as it is imported, with name and description. Raises NotFound."""
    if key not in KEYS:
        raise NotFound(f"There is no ready flow “{key}”. There are {', '.join(KEYS)}.")
    found: Mapping[str, object] = json.loads((files(__name__) / f"{key}.json").read_text(encoding="utf-8"))
    return found
