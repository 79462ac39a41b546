"""Reports over HTTP: everybody's figures for managers, one's own for agents, and words for what cannot be asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.contract.errors import OutcomeUnknown, Rejected, RetryLater, SendError
from hub.contract.events import DeliveryReceipt, RawEvent
from hub.contract.outbound import OutboundMessage, SendReceipt
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId, ExternalId
from hub.domain.interaction import AuthorKind
from hub.domain.reports.figures import FIGURES
from hub.domain.user import Action, Role, User
from hub.services.reports import bounces, exports, mailing, rollup
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import T0, ScriptedConnector, channel, says


async def counted(hub: Workspace) -> None:
    await rollup.count_all(hub.deps.storage.rollups)


async def answered(hub: Workspace) -> None:
    """Ann asks and one of us answers in the provider's own app 20 minutes later; Ben still waits."""
    await hub.hears(says("=Where is it?", by="ann"))
    hub.clock.forward(minutes=30)
    await hub.hears(
        says("On its way", by="ann", at=T0 + timedelta(minutes=20), author=AuthorKind.agent),
        says("Hello?", by="ben", at=T0 + timedelta(minutes=30)),
    )
    hub.clock.forward(minutes=30)
    await counted(hub)


def of(board: dict[str, list[dict[str, object]]], figure: str) -> dict[str, object]:
    return next(value for value in board["values"] if value["figure"] == figure)


async def test_a_manager_sees_the_figures_and_the_waits_behind_them(either: Workspace) -> None:
    await answered(either)
    manager = await either.person(Role.manager)
    board = await manager.get("/reports/dashboard?period=today&zone=Europe/Warsaw")
    assert (of(board, "received")["value"], of(board, "reply")["n"], of(board, "reply")["longest"]) == (2, 1, 1200)
    assert board["open"]["n"] == 1
    assert (board["behind"], board["alarm"], board["notes"]) == (0, "", [])
    page = await manager.get("/reports/waits?figure=reply&period=today&zone=Europe/Warsaw")
    (wait,) = page["items"]
    assert (page["total"], wait["question"], wait["answer"], wait["seconds"]) == (
        1,
        "=Where is it?",
        "On its way",
        1200,
    )
    waiting = await manager.get("/reports/waits?figure=waiting")
    assert [one["contact_name"] for one in waiting["items"]] == ["Ben"]


async def test_every_count_opens_into_its_messages_and_every_hour_of_the_week_into_its_own(hub: Workspace) -> None:
    await answered(hub)
    manager = await hub.person(Role.manager)
    month = "period=this_month&zone=UTC"
    page = await manager.get(f"/reports/entries?figure=received&{month}")
    assert (page["total"], [one["text"] for one in page["items"]]) == (2, ["Hello?", "=Where is it?"])
    sent = await manager.get(f"/reports/entries?figure=sent&{month}")
    assert [(one["contact_name"], one["text"]) for one in sent["items"]] == [("Ann", "On its way")]
    (cell,) = (await manager.get(f"/reports/dashboard?{month}"))["heat"]["cells"]
    here, elsewhere = (f"{month}&weekday={cell['weekday']}&hour={hour}" for hour in (cell["hour"], cell["hour"] - 1))
    assert (await manager.get(f"/reports/entries?{here}"))["total"] == cell["received"] == 2
    assert (await manager.get(f"/reports/waits?figure=reply&{here}"))["total"] == cell["n"] == 1
    assert (await manager.get(f"/reports/waits?figure=reply&{elsewhere}"))["items"] == []
    then = (T0 + timedelta(minutes=10)).isoformat().replace("+00:00", "Z")
    waited = await manager.get(f"/reports/waits?figure=waiting&at={then}")
    assert [one["contact_name"] for one in waited["items"]] == ["Ann"]


async def test_every_part_of_a_report_can_be_asked_for_alone(hub: Workspace) -> None:
    await answered(hub)
    manager = await hub.person(Role.manager)
    (group,) = await manager.get("/reports/breakdown?by=channel&period=today")
    assert group["id"] == str(hub.channel.id)
    series = await manager.get("/reports/series?period=today&step=hour")
    assert sum(point["received"] for point in series["points"]) == 2
    (use,) = await manager.get("/reports/channels?period=today")
    assert (use["customers"], use["prefer"]) == (2, 2)
    figures = {figure["key"]: figure for figure in await manager.get("/reports/figures")}
    assert figures["reply"]["formula"].startswith("From a customer's message")
    wall = await manager.get("/wallboard?zone=Asia/Seoul")
    assert (wall["open"]["n"], wall["calls"], wall["channels"][0]["waiting"]) == (1, 0, 1)
    row = next(row for row in await hub.rows() if row.contact_name == "Ann")
    card = await manager.get(f"/contacts/{row.contact_id}/card?zone=Asia/Seoul")
    assert (card["received"], card["sent"], card["best_channel_id"]) == (1, 1, str(hub.channel.id))


