"""What the scenes of first contact share: the ready flow with a team behind it, woken on one channel."""

from dataclasses import dataclass
from uuid import uuid4

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.waiting import until


@dataclass(frozen=True, slots=True)
class FirstContact:
    """A published bot on a channel, and the team that gets what it hands over."""

    api: HubApi
    team: str
    agent: str
    """The one member of the team, who is available."""

    @classmethod
    async def open(cls, api: HubApi, channel: Json) -> "FirstContact":
        """Take the ready flow “greet and qualify”, have it hand over to a new team, publish it, wake it here."""
        team, flow = str(uuid4()), str(uuid4())
        me = (await api.get("/session"))["user"]["id"]
        await api.post("/teams", {"id": team, "name": "Orders", "member_ids": [me]})
        await api._ask("PUT", f"/teams/{team}/routing", json={"method": "round_robin"})
        await api._ask("PUT", "/presence", json={"chosen": "available"})
        made = await api.post("/bots/flows", {"id": flow, "starter": "greet_and_qualify"})
        steps = [{**one, "team_id": team} if one["kind"] == "handover" else one for one in made["draft"]["steps"]]
        draft = {**made["draft"], "steps": steps}
        await api._ask("PATCH", f"/bots/flows/{flow}", json={"revision": made["revision"], "draft": draft})
        await api.post(f"/bots/flows/{flow}/publish", {"note": "first"})
        rule = {"id": str(uuid4()), "name": "Everybody", "flow_id": flow, "channel_ids": [channel["id"]]}
        await api.post("/bots/rules", rule)
        return cls(api, team, me)

    async def handed_over(self) -> Json:
        """Wait until the one conversation is the team's, and given to its agent; return it."""

        async def look() -> Json | None:
            rows = await self.api.conversations()
            return next((row for row in rows if row["team_id"] == self.team and row["assignee_id"]), None)

        row = await until(look, what="the hand-over to the team")
        assert row["assignee_id"] == self.agent
        return row

    async def note(self, conversation_id: str) -> str:
        """Return the bot's note for colleagues."""
        entries = await self.api.every(f"/conversations/{conversation_id}/interactions")
        [note] = [entry["text"] for entry in entries if entry["kind"] == "note"]
        return str(note)

    async def contact(self, row: Json) -> Json:
        """Return who the customer is."""
        found: Json = await self.api.get(f"/contacts/{row['contact_id']}")
        return found

    async def speaker(self, row: Json) -> str:
        """Return who speaks in a conversation."""
        found = await self.api.get(f"/conversations/{row['id']}/speaker")
        return str(found["speaker"])
