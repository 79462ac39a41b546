"""The knowledge base over the API: written, found, counted, taken in and out as a file."""

import csv
import io
from typing import Any

import pytest

from hub.domain.botflow.effects import AskKnowledge
from hub.domain.ids import ConversationId
from hub.domain.user import Role
from hub.ports.bots import Talk
from hub.services.ids import new_id
from hub.services.knowledge.base import KnowledgeBase
from tests.api.workspace import Client, Workspace, fresh


def article(**changed: Any) -> dict[str, Any]:
    return {
        "id": fresh(),
        "language": "en",
        "questions": ["Where is my order?"],
        "answer": "It takes two days.",
        "tags": ["delivery"],
        "topic": "delivery",
        "source": "https://shop.example/delivery",
        **changed,
    }


async def write(manager: Client, **changed: Any) -> dict[str, Any]:
    status, made = await manager.post("/articles", article(**changed))
    assert status == 201, made
    return dict(made)


async def take_in(manager: Client, content: bytes, query: str = "") -> tuple[int, Any]:
    headers = {"Content-Type": "text/csv"}
    return await manager.call("POST", f"/api/v1/knowledge/file{query}", data=content, headers=headers)


async def test_an_article_is_written_changed_listed_and_deleted(hub: Workspace) -> None:
    manager, agent = await hub.person(Role.manager), await hub.person()
    body = article(questions=["  Where is   my order? ", "WHERE IS MY ORDER?", "Order?"], tags=["Delivery", "delivery"])
    status, made = await manager.post("/articles", body)
    assert (status, made["questions"], made["tags"]) == (201, ["Where is my order?", "Order?"], ["delivery"])
    assert (await manager.post("/articles", body))[0] == 200
    status, changed = await manager.patch(f"/articles/{made['id']}", {"answer": "Three days.", "published": False})
    assert (status, changed["answer"], changed["topic"]) == (200, "Three days.", "delivery")
    assert [one["id"] for one in (await agent.get("/articles?published=false"))["items"]] == [made["id"]]
    assert (await agent.get("/articles?language=pl"))["items"] == []
    assert (await manager.delete(f"/articles/{made['id']}"))[0] == 204
    assert (await agent.call("GET", f"/api/v1/articles/{made['id']}"))[0] == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "english"},
        {"questions": []},
        {"questions": ["  "]},
        {"answer": "  "},
        {"answer": "x" * 5000},
        {"source": "javascript:alert(1)"},
        {"source": "https://me:you@shop.example/"},
        {"questions": [f"question {n}" for n in range(31)]},
        {"tags": ["x" * 60]},
    ],
)
async def test_what_does_not_fit_is_said_in_words(hub: Workspace, wrong: dict[str, Any]) -> None:
    manager = await hub.person(Role.manager)
    status, problem = await manager.post("/articles", article(**wrong))
    assert (status, bool(problem["detail"])) == (422, True)