async def replied(hub: Workspace, by: User) -> None:
    """An agent's reply that the provider accepted."""
    row = (await hub.rows())[0]
    client = await hub.signed_in(by)
    status, _ = await client.post(f"/conversations/{row.id}/replies", {"id": fresh(), "text": "Here"})
    assert status == 201


async def test_an_agent_sees_their_own_figures_only(hub: Workspace) -> None:
    await answered(hub)
    user, colleague = await hub.user(), await hub.user()
    await replied(hub, user)
    await counted(hub)
    agent = await hub.signed_in(user)
    board = await agent.get("/reports/dashboard?period=today")
    assert of(board, "sent")["value"] == 1
    assert "received" not in {value["figure"] for value in board["values"]}
    assert [group["id"] for group in board["agents"]] == [str(user.id)]
    mine = await agent.get("/reports/mine?period=today")
    assert (mine["user_id"], mine["load"]["name"]) == (str(user.id), "Agent")
    status, body = await agent.call("GET", f"/api/v1/reports/dashboard?agent={colleague.id}")
    assert (status, "for managers" in body["detail"]) == (403, True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("dashboard?zone=Mars/Olympus", "no time zone"),
        ("dashboard?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "ends before"),
        ("dashboard?from=2001-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "longer than"),
        ("dashboard?from=2026-01-01T00:00:00Z", "both"),
        ("dashboard?tag=vip&source=ad", "by tag or by source"),
        ("breakdown?by=agent&tag=vip", "cannot be cut by agent"),
        ("series?period=last_90_days&step=hour", "longer steps"),
        ("waits?figure=nonsense", "no list of waits"),
        ("waits?figure=received", "no list of waits"),
        ("entries?figure=reply", "no list of entries"),
        ("waits?hour=9", "needs both"),
        ("entries?period=today&weekday=6&hour=9", "no such hour of the week"),
        ("waits?cursor=nonsense", "cursor"),
    ],
)
async def test_what_cannot_be_asked_is_said_in_words(hub: Workspace, query: str, words: str) -> None:
    manager = await hub.person(Role.manager)
    status, body = await manager.call("GET", f"/api/v1/reports/{query}")
    assert (status, words in body["detail"]) == (422, True), body


async def exported(
    hub: Workspace, client: Client, form: str, figure: str = "reply", **more: object
) -> tuple[dict[str, object], bytes]:
    key = fresh()
    asked = {"figure": figure, "period": "today", "zone": "Europe/Warsaw", **more}
    status, view = await client.post("/exports", {"id": key, "asked": asked, "format": form})
    assert (status, view["state"]) == (201, "waiting")
    assert (await client.call("GET", f"/api/v1/exports/{key}/file"))[0] == 404
    storage, blobs, now = hub.deps.storage, hub.deps.blobs, hub.clock.now
    assert await exports.make_next(storage, blobs, link="https://hub.example/inbox/", now=now) == 1
    return await client.get(f"/exports/{key}"), (await client.call("GET", f"/api/v1/exports/{key}/file"))[1]


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfStarted,"), ("xlsx", b"PK")])
async def test_the_waits_behind_a_figure_can_be_taken_away_as_a_file(hub: Workspace, form: str, begins: bytes) -> None:
    await answered(hub)
    manager = await hub.person(Role.manager)
    view, content = await exported(hub, manager, form)
    assert (view["state"], view["rows"], view["total"]) == ("done", 1, 1)
    assert content.startswith(begins)
    (other,) = [await (await hub.person(Role.manager)).call("GET", f"/api/v1/exports/{view['id']}")]
    assert other[0] == 404
    assert (await manager.delete(f"/exports/{view['id']}"))[0] == 204
    assert await manager.get("/exports") == []


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfAt,"), ("xlsx", b"PK")])
async def test_the_messages_behind_a_count_can_be_taken_away_too(hub: Workspace, form: str, begins: bytes) -> None:
    await answered(hub)
    view, content = await exported(hub, await hub.person(Role.manager), form, figure="received")
    assert (view["state"], view["rows"], content.startswith(begins)) == ("done", 2, True)


@pytest.mark.parametrize(
    ("language", "waits", "entries"),
    [("ko", "시작,", "시각,"), ("pl", "Początek,", "Kiedy,"), ("en", "Started,", "At,")],
)
async def test_a_file_speaks_the_language_of_who_asked_for_it(
    hub: Workspace, language: str, waits: str, entries: str
) -> None:
    await answered(hub)
    manager = await hub.person(Role.manager, language=language)
    heads = [
        (await exported(hub, manager, "csv", figure))[1].decode("utf-8-sig").splitlines()[0]
        for figure in ("reply", "received")
    ]
    assert [heads[0].startswith(waits), heads[1].startswith(entries)] == [True, True], heads


async def test_every_figure_can_be_taken_away(hub: Workspace) -> None:
    await answered(hub)
    manager = await hub.person(Role.manager)
    views = {figure: (await exported(hub, manager, "csv", figure))[0] for figure in FIGURES}
    assert {figure: view["problem"] for figure, view in views.items() if view["state"] != "done"} == {}


async def test_a_file_for_a_program_is_in_english(hub: Workspace) -> None:
    await answered(hub)
    _, content = await exported(hub, await hub.program(Action.waits_read), "csv")
    assert content.startswith(b"\xef\xbb\xbfStarted,")


async def test_a_file_of_a_narrowed_list_has_no_more_than_the_list(hub: Workspace) -> None:
    await answered(hub)
    manager = await hub.person(Role.manager)
    board = await manager.get("/reports/dashboard?period=today&zone=Europe/Warsaw")
    (cell,) = board["heat"]["cells"]
    here = {"weekday": cell["weekday"], "hour": cell["hour"]}
    elsewhere = here | {"hour": cell["hour"] - 1}
    views = [(await exported(hub, manager, "csv", "received", **narrow))[0] for narrow in (here, elsewhere)]
    assert [view["rows"] for view in views] == [2, 0]
    then = (T0 + timedelta(minutes=10)).isoformat()
    _, waited = await exported(hub, manager, "csv", "waiting", at=then)
    assert ("Ann" in waited.decode(), "Ben" in waited.decode()) == (True, False)


class FullStore:
    """A store for files whose disk is full; it stands where only `put` is asked."""

    async def put(self, _key: str, _content: object) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("language", "words"), [("en", "could not be made"), ("ko", "파일을 만들지 못했습니다")])
