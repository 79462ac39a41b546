"""The only room that speaks SQL."""

from storage.blobs import open_blobs
from storage.database import open_storage
from storage.errors import StorageBusy, StorageError, StorageFull, StorageUnreachable
from storage.schema import SchemaState, migrate, schema_state

__all__ = [
    "SchemaState",
    "StorageBusy",
    "StorageError",
    "StorageFull",
    "StorageUnreachable",
    "migrate",
    "open_blobs",
    "open_storage",
    "schema_state",
]
