"""/wallboard: what hangs on the wall, in one request."""

from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.api.report_query import Channels, Teams, Zone
from hub.domain.reports.answers import Selection
from hub.domain.user import Action
from hub.services.reports import wallboard

routes = Routes("reports")


@routes.get("/wallboard", Action.wallboard_read)
async def get_wallboard(
    deps: ApiDeps, zone: Zone = "UTC", channels: Channels = (), teams: Teams = ()
) -> wallboard.Wallboard:
    """Return who waits now, agents by state, calls in queue, and how today goes. Ask again every few seconds."""
    return await wallboard.wallboard(deps.storage, Selection(channel_ids=channels, team_ids=teams), deps.now(), zone)
