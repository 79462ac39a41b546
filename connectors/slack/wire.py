"""Reads the two forms in which Slack tells something: JSON objects and forms."""

import json
from urllib.parse import parse_qs

from connectors._lib.loose_json import Json, storable
from hub.contract import UnparseableEvent


def read_json(body: bytes) -> Json:
    """Read a body that is a JSON object. Raises UnparseableEvent."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise UnparseableEvent("Slack sent a body that is not JSON.") from None
    if not isinstance(value, dict):
        raise UnparseableEvent("Slack sent a body that is not a JSON object.")
    return value


def read_form(body: bytes) -> dict[str, str]:
    """Read a form, as Slack sends slash commands and interactions. Raises UnparseableEvent."""
    try:
        fields = parse_qs(body.decode("utf-8").strip(), max_num_fields=100)
    except ValueError:
        raise UnparseableEvent("Slack sent a body that is neither JSON nor a form.") from None
    return {name: storable(values[0]) for name, values in fields.items()}