async def test_a_file_that_breaks_off_says_why_and_keeps_nobody_waiting(
    hub: Workspace, language: str, words: str
) -> None:
    manager = await hub.person(Role.manager, language=language)
    first, second = fresh(), fresh()
    for key in (first, second):
        await manager.post("/exports", {"id": key, "asked": {"figure": "reply"}})
        hub.clock.forward(seconds=1)
    link, now = "https://hub.example/inbox/", hub.clock.now
    with pytest.raises(OSError, match="No space left"):
        await exports.make_next(hub.deps.storage, FullStore(), link=link, now=now)  # type: ignore[arg-type]  # of which put is called
    broken = await manager.get(f"/exports/{first}")
    assert (broken["state"], words in broken["problem"], "No space left" in broken["problem"]) == ("failed", True, True)
    assert await exports.make_next(hub.deps.storage, hub.deps.blobs, link=link, now=now) == 1
    assert (await manager.get(f"/exports/{second}"))["state"] == "done"


async def test_old_exports_are_forgotten_with_their_files(hub: Workspace) -> None:
    await answered(hub)
    await exported(hub, await hub.person(Role.manager), "csv")
    later = hub.clock.now() + exports.KEPT
    assert await exports.forget_old(hub.deps.storage, hub.deps.blobs, later + timedelta(seconds=1)) == 1
    assert [key async for key in hub.deps.blobs.keys("exports")] == []


def weekly(**more: object) -> dict[str, object]:
    return {"id": fresh(), "name": "Weekly", "asked": {"period": "last_week", "zone": "Asia/Seoul"}, **more}


