"""/wallboard: what hangs on the wall, in one request."""

from hub.api._framework.routing import Routes
from hub.api.call_views import CallView, call_view
from hub.api.deps import ApiDeps
from hub.api.report_query import Channels, Teams, Zone, teams_of
from hub.domain.reports.answers import Selection
from hub.domain.user import Action
from hub.services.reports import wallboard

routes = Routes("reports")


@routes.get("/wallboard", Action.wallboard_read)
async def get_wallboard(
    deps: ApiDeps, zone: Zone = "UTC", channels: Channels = (), teams: Teams = ()
) -> wallboard.Wallboard:
    """Return who waits now, agents by state, calls in queue, and how today goes. Ask again every few seconds."""
    of = Selection(channel_ids=channels, team_ids=teams_of(teams))
    return await wallboard.wallboard(deps.storage, of, deps.now(), zone)


@routes.get("/wallboard/calls", Action.calls_read)
async def list_queued_calls(deps: ApiDeps, channels: Channels = (), teams: Teams = ()) -> tuple[CallView, ...]:
    """List the calls in queue that the wallboard counts, the longest wait first."""
    found = await wallboard.callers(deps.storage, Selection(channel_ids=channels, team_ids=teams_of(teams)))
    return tuple(call_view(row.call, row.contact_id, row.contact_name, row.recordings) for row in found)
