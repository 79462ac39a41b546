"""What reaches Slack, and what the hub is told when it does not."""

import json
from datetime import timedelta

import aiohttp
import pytest

from hub.contract import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from tests.connectors.conformance.kit import attachment, outbound
from tests.connectors.slack.apps import Pauses, called_app
from tests.peers.fake_slack import FakeSlack
from tests.peers.faulty_server import Fault


async def test_text_reaches_the_channel_and_its_receipt_names_the_message(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    channel = slack.channel("help")
    receipt = await called_app(slack, http).send(outbound(channel, "Dzień dobry 안녕 <!channel> & <b>"))
    (message,) = slack.messages[channel]
    assert message["text"] == "Dzień dobry 안녕 &lt;!channel&gt; &amp; &lt;b&gt;"
    assert receipt.external_id == f"{channel}:{message['ts']}"


async def test_a_thread_is_answered_in_the_thread(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    channel = slack.channel("help")
    await called_app(slack, http).send(
        outbound(f"{channel}/1790000001.000100", reply_to=f"{channel}:1790000005.000100")
    )
    (message,) = slack.messages[channel]
    assert (message["thread_ts"], "reply_broadcast" in message) == ("1790000001.000100", False)


async def test_an_answer_to_one_message_of_the_main_flow_shows_there_too(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    anna = slack.person("Anna Example")
    talk = slack.channel(user=anna)
    await called_app(slack, http).send(outbound(anna, reply_to=f"{talk}:1790000005.000100"))
    (message,) = slack.messages[talk]
    assert (message["thread_ts"], message["reply_broadcast"]) == ("1790000005.000100", "true")


async def test_a_person_is_written_to_first(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    anna = slack.person("Anna Example")
    receipt = await called_app(slack, http).send(outbound(anna, "Your parcel is here"))
    (talk,) = slack.channels
    assert receipt.external_id.startswith(f"{talk}:")


async def test_formatting_goes_out_as_a_rich_text_block(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    channel = slack.channel("help")
    await called_app(slack, http).send(outbound(channel, "See this", html="<p>See <b>this</b></p>"))
    (block,) = json.loads(slack.sent[0].values["blocks"])
    (section,) = block["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "See "},
        {"type": "text", "text": "this", "style": {"bold": True}},
    ]


async def test_a_long_text_goes_out_as_several_messages(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    channel = slack.channel("help")
    receipt = await called_app(slack, http).send(outbound(channel, "A sentence of words. " * 400))
    assert len(slack.messages[channel]) == 3
    assert len({receipt.external_id, *receipt.further_ids}) == 3
    assert all(len(text) <= 4000 for text in slack.texts(channel))


@pytest.mark.parametrize("asked", [0, 2])
async def test_files_go_out_as_one_message_with_the_text(
    slack: FakeSlack, http: aiohttp.ClientSession, asked: int
) -> None:
    anna = slack.person("Anna Example")
    slack.shares_after = asked
    files = (
        attachment("Übersicht 견적.pdf", b"one", "application/pdf"),
        attachment('a"\r\nb.png', b"two", "image/png"),
    )
    receipt = await called_app(slack, http).send(outbound(f"{anna}/1790000001.000100", "Here", attachments=files))
    (talk,) = slack.channels
    (message,) = slack.messages[talk]
    assert (message["text"], message["thread_ts"]) == ("Here", "1790000001.000100")
    assert [slack.contents[file["id"]] for file in message["files"]] == [b"one", b"two"]
    assert message["files"][0]["name"] == "Übersicht 견적.pdf"
    assert receipt.external_id == f"{talk}:{message['ts']}"
    assert not [headers for headers in slack.file_headers if "Authorization" in headers]


async def test_a_file_whose_message_slack_never_names_is_sent_all_the_same(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    channel = slack.channel("help")
    slack.shares_after = 100
    receipt = await called_app(slack, http).send(
        outbound(channel, "", attachments=(attachment("a.pdf", b"x", "application/pdf"),))
    )
    assert receipt.external_id.startswith("file:F0FAKE")
    assert len(slack.messages[channel]) == 1


@pytest.mark.parametrize("fault", [Fault(method="upload", status=503), Fault(method="upload", reset=True)])
async def test_a_file_that_could_not_be_uploaded_is_tried_again_for_nobody_saw_it(
    slack: FakeSlack, http: aiohttp.ClientSession, fault: Fault
) -> None:
    channel = slack.channel("help")
    slack.fail(fault)
    with pytest.raises(RetryLater, match="Nothing was sent"):
        await called_app(slack, http).send(
            outbound(channel, "", attachments=(attachment("a.pdf", b"x", "application/pdf"),))
        )
    assert slack.sent == []


async def test_a_file_is_uploaded_to_nobody_but_slack_by_https(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    body = {"ok": True, "file_id": "F1", "upload_url": "http://files.example.com/upload"}
    slack.fail(Fault(method="files.getUploadURLExternal", status=200, body=json.dumps(body).encode()))
    with pytest.raises(Rejected, match="not https"):
        await called_app(slack, http).send(
            outbound(slack.channel("help"), "", attachments=(attachment("a.pdf", b"x", "application/pdf"),))
        )


@pytest.mark.parametrize(
    ("error", "words", "unreachable"),
    [
        ("user_disabled", "deactivated", True),
        ("is_archived", "archived", True),
        ("not_in_channel", "/invite", False),
        ("channel_not_found", "does not show this channel", False),
        ("msg_too_long", "40,000", False),
        ("messages_tab_disabled", "App Home", False),
        ("something_new", "something_new", False),
    ],
)
async def test_a_refusal_is_final_and_says_why(
    slack: FakeSlack, http: aiohttp.ClientSession, error: str, words: str, unreachable: bool
) -> None:
    slack.refuse("chat.postMessage", error)
    with pytest.raises(Rejected, match=words) as refused:
        await called_app(slack, http).send(outbound(slack.channel("help")))
    assert (refused.value.unreachable, refused.value.code) == (unreachable, error)


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive", "missing_scope"])
async def test_credentials_that_no_longer_fit_stop_the_account(
    slack: FakeSlack, http: aiohttp.ClientSession, error: str
) -> None:
    slack.refuse("chat.postMessage", error, needed="chat:write")
    with pytest.raises(CredentialsRefused, match=r"api\.slack\.com/apps"):
        await called_app(slack, http).send(outbound(slack.channel("help")))


@pytest.mark.parametrize(("header", "seconds"), [("30", 30), ("", 30), ("soon", 30), ("999999", 3600)])
async def test_slacks_waiting_time_is_handed_to_the_hub(
    slack: FakeSlack, http: aiohttp.ClientSession, header: str, seconds: int
) -> None:
    slack.fail(Fault(status=429, headers={"Retry-After": header}))
    with pytest.raises(RetryLater) as later:
        await called_app(slack, http).send(outbound(slack.channel("help")))
    assert later.value.after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(hang=True),
        Fault(reset=True),
        Fault(status=500),
        Fault(status=200, body=b"no json"),
        Fault(status=200, body=b'{"ok":true}'),
        Fault(status=200, body=b'{"ok":false,"error":"internal_error"}'),
    ],
)
async def test_whatever_may_have_gone_out_is_unknown(
    slack: FakeSlack, http: aiohttp.ClientSession, fault: Fault
) -> None:
    slack.fail(fault)
    with pytest.raises(OutcomeUnknown, match="may have gone out"):
        await called_app(slack, http).send(outbound(slack.channel("help")))


async def test_between_two_parts_a_request_to_slow_down_is_waited_out(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    channel, pauses = slack.channel("help"), Pauses()
    app = called_app(slack, http, pause=pauses)
    slack.fail(Fault(method="chat.postMessage", after=1, status=429, headers={"Retry-After": "3"}))
    await app.send(outbound(channel, "A sentence of words. " * 250))
    assert pauses.seconds == [3]
    assert len(slack.messages[channel]) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(after=1, status=200, body=b'{"ok":false,"error":"is_archived"}'),
        Fault(after=1, reset=True),
        Fault(after=1, status=503),
    ],
)
async def test_a_half_sent_message_is_unknown_and_says_which_half(
    slack: FakeSlack, http: aiohttp.ClientSession, fault: Fault
) -> None:
    slack.fail(fault)
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text\. Not sent, or not certain: the text\."):
        await called_app(slack, http).send(outbound(slack.channel("help"), "A sentence of words. " * 250))


async def test_a_text_is_out_when_its_file_cannot_be_uploaded_so_it_is_not_sent_again(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    slack.fail(Fault(method="upload", status=503))
    files = (attachment("offer.pdf", b"x", "application/pdf"),)
    with pytest.raises(OutcomeUnknown, match=r"Not sent, or not certain: offer\.pdf"):
        await called_app(slack, http).send(
            outbound(slack.channel("help"), "A sentence of words. " * 250, attachments=files)
        )


async def test_an_empty_message_and_a_foreign_thread_are_refused(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    app = called_app(slack, http)
    with pytest.raises(Rejected, match="nothing to send"):
        await app.send(outbound("C0HELP", " "))
    with pytest.raises(Rejected, match="does not name a place in Slack"):
        await app.send(outbound("mail@example.com"))
    assert slack.calls == []
