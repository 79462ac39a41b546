"""What reaches Discord, and what the hub is told when it does not."""

from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.discord.ids import nonce, read_thread, snowflake_at
from connectors.discord.markdown import escaped, to_markdown
from connectors.discord.render import render
from hub.contract import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, attachment, outbound
from tests.connectors.discord.bots import Pauses, bot_for
from tests.peers.fake_discord import FakeDiscord
from tests.peers.faulty_server import Fault

LONG = "A sentence of words. " * 150


async def test_a_person_is_written_to_and_the_receipt_names_the_message(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, bot = discord.person("Anna Example"), bot_for(discord, http, tmp_path)
    receipt = await bot.send(outbound(anna["id"], "Dzień dobry 안녕 @everyone"))
    await bot.send(outbound(anna["id"], "again"))
    first, again = discord.messages[discord.talk(anna)]
    assert receipt.external_id == first["id"]
    assert (first["content"], again["content"]) == ("Dzień dobry 안녕 @everyone", "again")
    assert discord.sent[0].body["allowed_mentions"] == {"parse": []}
    assert discord.calls.count(("POST", "users/@me/channels")) == 1


async def test_the_same_delivery_handed_over_twice_is_one_message(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, bot = discord.person("Anna Example"), bot_for(discord, http, tmp_path)
    message = outbound(anna["id"], "Hello")
    first, again = await bot.send(message), await bot.send(message)
    assert first == again
    assert discord.texts(discord.talk(anna)) == ["Hello"]


async def test_a_channel_is_answered_in_the_channel_as_a_reply(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    channel = discord.channel(discord.guild(), "help")
    await bot_for(discord, http, tmp_path).send(outbound(f"c{channel}", reply_to="1509000000000000001"))
    assert discord.sent[0].body["message_reference"] == {
        "message_id": "1509000000000000001",
        "fail_if_not_exists": False,
    }


async def test_files_go_out_with_the_text(discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path) -> None:
    anna = discord.person("Anna Example")
    files = (
        attachment("Übersicht 견적.pdf", b"one", "application/pdf"),
        attachment('a"\r\nb.png', b"two", "image/png"),
    )
    await bot_for(discord, http, tmp_path).send(outbound(anna["id"], "Here", attachments=files))
    (sent,) = discord.sent
    assert sent.body["content"] == "Here"
    assert sent.files == {"files[0]": ("Übersicht 견적.pdf", b"one"), "files[1]": ("a'b.png", b"two")}


async def test_a_long_text_goes_out_as_several_messages_with_the_files_at_the_end(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    files = (attachment("a.pdf", b"x", "application/pdf"),)
    receipt = await bot_for(discord, http, tmp_path).send(outbound(anna["id"], LONG, attachments=files))
    assert [bool(sent.files) for sent in discord.sent] == [False, True]
    assert all(len(sent.body["content"]) <= 2000 for sent in discord.sent)
    assert len({sent.body["nonce"] for sent in discord.sent}) == 2
    assert len(receipt.further_ids) == 1


@pytest.mark.parametrize(
    ("status", "code", "words", "unreachable"),
    [
        (403, 50007, "takes no direct messages", True),
        (404, 10003, "was deleted", True),
        (403, 50013, "Send Messages", False),
        (403, 50001, "View Channel", False),
        (400, 160005, "locked", False),
        (413, 40005, "too large", False),
        (400, 99999, "an explanation", False),
    ],
)
async def test_a_refusal_is_final_and_says_why(
    discord: FakeDiscord,
    http: aiohttp.ClientSession,
    tmp_path: Path,
    status: int,
    code: int,
    words: str,
    unreachable: bool,
) -> None:
    anna = discord.person("Anna Example")
    discord.refuse("POST messages", status, code)
    with pytest.raises(Rejected, match=words) as refused:
        await bot_for(discord, http, tmp_path).send(outbound(anna["id"]))
    assert (refused.value.unreachable, refused.value.code) == (unreachable, str(code))
    assert discord.sent == []


async def test_an_invalid_form_names_its_field(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    errors = {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH"}]}}
    discord.refuse("POST messages", 400, 50035, errors=errors)
    with pytest.raises(Rejected, match=r"an explanation \(content\)"):
        await bot_for(discord, http, tmp_path).send(outbound(discord.person("Anna")["id"]))


async def test_somebody_discord_does_not_know_cannot_be_written_to(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    with pytest.raises(Rejected) as refused:
        await bot_for(discord, http, tmp_path).send(outbound("999000000000000001"))
    assert refused.value.unreachable


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(method="POST messages", status=429, body=b'{"retry_after": 0.65, "global": false}'), 0.65),
        (Fault(method="POST messages", status=429, headers={"Retry-After": "3"}, body=b"cloudflare"), 3),
        (Fault(method="POST messages", status=429, headers={"Retry-After": "soon"}), 5),
        (Fault(method="POST messages", status=429, body=b'{"retry_after": 1e9}'), 3600),
    ],
)
async def test_discords_waiting_time_is_handed_to_the_hub(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, fault: Fault, seconds: float
) -> None:
    discord.fail(fault)
    with pytest.raises(RetryLater) as later:
        await bot_for(discord, http, tmp_path).send(outbound(discord.person("Anna")["id"]))
    assert later.value.after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="POST messages", hang=True),
        Fault(method="POST messages", reset=True),
        Fault(method="POST messages", status=500),
        Fault(method="POST messages", status=200, body=b"no json"),
        Fault(method="POST messages", status=200, body=b"{}"),
    ],
)
async def test_whatever_may_have_gone_out_is_unknown(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, fault: Fault
) -> None:
    discord.fail(fault)
    with pytest.raises(OutcomeUnknown, match="may have gone out"):
        await bot_for(discord, http, tmp_path).send(outbound(discord.person("Anna")["id"]))


@pytest.mark.parametrize(
    "fault", [Fault(method="POST channels", status=500), Fault(method="POST channels", reset=True)]
)
async def test_as_long_as_only_the_talk_was_opened_nothing_went_out(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, fault: Fault
) -> None:
    discord.fail(fault)
    with pytest.raises(RetryLater, match="Nothing was sent"):
        await bot_for(discord, http, tmp_path).send(outbound(discord.person("Anna")["id"]))


async def test_between_two_parts_a_request_to_slow_down_is_waited_out(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, pauses = discord.person("Anna Example"), Pauses()
    discord.fail(Fault(method="POST messages", after=1, status=429, body=b'{"retry_after": 1.5}'))
    await bot_for(discord, http, tmp_path, pause=pauses).send(outbound(anna["id"], LONG))
    assert pauses.seconds == [1.5]
    assert len(discord.sent) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="POST messages", after=1, status=403, body=b'{"code": 50013}'),
        Fault(method="POST messages", after=1, reset=True),
        Fault(method="POST messages", after=1, status=429, body=b'{"retry_after": 600}'),
    ],
)
async def test_a_half_sent_message_is_unknown_and_says_which_half(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, fault: Fault
) -> None:
    discord.fail(fault)
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text\. Not sent, or not certain: offer\.pdf\."):
        await bot_for(discord, http, tmp_path).send(
            outbound(
                discord.person("Anna")["id"], LONG, attachments=(attachment("offer.pdf", b"x", "application/pdf"),)
            )
        )


