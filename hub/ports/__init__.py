"""What services and loops need from the rooms they do not know: storage, blobs, time, notices.

Protocols only. `storage` implements Storage and BlobStore, `hub.runtime` the rest; tests use the real ones on
temporary databases. All times are UTC and aware. Lists page by cursor; a malformed cursor raises Invalid.
"""

from hub.ports.blobs import BlobStore, MediaLook, MediaTool, MediaUnreadable
from hub.ports.calls import CallFlush, Calls, Debts, KnownCall, KnownCalls, Lines, Presences
from hub.ports.channels import Channels, Hooks, Templates, TemplateSync
from hub.ports.clock import Clock, Doorbell
from hub.ports.ingest import Flush, IngestKeys, IngestStore, Known, KnownMessage
from hub.ports.installation import Demo, DemoRows, Facts, Leases
from hub.ports.journal import Journal, JournalReading
from hub.ports.outbox import DueDelivery, Outbox
from hub.ports.people import Contacts, Users
from hub.ports.queries import Queries
from hub.ports.reports import Reports, RollUps, SavedReports
from hub.ports.storage import Storage, UnitOfWork
from hub.ports.work import Conversations, Timeline

__all__ = [
    "BlobStore",
    "CallFlush",
    "Calls",
    "Channels",
    "Clock",
    "Contacts",
    "Conversations",
    "Debts",
    "Demo",
    "DemoRows",
    "Doorbell",
    "DueDelivery",
    "Facts",
    "Flush",
    "Hooks",
    "IngestKeys",
    "IngestStore",
    "Journal",
    "JournalReading",
    "Known",
    "KnownCall",
    "KnownCalls",
    "KnownMessage",
    "Leases",
    "Lines",
    "MediaLook",
    "MediaTool",
    "MediaUnreadable",
    "Outbox",
    "Presences",
    "Queries",
    "Reports",
    "RollUps",
    "SavedReports",
    "Storage",
    "TemplateSync",
    "Templates",
    "Timeline",
    "UnitOfWork",
    "Users",
]
