"""Flows at work, as the interpreter reads them: each version is read once, for it never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.domain.botflow.flow import Flow, FlowFault
from hub.domain.botflow.reading import read_flow
from hub.domain.botflow.records import BotRule, FlowId
from hub.domain.errors import Invalid
from hub.ports import UnitOfWork

FLOWS_KEPT = 500


@dataclass(slots=True)
class Library:
    """The flows and rules of one worker."""

    flows: dict[tuple[FlowId, int], Flow] = field(default_factory=dict)
    _published: Mapping[FlowId, tuple[str, int]] | None = None
    _rules: Sequence[BotRule] | None = None

    def begin(self) -> None:
        """Forget what only one transaction may rely on."""
        self._published = self._rules = None

    async def published(self, uow: UnitOfWork) -> Mapping[FlowId, tuple[str, int]]:
        """Return the flows at work, read once in a transaction."""
        if self._published is None:
            self._published = await uow.bots.published()
        return self._published

    async def rules(self, uow: UnitOfWork) -> Sequence[BotRule]:
        """Return the active rules, read once in a transaction."""
        if self._rules is None:
            self._rules = await uow.bots.rules(active=True)
        return self._rules

    async def flow(self, uow: UnitOfWork, flow_id: FlowId, number: int) -> Flow:
        """Return a version of a flow. Raises FlowFault."""
        found = self.flows.get((flow_id, number))
        if found is not None:
            return found
        version = await uow.bots.version(flow_id, number)
        if version is None:
            raise FlowFault("The flow was deleted.")
        try:
            found = read_flow(version.graph)
        except Invalid as error:
            raise FlowFault(f"The flow cannot be read: {error}") from error
        if len(self.flows) >= FLOWS_KEPT:
            self.flows.clear()
        self.flows[flow_id, number] = found
        return found
