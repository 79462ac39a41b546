"""The program's figures for Prometheus, in a registry of their own: what came in, what went out, what waits."""

import platform
from collections.abc import Mapping
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from hub import __version__
from hub.domain.delivery import DeliveryState

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """One process's figures. Labels are connector keys and short words of ours, never what a stranger sent."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        build = Gauge("hub_build_info", "Version of the hub.", ("version", "python"), registry=registry)
        build.labels(__version__, platform.python_version()).set(1)
        self.received = Counter(
            "hub_received_total",
            "Requests of providers at the webhook door: stored, answered, rejected (4xx), refused (5xx).",
            ("connector", "outcome"),
            registry=registry,
        )
        self.journaled = Counter(
            "hub_journaled_total", "Raw events stored in the journal.", ("connector",), registry=registry
        )
        self.commit_seconds = Histogram(
            "hub_journal_commit_seconds",
            "Time of one group commit of the journal.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.ingested = Counter(
            "hub_ingested_total",
            "Raw events read, by what became of them: shown, known, nothing, unparsed.",
            ("connector", "outcome"),
            registry=registry,
        )
        self.ingest_seconds = Histogram(
            "hub_ingest_seconds",
            "Time to read one batch of raw events onto the timeline.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.oldest_unread_seconds = Gauge(
            "hub_journal_oldest_unread_seconds",
            "Age of the oldest raw event not yet read; 0 when all are read.",
            registry=registry,
        )
        self.outbox = Gauge("hub_outbox", "Deliveries not yet settled, by state.", ("state",), registry=registry)
        self.deliveries = Counter(
            "hub_deliveries_total",
            "Deliveries handed to a provider, by the state this led to.",
            ("connector", "state"),
            registry=registry,
        )
        self.channels = Gauge("hub_channels", "Channels, by state of connection.", ("state",), registry=registry)
        self.websocket_clients = Gauge(
            "hub_websocket_clients", "Screens connected for live updates.", registry=registry
        )
        self.websocket_drops = Counter(
            "hub_websocket_drops_total", "Screens told to load afresh since they could not keep up.", registry=registry
        )
        self.http_seconds = Histogram(
            "hub_http_request_seconds",
            "Time of one request, by the route's pattern.",
            ("method", "route", "status"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.waiting = Gauge(
            "hub_waiting_conversations", "Conversations whose customer waits for a person now.", registry=registry
        )
        self.oldest_wait_seconds = Gauge(
            "hub_oldest_wait_seconds",
            "How long the customer waits who waits longest; 0 when none does.",
            registry=registry,
        )
        self.targets = Gauge(
            "hub_targets",
            "Targets whose time runs, by what they are about: running (all of them), at_risk, breached.",
            ("metric", "state"),
            registry=registry,
        )
        for state in DeliveryState:
            self.outbox.labels(state.value).set(0)

    def show_outbox(self, counts: Mapping[DeliveryState, int]) -> None:
        """Set how many deliveries stand in each state; those not named stand at none."""
        for state in DeliveryState:
            self.outbox.labels(state.value).set(counts.get(state, 0))

    def show_oldest_unread(self, received_at: datetime | None, now: datetime) -> None:
        """Set the age of the oldest raw event that is not yet read; None when all are."""
        self.oldest_unread_seconds.set(0 if received_at is None else max(0.0, (now - received_at).total_seconds()))

    def show_waiting(self, count: int, oldest: datetime | None, now: datetime) -> None:
        """Set how many customers wait, and for how long the one who waits longest."""
        self.waiting.set(count)
        self.oldest_wait_seconds.set(0 if oldest is None else max(0.0, (now - oldest).total_seconds()))

    def show_targets(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Set how many targets stand how, by (metric, state)."""
        self.targets.clear()
        for (metric, state), count in counts.items():
            self.targets.labels(metric, state).set(count)

    def render(self) -> tuple[bytes, str]:
        """Return the figures in Prometheus' text form and its media type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST
