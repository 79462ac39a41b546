"""What the servers our bot is in look like: the places in them, learnt from the gateway or asked for. A cache."""

from dataclasses import replace

from connectors._lib.loose_json import Json, objects, text
from connectors.discord.client import Client, Refused
from connectors.discord.ids import is_id
from connectors.discord.places import THREADS, Place

_MOST = 50_000


class Servers:
    """The places we know, by id."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._places: dict[str, Place] = {}

    def learn(self, name: str, data: Json) -> None:
        """Take what an event of the gateway says about places."""
        match name:
            case "GUILD_CREATE":
                for channel in (*objects(data, "channels"), *objects(data, "threads")):
                    self.note(channel)
            case "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE":
                self.note(data)
            case "THREAD_LIST_SYNC":
                for thread in objects(data, "threads"):
                    self.note(thread)
            case "CHANNEL_DELETE" | "THREAD_DELETE":
                self._places.pop(text(data, "id"), None)

    def note(self, channel: Json) -> Place | None:
        """Note a channel object; returns the place, with what is above it as far as we know."""
        place = Place.of(channel)
        if place is None:
            return None
        if len(self._places) >= _MOST:
            self._places.clear()
        self._places[place.id] = place
        return self._under(place)

    async def place(self, channel: str) -> Place:
        """Return a place, asked for if need be; only its id if Discord does not show it. Raises DiscordError."""
        known = self._places.get(channel) or await self._asked(channel)
        if known.kind in THREADS and known.parent and known.parent not in self._places:
            await self._asked(known.parent)
        return self._under(known)

    def _under(self, place: Place) -> Place:
        parent = self._places.get(place.parent)
        return replace(place, above=parent.parent) if parent is not None else place

    async def _asked(self, channel: str) -> Place:
        try:
            answer = await self._client.get(f"/channels/{channel}")
        except Refused as error:
            if error.status not in (403, 404):
                raise
            answer = {}
        self.note(answer if isinstance(answer, dict) else {})
        return self._places.setdefault(channel, Place(id=channel))


class Members:
    """The roles of the people who write, which messages read from the history lack. A cache."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[tuple[str, str], Json] = {}

    async def member(self, server: str, person: str) -> Json:
        """Return somebody's membership; empty if they left."""
        if not (is_id(server) and is_id(person)):
            return {}
        known = self._known.get((server, person))
        if known is None:
            try:
                answer = await self._client.get(f"/guilds/{server}/members/{person}")
            except Refused as error:
                if error.status not in (403, 404):
                    raise
                answer = {}
            found = answer if isinstance(answer, dict) else {}
            known = {"nick": found.get("nick"), "roles": found.get("roles", [])}
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[(server, person)] = known
        return known
