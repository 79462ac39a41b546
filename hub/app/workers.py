"""What a process does besides answering: its loops and its jobs by the clock."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from hub.app.demo import start_simulator
from hub.app.parts import Hub, ingest_tools
from hub.contract.connector import Connector
from hub.domain.ids import ChannelId
from hub.runtime.attachments_worker import AttachmentsWorker, Limits
from hub.runtime.figures import Figures
from hub.runtime.forgetting import forgetting_jobs
from hub.runtime.hooks_worker import HooksWorker
from hub.runtime.journal_worker import JournalWorker
from hub.runtime.leases import LeaseKeeper
from hub.runtime.loops import Loops
from hub.runtime.names_worker import NamesWorker
from hub.runtime.outbox_worker import OutboxWorker
from hub.runtime.outside_bots_loop import run_outside_bots
from hub.runtime.portraits_worker import PortraitsWorker, PortraitTools
from hub.runtime.recordings import start_recordings
from hub.runtime.reports_jobs import report_jobs
from hub.runtime.routing_worker import RoutingWorker
from hub.runtime.scheduler import Job, Scheduler, standard_jobs
from hub.runtime.supervisor import Supervisor
from hub.runtime.surveys import survey_job
from hub.services.deliver import Means
from hub.services.file_links import FileLinks, is_public
from hub.services.hooks import Teller
from hub.settings import Part
from webhooks.visitors.files import forget_uploads

VISITORS_UPLOADS_KEPT = timedelta(days=7)
"""A file a visitor uploaded and never sent goes after this long."""


def start_loops(hub: Hub, loops: Loops) -> None:
    """Start what this process does besides answering requests, by HUB_ONLY."""
    settings = hub.settings
    leases = LeaseKeeper(hub.storage, hub.clock, hub.node, shared=settings.database.startswith("postgresql"))
    loops.start("notices", hub.notices.run)
    loops.start("leases", leases.run)
    supervisor = Supervisor(
        storage=hub.storage,
        accounts=hub.accounts,
        leases=leases,
        clock=hub.clock,
        metrics=hub.metrics,
        check_every=settings.webhooks_checked_every,
    )
    if settings.does(Part.connectors):
        loops.start("supervisor", supervisor.run)
    else:
        loops.start("accounts", hub.accounts.follow)
    figures = Figures(storage=hub.storage, accounts=hub.accounts, metrics=hub.metrics, clock=hub.clock)
    loops.start("figures", figures.run)
    if settings.does(Part.workers):
        _start_workers(hub, loops, supervisor, leases)
    if settings.demo and settings.only is Part.all:
        start_simulator(hub, loops)


def _start_workers(hub: Hub, loops: Loops, supervisor: Supervisor, leases: LeaseKeeper) -> None:
    settings, chance = hub.settings, random.SystemRandom().random
    tools = ingest_tools(hub)
    means = Means(
        storage=hub.storage,
        blobs=hub.blobs,
        clock=hub.clock,
        token_key=hub.keys[0],
        media=hub.media,
        links=FileLinks(public_url=settings.base_url, key=hub.keys[0]) if is_public(settings.public_url) else None,
        chance=chance,
    )
    journal = JournalWorker(
        storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
    )
    outbox = OutboxWorker(
        means=means,
        accounts=hub.accounts,
        capabilities=hub.accounts.capabilities,
        notices=hub.notices,
        refused=supervisor.refused,
        metrics=hub.metrics,
    )
    files = AttachmentsWorker(
        storage=hub.storage,
        blobs=hub.blobs,
        accounts=hub.accounts,
        clock=hub.clock,
        notices=hub.notices,
        refused=supervisor.refused,
        chance=chance,
        limits=Limits(max_bytes=settings.attachment_max_bytes),
        media=hub.media,
    )
    teller = Teller(storage=hub.storage, post=hub.guarded.post, now=hub.clock.now, chance=chance)
    kept = timedelta(days=settings.journal_retention_days)
    scheduler = Scheduler(
        [
            *standard_jobs(hub.storage, hub.blobs, journal_kept=kept),
            _visitors_uploads(hub),
            _prune_rules(hub),
            *forgetting_jobs(hub.storage),
            *report_jobs(
                hub.storage,
                hub.blobs,
                clock=hub.clock,
                chance=chance,
                registry=hub.metrics.registry,
                public_url=settings.base_url,
                connector_of=partial(_sending, hub),
            ),
            hub.calling.sweep(),
            survey_job(hub.storage, hub.accounts, public_url=settings.public_url, key=hub.keys[0]),
            *start_recordings(hub, loops, refused=supervisor.refused),
        ],
        clock=hub.clock,
        leases=leases,
        chance=chance,
        registry=hub.metrics.registry,
    )
    loops.start("journal", journal.run)
    loops.start("outbox", outbox.run)
    loops.start("attachments", files.run)
    loops.start("hooks", HooksWorker(teller=teller, notices=hub.notices).run)
    loops.start("scheduler", scheduler.run)
    loops.start("bots outside", partial(_outside_bots, hub, chance))
    names = NamesWorker(storage=hub.storage, accounts=hub.accounts, notices=hub.notices, leases=leases, clock=hub.clock)
    loops.start("names", names.run)
    portraits = PortraitTools(
        storage=hub.storage, blobs=hub.blobs, accounts=hub.accounts, clock=hub.clock, fetch=hub.guarded.fetch
    )
    loops.start("portraits", PortraitsWorker(portraits, leases).run)
    loops.start("bots", partial(_run_bots, hub, leases))
    loops.start("routing", RoutingWorker(hub.storage, hub.clock, hub.notices, leases).run)
    loops.start("bots watch", partial(_watch_bots, hub, leases))
    loops.start("rules", partial(_run_rules, hub, leases))
    loops.start("calls", hub.calling.worker(hub.notices, leases).run)


async def _run_bots(hub: Hub, leases: LeaseKeeper) -> None:
    from hub.runtime.bots import means_of, serve  # not at the top: the start of a hub need not wait for it

    means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask, links=hub.links)
    await serve(means, hub.notices, leases)


async def _watch_bots(hub: Hub, leases: LeaseKeeper) -> None:
    from hub.runtime.bots import means_of, watch  # as above

    means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask)
    await watch(means, leases)


async def _run_rules(hub: Hub, leases: LeaseKeeper) -> None:
    from hub.runtime.bots import means_of  # as above
    from hub.runtime.rules_worker import RulesWorker

    means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask, links=hub.links)
    await RulesWorker(means=means, notices=hub.notices, leases=leases).run()


def _prune_rules(hub: Hub) -> Job:
    async def prune(now: datetime) -> int:
        from hub.runtime.rules_worker import prune_logs  # as above

        return await prune_logs(hub.storage, now)

    return Job("forget rules' old log", timedelta(hours=1), prune)


async def _outside_bots(hub: Hub, chance: Callable[[], float]) -> None:
    await run_outside_bots(
        storage=hub.storage,
        clock=hub.clock,
        accounts=hub.accounts,
        ask=hub.guarded.ask,
        links=hub.links,
        notices=hub.notices,
        chance=chance,
    )


def _sending(hub: Hub, channel_id: ChannelId) -> Connector | None:
    account = hub.accounts.get(channel_id)
    return account.connector if account is not None and account.may_send else None


def _visitors_uploads(hub: Hub) -> Job:
    async def forget(now: datetime) -> int:
        return await forget_uploads(hub.blobs, now - VISITORS_UPLOADS_KEPT)

    return Job("forget visitors' uploads", timedelta(days=1), forget)