async def test_a_report_is_kept_under_a_name_and_shared_by_managers_only(hub: Workspace) -> None:
    agent, manager = await hub.person(), await hub.person(Role.manager)
    assert (await agent.post("/reports/saved", weekly()))[0] == 201
    assert (await agent.post("/reports/saved", weekly(shared=True)))[0] == 403
    shared = weekly(name="For all", shared=True)
    assert (await manager.post("/reports/saved", shared))[0] == 201
    assert [report["name"] for report in await agent.get("/reports/saved")] == ["For all", "Weekly"]
    assert [report["name"] for report in await manager.get("/reports/saved")] == ["For all"]
    assert (await agent.patch(f"/reports/saved/{shared['id']}", {"name": "Mine"}))[0] == 403
    assert (await manager.patch(f"/reports/saved/{shared['id']}", {"name": "Ours"}))[1]["name"] == "Ours"
    assert (await manager.delete(f"/reports/saved/{shared['id']}"))[0] == 204
    status, body = await manager.post("/reports/saved", weekly(asked={"period": "someday"}))
    assert (status, "cannot be read" in body["detail"]) == (422, True)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "No mail channel is connected"), ("ko", "연결된 메일 채널이 없어")]
)
async def test_without_a_mail_channel_a_schedule_is_refused_in_words(hub: Workspace, language: str, words: str) -> None:
    manager = await hub.person(Role.manager, language=language)
    status, body = await manager.post("/reports/saved", weekly(schedule="weekly", recipients=["boss@example.com"]))
    assert (status, words in body["detail"]) == (422, True)


async def test_a_schedule_whose_mailbox_was_switched_off_says_so_in_its_owners_language(hub: Workspace) -> None:
    manager, _ = await mailed(hub, language="pl")
    async with hub.deps.storage.begin() as uow:
        office = next(one for one in await uow.channels.all() if one.kind == "email")
        await uow.channels.update(replace(office, enabled=False))
    hub.clock.forward(hours=20)
    await send_due(hub)
    (after,) = await manager.get("/reports/saved")
    assert after["problem"].startswith("Nie podłączono żadnego kanału pocztowego")


async def mailed(hub: Workspace, **more: object) -> tuple[Client, dict[str, object]]:
    """A manager's report that a mail channel sends every day."""
    mailbox = channel(connector="paper", kind="email", name="Office", webhook_key=fresh())
    async with hub.deps.storage.begin() as uow:
        await uow.channels.add(mailbox, {"box": "1", "key": "right", "colour": "white"}, {"key"})
    await hub.deps.accounts.refresh()
    manager = await hub.person(Role.manager, language=more.pop("language", "en"))
    kept: dict[str, object] = {"asked": {"period": "today"}, "schedule": "daily", "recipients": ["boss@example.com"]}
    asked = weekly(**kept | more)
    status, saved = await manager.post("/reports/saved", asked)
    assert (status, saved["next_at"]) == (201, "2026-03-03T06:00:00.000Z")
    return manager, saved


async def send_due(hub: Workspace) -> int:
    def connector_of(channel_id: object) -> object:
        account = next(one for one in hub.deps.accounts if one.channel.id == channel_id)
        return account.connector

    return await mailing.send_due(hub.deps.storage, connector_of, hub.clock.now())  # type: ignore[arg-type]  # of the account


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfFigure,Unit,"), ("pdf", b"%PDF-")])
async def test_a_report_is_mailed_once_when_its_time_comes(hub: Workspace, form: str, begins: bytes) -> None:
    await answered(hub)
    manager, saved = await mailed(hub, format=form)
    several = {"recipients": ["boss@example.com", "b@example.com"]}
    await manager.patch(f"/reports/saved/{saved['id']}", several)
    hub.clock.forward(hours=20)
    assert [await send_due(hub), await send_due(hub)] == [1, 0]
    (mail,) = hub.script.sent
    assert (mail.recipient, mail.cc) == ("boss@example.com", ("b@example.com",))
    assert (mail.auto, mail.report) == (True, True)
    assert mail.subject == "Weekly: Mar 3, 2026"
    assert (await mail.attachments[0].read()).startswith(begins)
    (after,) = await manager.get("/reports/saved")
    assert (after["problem"], after["next_at"]) == ("", "2026-03-04T06:00:00.000Z")


@pytest.mark.parametrize(
    ("language", "subject", "line", "row"),
    [
        ("ko", "Weekly: 2026년 3월 2일", "받은 메시지: 2", "받은 메시지,개수,2,2,"),
        ("pl", "Weekly: 2 mar 2026", "Odebrane wiadomości: 2", "Odebrane wiadomości,liczba,2,2,"),
    ],
)
async def test_a_mailed_report_speaks_the_language_of_its_owner(
    hub: Workspace, language: str, subject: str, line: str, row: str
) -> None:
    await answered(hub)
    await mailed(hub, language=language, format="csv", asked={"period": "yesterday"})
    hub.clock.forward(hours=20)
    await send_due(hub)
    (mail,) = hub.script.sent
    assert (mail.subject, line in mail.text) == (subject, True), mail.text
    lines = (await mail.attachments[0].read()).decode("utf-8-sig").splitlines()
    assert [one for one in lines if one.startswith(row)], lines