async def test_a_topic_has_one_article_in_each_language(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    await write(manager)
    await write(manager, language="pl", questions=["Gdzie jest moje zamówienie?"])
    status, problem = await manager.post("/articles", article(topic="Delivery "))
    assert (status, "Where is my order?" in problem["detail"]) == (409, True)


async def test_questions_find_articles_in_the_language_asked_for_as_soon_as_they_are_written(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    assert await manager.get("/knowledge/matches?q=where+is+my+order") == []
    await write(manager)
    await write(manager, language="ko", questions=["주문한 상품은 어디 있나요?"], answer="이틀 걸립니다.")
    (found,) = await manager.get("/knowledge/matches?q=wheres+my+ordr&language=ko")
    assert (found["article"]["answer"], found["question"]) == ("이틀 걸립니다.", "Where is my order?")
    assert 0.4 < found["score"] < 1


async def test_what_bots_gave_and_what_helped_is_counted_and_what_is_missing_listed(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    made = await write(manager)
    base = KnowledgeBase(hub.deps.storage, hub.clock.now)
    talk = Talk(conversation_id=ConversationId(new_id()), contact_id=None, channel_id=None)
    given = await base.answer(AskKnowledge(ask=1, text="Where is my order?", language="en"), talk)
    assert given is not None
    assert (given.text, given.source, given.article_id) == (made["answer"], made["source"], made["id"])
    await base.helped(given.article_id, yes=True)
    await base.helped(given.article_id, yes=False)
    await base.helped("nonsense", yes=True)
    secret = "Do you sell bikes? My card is 4111 1111 1111 1111"
    assert await base.answer(AskKnowledge(ask=2, text=secret, language="en"), talk) is None
    counted = await manager.get(f"/articles/{made['id']}")
    assert (counted["shown"], counted["helped"], counted["not_helped"]) == (1, 1, 1)
    (missing,) = (await manager.get("/knowledge/questions?answered=false"))["items"]
    assert missing["text"] == "Do you sell bikes? My card is [card]"
    assert len((await manager.get("/knowledge/questions"))["items"]) == 2


async def test_a_file_goes_out_and_comes_in_again_unchanged(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    await write(manager, questions=["=1+1?", "안녕?"], answer='He said "yes",\nthen, @home', tags=["a", "b"])
    await write(manager, topic="", questions=["Other?"], published=False)
    response, content = await manager.full("GET", "/api/v1/knowledge/file")
    assert response.content_type == "text/csv"
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    before = (await manager.get("/articles"))["items"]
    status, report = await take_in(manager, content)
    assert (status, report["unchanged"], report["added"], report["changed"]) == (200, 2, 0, 0)
    for one in before:
        await manager.delete(f"/articles/{one['id']}")
    assert (await take_in(manager, content))[1]["added"] == 2
    after = {one["id"]: one for one in (await manager.get("/articles"))["items"]}
    assert {one["id"]: one["questions"] for one in before} == {key: one["questions"] for key, one in after.items()}


POLISH = "language;questions;answer;topic\npl;Gdzie jest moje zamówienie?;Dwa dni, proszę.;dostawa\n"
KOREAN = "language,questions,answer\nko,주문한 상품은 어디 있나요?,이틀 걸립니다. 조금만 기다려 주세요.\n"


@pytest.mark.parametrize(
    ("content", "question"),
    [
        (POLISH.encode("cp1250"), "Gdzie jest moje zamówienie?"),
        (POLISH.encode("utf-16"), "Gdzie jest moje zamówienie?"),
        (KOREAN.encode("cp949"), "주문한 상품은 어디 있나요?"),
        (KOREAN.encode("utf-8-sig"), "주문한 상품은 어디 있나요?"),
    ],
    ids=["Polish Excel", "UTF-16", "Korean Excel", "UTF-8 with a mark"],
)
async def test_files_of_old_spreadsheets_are_read(hub: Workspace, content: bytes, question: str) -> None:
    manager = await hub.person(Role.manager)
    assert (await take_in(manager, content))[1]["added"] == 1
    assert (await manager.get("/articles"))["items"][0]["questions"] == [question]


async def test_lines_with_a_problem_are_told_and_a_trial_writes_nothing(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    content = b"language,questions,answer,id\nen,Where?,Here.,\nxx1,Where?,Here.,\nen,,Here.,\nen,When?,Now.,nonsense\n"
    status, report = await take_in(manager, content, "?dry_run=true")
    assert (status, report["added"], report["left_out"]) == (200, 1, 3)
    assert [one["line"] for one in report["problems"]] == [3, 4, 5]
    assert (await manager.get("/articles"))["items"] == []
    assert (await take_in(manager, content))[1]["added"] == 1
    assert (await take_in(manager, content))[1]["unchanged"] == 1
    assert (await take_in(manager, content.replace(b"Here.", b"There.")))[1]["changed"] == 1


@pytest.mark.parametrize(
    "content", [b"", b"question,answer\n", b"language,questions,answer,colour\n", b'language,questions,answer\n"en']
)
async def test_what_is_no_such_file_is_refused_in_words(hub: Workspace, content: bytes) -> None:
    manager = await hub.person(Role.manager)
    status, problem = await take_in(manager, content)
    assert (status, bool(problem["detail"])) == (422, True)
