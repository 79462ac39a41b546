"""Surveys over the API: kept by managers; what customers answered is told in figures, a list and a file."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hub.domain.ids import ChannelId, ContactPointId, ConversationId, UserId
from hub.domain.survey.rating import Rating, RatingId, Via, asked, rated
from hub.domain.survey.survey import Survey, SurveyId
from hub.domain.user import Role
from hub.services.ids import new_id
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import T0, says


def survey(**changed: Any) -> dict[str, Any]:
    return {"id": fresh(), "name": "After help", **changed}


async def test_a_survey_is_made_once_changed_put_in_order_and_deleted(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    body = survey(wording={"pl": {"question": " Jak było? "}}, delay_seconds=60)
    status, made = await manager.post("/surveys", body)
    assert (status, made["delay_seconds"], made["wording"]["pl"]["question"]) == (201, 60, "Jak było?")
    assert (await manager.post("/surveys", body))[0] == 200
    _, other = await manager.post("/surveys", survey(name="Other"))
    _, ordered = await manager.put("/surveys/order", {"ids": [other["id"], made["id"]]})
    assert [one["name"] for one in ordered] == ["Other", "After help"]
    status, changed = await manager.put(f"/surveys/{made['id']}", {"name": "Later", "active": False})
    assert (status, changed["active"], changed["wording"]) == (200, False, {})
    assert (await manager.delete(f"/surveys/{made['id']}"))[0] == 204
    assert (await manager.delete(f"/surveys/{made['id']}"))[0] == 404
    assert [one["language"] for one in await manager.get("/surveys/words")] == ["en", "ko", "pl"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "   "}, "a name"),
        ({"team_ids": [fresh()]}, "teams is not there"),
        ({"channel_ids": [fresh()]}, "channels is not there"),
        ({"templates": {fresh(): "hello"}}, "templates is not there"),
    ],
)
async def test_what_cannot_be_kept_is_refused_in_words(hub: Workspace, wrong: dict[str, Any], words: str) -> None:
    status, problem = await (await hub.person(Role.manager)).post("/surveys", survey(**wrong))
    assert status == 422
    assert words in problem["detail"]


async def answered(hub: Workspace, scores: dict[str, int | None], agent: UserId | None = None) -> None:
    """Have customers asked, and answer: who, and their score."""
    plan = Survey(id=SurveyId(new_id()), name="After help", created_at=T0, updated_at=T0)
    now = hub.clock.now()
    for who, score in scores.items():
        await hub.hears(says("Hello", by=who, at=now))
        row = next(one for one in await hub.rows() if one.address == who)
        due = Rating(
            id=RatingId(new_id()),
            survey_id=plan.id,
            conversation_id=ConversationId(row.id),
            episode=1,
            channel_id=ChannelId(row.channel_id),
            contact_point_id=ContactPointId(row.contact_point_id),
            agent_id=agent,
            resolved_at=now,
        )
        rating = asked(due, plan, "en", now - timedelta(hours=2))
        if score is not None:
            rating = replace(rated(rating, score, f"=because {who}", now, Via.text, now), owes=None, next_at=None)
        async with hub.deps.storage.begin() as uow:
            await uow.ratings.save([rating])


async def test_the_figures_have_the_list_behind_them_and_a_file(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    await answered(hub, {"ann": 5, "bob": 2, "eve": None})
    report = await manager.get("/reports/satisfaction")
    assert report["whole"]["asked"] == 3
    assert (report["whole"]["answered"], report["whole"]["satisfied"], report["whole"]["average"]) == (2, 0.5, 3.5)
    assert [group["figures"]["asked"] for group in report["channels"]] == [3]
    page = await manager.get("/reports/ratings?limit=1")
    rest = await manager.get(f"/reports/ratings?cursor={page['next']}")
    assert {one["contact_name"] for one in (*page["items"], *rest["items"])} == {"Ann", "Bob"}
    assert [one["score"] for one in (await manager.get("/reports/ratings?score=2"))["items"]] == [2]
    assert len((await manager.get("/reports/ratings?answered=false"))["items"]) == 3
    status, content = await manager.call("GET", "/api/v1/reports/ratings.csv")
    assert (status, content.decode("utf-8-sig").count("\n")) == (200, 4)
    assert "'=because ann" in content.decode()
    polish = await hub.person(Role.manager, language="pl")
    _, content = await polish.call("GET", "/api/v1/reports/ratings.csv?zone=Europe/Warsaw")
    head, *rows = content.decode("utf-8-sig").splitlines()
    assert head.startswith("Zapytano,Oceniono,Skala,Ocena,Komentarz,Kanał,")
    assert all("+01:00,1–5," in row or "+01:00,,1–5," in row for row in rows), rows
    ann = next(one for one in (*page["items"], *rest["items"]) if one["contact_name"] == "Ann")
    told = await manager.get(f"/contacts/{ann['contact_id']}/ratings")
    assert [(one["score"], one["comment"]) for one in told["items"]] == [(5, "=because ann")]


async def test_nothing_asked_is_nothing_said(hub: Workspace) -> None:
    whole = (await (await hub.person(Role.manager)).get("/reports/satisfaction"))["whole"]
    assert (whole["asked"], whole["response_rate"], whole["satisfied"], whole["average"]) == (0, None, None, None)


async def test_an_agent_sees_their_own_ratings_only(hub: Workspace) -> None:
    agent = await hub.person()
    mine = UserId(UUID((await _me(agent))["id"]))
    await answered(hub, {"ann": 5}, agent=mine)
    await answered(hub, {"bob": 1}, agent=UserId(new_id()))
    assert (await agent.get("/reports/satisfaction"))["whole"]["answered"] == 1
    assert [one["score"] for one in (await agent.get("/reports/ratings"))["items"]] == [5]
    assert (await agent.call("GET", f"/api/v1/reports/satisfaction?agent={fresh()}"))[0] == 403


async def _me(client: Client) -> dict[str, Any]:
    return dict((await client.get("/session"))["user"])
