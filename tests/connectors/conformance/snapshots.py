"""Events as JSON that a person can read beside the payload they came from."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID


def summary(value: Any) -> Any:
    """An event as JSON: its type, and every field that is not at its default."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) != _default(f)}
        return {"is": type(value).__name__} | {name: summary(part) for name, part in shown.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: summary(part) for key, part in value.items()}
    if isinstance(value, UUID):
        return str(value)
    return [summary(part) for part in value] if isinstance(value, tuple | list) else value


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default