async def test_a_reset_token_stops_the_account(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.refuse("POST messages", 401)
    with pytest.raises(CredentialsRefused, match="Reset Token"):
        await bot_for(discord, http, tmp_path).send(outbound(discord.person("Anna")["id"]))


async def test_an_empty_message_and_a_foreign_thread_are_refused(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    bot = bot_for(discord, http, tmp_path)
    with pytest.raises(Rejected, match="nothing to send"):
        await bot.send(outbound("c1", " "))
    with pytest.raises(Rejected, match="does not name a place in Discord"):
        await bot.send(outbound("mail@example.com"))
    assert discord.calls == []


async def test_typing_is_shown_in_the_right_place(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, channel = discord.person("Anna Example"), discord.channel(discord.guild(), "help")
    bot = bot_for(discord, http, tmp_path)
    await bot.show_typing(ExternalId(anna["id"]))
    await bot.show_typing(ExternalId(f"c{channel}"))
    assert discord.typing == [discord.talk(anna), channel]


# -- the words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one <b>two</b></p><p>three</p>", "one **two**\nthree"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"),
        ("<blockquote>they said<br>this</blockquote>no", "> they said\n> this\nno"),
        ("<blockquote><b>so</b></blockquote>", "> **so**"),
        ("<pre>x = 1\n  y</pre>", "```\nx = 1\n  y\n```"),
        ('<a href="https://example.com/a_b">here</a>', "[here](https://example.com/a_b)"),
        ('<i>a</i> <a href="javascript:x">b</a>', "*a* b"),
        ("<code>a`b</code>", "`a'b`"),
        ("<b>never closed", "**never closed**"),
        ("<b>2*3</b>", "**2\\*3**"),
        ("plain", ""),
    ],
)
def test_formatted_text_is_markdown(html: str, text: str) -> None:
    assert to_markdown(html) == text


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("2*3*4 a_b", "2\\*3\\*4 a\\_b"),
        ("see https://example.com/a_b_c now_", "see https://example.com/a_b_c now\\_"),
        ("- a\n> b\n1. c\n# d", "\\- a\n\\> b\n1\\. c\n\\# d"),
        ("3.5 kg (ok)", "3.5 kg (ok)"),
    ],
)
def test_plain_text_reads_as_it_was_typed(written: str, sent: str) -> None:
    assert escaped(written) == sent


@given(st.text(min_size=1, max_size=6000), st.text("ab <>/bipreulol", max_size=60))
def test_no_part_is_ever_too_long_and_every_part_says_something(text: str, html: str) -> None:
    parts = render(outbound("c1", text, html=html))
    assert all(0 < len(str(part.body["content"])) <= 2000 for part in parts)
    assert bool(parts) == bool(text.strip())


# -- ids


def test_a_key_fits_discords_limit_and_differs_by_delivery_and_part() -> None:
    messages = [outbound("c1") for _ in range(50)]
    keys = {nonce(message.delivery_id, part) for message in messages for part in range(3)}
    assert len(keys) == 150
    assert max(map(len, keys)) <= 25
    assert nonce(messages[0].delivery_id, 0) == nonce(messages[0].delivery_id, 0)


@pytest.mark.parametrize("foreign", ["", "c", "cX", "x1", "01", "mail@example.com", "99999999999999999999"])
def test_an_id_of_another_channel_is_refused(foreign: str) -> None:
    with pytest.raises(ValueError, match="not a thread"):
        read_thread(ExternalId(foreign))


def test_an_id_tells_its_time() -> None:
    assert int(snowflake_at(NOW)) >> 22 == (NOW - NOW.replace(2015, 1, 1, 0, 0)).total_seconds() * 1000
