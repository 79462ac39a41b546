"""What a connector's words are in another language: its folder's, those all connectors share, and the hub's own."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from hub.domain.errors import HubError


@cache
def texts_of(package: str, language: str) -> Mapping[str, str]:
    """Return English to translation for a connector's package; empty for English and for languages nobody wrote.

    A package's texts lie beside its code in `texts/<language>.json`: an object, see docs/writing-a-connector.md. What
    all connectors of a family share lies in the `_lib` beside the package. Raises HubError if a file cannot be read.
    """
    family = package.rpartition(".")[0]
    shared = f"{family}._lib" if family and find_spec(f"{family}._lib") else ""
    found: dict[str, str] = {}
    for place in (__package__, shared, package):
        found |= _read(place, language) if place else {}
    return found


def own_texts(language: str) -> Mapping[str, str]:
    """Return the hub's own words in a language, English to translation. Raises HubError if its file cannot be read."""
    return texts_of(__package__, language)


def _read(package: str, language: str) -> Mapping[str, str]:
    file = files(package) / "texts" / f"{language}.json"
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise HubError(f"The texts {file} are no JSON: {error}. Mend the file, or remove it.") from error
    pairs = found.items() if isinstance(found, dict) else ()
    return {english: said for english, said in pairs if isinstance(said, str)}
