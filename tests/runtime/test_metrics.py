"""The figures say what came in, went out and waits, in the form Prometheus reads."""

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from hub import __version__
from hub.domain.delivery import DeliveryState
from hub.runtime.metrics import Metrics

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_prometheus_reads_what_is_rendered() -> None:
    metrics = Metrics()
    metrics.journaled.labels("telegram").inc()
    body, media_type = metrics.render()
    families = {family.name: family for family in text_string_to_metric_families(body.decode())}
    assert media_type.startswith("text/plain")
    assert families["hub_journaled"].samples[0].labels == {"connector": "telegram"}
    assert "process_resident_memory_bytes" in families
    assert all(family.documentation for family in families.values())


def test_the_version_is_told() -> None:
    (sample,) = next(f for f in Metrics().registry.collect() if f.name == "hub_build_info").samples
    assert sample.labels["version"] == __version__


def test_two_hubs_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.websocket_clients.inc()
    assert (value(first, "hub_websocket_clients"), value(second, "hub_websocket_clients")) == (1, 0)


def test_states_without_deliveries_stand_at_zero() -> None:
    metrics = Metrics()
    metrics.show_outbox({DeliveryState.queued: 3, DeliveryState.unknown: 1})
    metrics.show_outbox({DeliveryState.queued: 2})
    assert (value(metrics, "hub_outbox", state="queued"), value(metrics, "hub_outbox", state="unknown")) == (2, 0)


def test_the_age_of_what_is_unread_is_in_seconds_and_never_negative() -> None:
    metrics = Metrics()
    ages = []
    for received_at in (NOON - timedelta(seconds=90), NOON + timedelta(seconds=1), None):
        metrics.show_oldest_unread(received_at, NOON)
        ages.append(value(metrics, "hub_journal_oldest_unread_seconds"))
    assert ages == [90, 0, 0]


def test_a_commit_that_takes_long_falls_into_its_bucket() -> None:
    metrics = Metrics()
    with metrics.commit_seconds.time():
        pass
    metrics.commit_seconds.observe(0.3)
    assert value(metrics, "hub_journal_commit_seconds_count") == 2
    assert value(metrics, "hub_journal_commit_seconds_bucket", le="0.5") == 2
    assert value(metrics, "hub_journal_commit_seconds_bucket", le="0.25") == 1


def test_who_waits_and_what_is_due_are_gauges() -> None:
    metrics = Metrics()
    metrics.show_waiting(3, NOON - timedelta(seconds=90), NOON)
    metrics.show_targets({("first_response", "at_risk"): 2, ("resolution", "breached"): 1})
    assert value(metrics, "hub_waiting_conversations") == 3
    assert value(metrics, "hub_oldest_wait_seconds") == 90
    assert value(metrics, "hub_targets", metric="first_response", state="at_risk") == 2
    metrics.show_waiting(0, None, NOON)
    metrics.show_targets({})
    assert value(metrics, "hub_oldest_wait_seconds") == 0
    assert value(metrics, "hub_targets", metric="first_response", state="at_risk") is None
