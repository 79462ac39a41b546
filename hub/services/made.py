"""What a create gives back: the record, and whether this call made it or an earlier one of the same id did."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """A created record. Repeating a create with the id the client made gives the stored record again."""

    record: T
    created: bool