async def test_it_speaks_that_of_its_recipients_where_they_work_here_and_share_one(hub: Workspace) -> None:
    chief = await hub.user(Role.manager, language="pl")
    await mailed(hub, recipients=["boss@example.com", chief.email.upper()])
    hub.clock.forward(hours=20)
    await send_due(hub)
    assert "W tym czasie nic się nie wydarzyło." in hub.script.sent[0].text


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Rejected("No such mailbox: boss@example.com."), "No such mailbox: boss@example.com."),
        (RetryLater("The mail server is full."), "The mail server is full. 허브가 10분 뒤에 다시 시도합니다."),
        (OutcomeUnknown("cut off"), "메일 서버가 보고서를 받았는지 알려 주지 않았습니다. 이미 나갔을 수도 있습니다."),
    ],
)
async def test_a_mail_that_did_not_go_out_says_why(hub: Workspace, trouble: SendError, words: str) -> None:
    manager, saved = await mailed(hub, language="ko")

    def fails(_message: OutboundMessage) -> SendReceipt:
        raise trouble

    hub.script.answer = fails
    hub.clock.forward(hours=20)
    await send_due(hub)
    (after,) = await manager.get("/reports/saved")
    assert (after["problem"], after["sent_at"], after["name"]) == (words, None, saved["name"])


class Mailbox(ScriptedConnector):
    """A mail channel that names its mails itself."""

    def new_message_id(self, delivery_id: DeliveryId) -> ExternalId:
        return ExternalId(f"hub.{delivery_id.hex}@example.com")


async def test_a_mail_that_comes_back_later_says_so_beside_the_report(hub: Workspace) -> None:
    manager, saved = await mailed(hub, language="pl")
    mailbox = Mailbox(hub.script)
    hub.clock.forward(hours=20)
    assert await mailing.send_due(hub.deps.storage, lambda _: mailbox, hub.clock.now()) == 1
    (mail,) = hub.script.sent
    assert mail.message_id is not None
    fate = DeliveryReceipt(
        external_id=mail.message_id,
        state=DeliveryState.failed,
        occurred_at=hub.clock.now(),
        recipient="boss@example.com",
        reason="No such user.",
    )
    hub.clock.forward(minutes=5)
    bounce = RawEvent(kind="line", body=hub.script.body(fate), received_at=hub.clock.now())
    async with hub.deps.storage.read() as uow:
        office = next(one for one in await uow.channels.all() if one.kind == "email")
    await hub.deps.storage.journal.append(office.id, [bounce])
    while await hub.worker.drain():
        pass
    heard = [await bounces.hear_back(hub.deps.storage, lambda _: mailbox, hub.clock.now()) for _ in range(2)]
    (after,) = await manager.get("/reports/saved")
    assert (heard, after["id"]) == ([1, 0], saved["id"])
    assert after["problem"] == "Raport nie dotarł do boss@example.com: No such user."


async def test_notes_beside_figures_are_in_the_readers_language(hub: Workspace) -> None:
    manager = await hub.person(Role.manager, language="pl")
    (note,) = (await manager.get("/reports/dashboard?period=today&zone=Asia/Kolkata"))["notes"]
    assert note.startswith("Strefa Asia/Kolkata")


async def test_figures_are_checked_and_counted_anew_at_the_press_of_a_button(hub: Workspace) -> None:
    await hub.hears(says("hello"))
    manager, agent = await hub.person(Role.manager), await hub.person()
    await rollup.count_all(hub.deps.storage.rollups)
    assert (await manager.get("/reports/trust"))["checked_at"] is None
    status, checked = await manager.post("/reports/trust/check")
    assert (status, checked["checked_hours"], checked["problem"]) == (200, 1, "")
    status, recount = await manager.post("/reports/trust/recount")
    assert (status, recount["recount_hours"], recount["behind"]) == (200, 1, 1)
    await rollup.count_all(hub.deps.storage.rollups)
    assert (await agent.get("/reports/trust"))["behind"] == 0
    assert (await agent.post("/reports/trust/recount"))[0] == 403
