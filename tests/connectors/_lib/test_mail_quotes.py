"""Quoted mail is folded, never cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.html import html_text
from connectors._lib.mail_charsets import decode_text
from connectors._lib.mail_mime import read_mail
from connectors._lib.mail_quotes import quote_start
from tests.connectors.corpora import corpus, needs_corpora

STANDARD = corpus("mail-replies", "standard/*.eml")
HTML = corpus("mail-replies", "html/*.html")
CRISP = corpus("mail-replies", "crisp/*.txt")


def folded(text: str) -> str:
    return " ".join(text.split())


def answer_of(path: Path) -> str:
    """What talon expects to be left of a mail."""
    kept = path.with_name(f"{path.stem}_reply_text")
    return kept.read_text() if kept.exists() else "Hello"


def standard_hits() -> list[str]:
    found = []
    for path in STANDARD:
        text = read_mail(path.read_bytes()).text
        found += [path.stem] if folded(text[: quote_start(text)]) == folded(answer_of(path)) else []
    return found


@needs_corpora
def test_eleven_of_twelve_real_replies_show_exactly_the_answer() -> None:
    hits = standard_hits()
    # thunderbird.eml answers below the quotation: there is nothing behind it to fold.
    assert sorted({path.stem for path in STANDARD} - set(hits)) == ["thunderbird"], f"{len(hits)} of {len(STANDARD)}"


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.stem)
def test_html_replies_show_exactly_the_answer(path: Path) -> None:
    text, at = html_text(decode_text(path.read_bytes()))
    assert folded(text[:at]) == "Hi. I am fine. Thanks, Alex"
    assert "How are you?" in text


@needs_corpora
def test_most_real_quotations_in_ten_languages_are_found() -> None:
    texts = [decode_text(path.read_bytes()) for path in CRISP]
    found = [quote_start(text) for text in texts]
    assert all(at is None or text[:at].strip() for text, at in zip(texts, found, strict=True))
    hits = sum(at is not None for at in found)
    assert hits >= 42, f"{hits} of {len(CRISP)}; the others quote nothing, or write their own text below it"


@pytest.mark.parametrize("path", CRISP, ids=lambda path: path.stem)
def test_view_and_hidden_part_are_the_whole(path: Path) -> None:
    text = decode_text(path.read_bytes())
    at = quote_start(text)
    assert text[:at] + (text[at:] if at is not None else "") == text


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, Nov 16, 2026 at 10:00 AM Ann <ann@x.example> wrote:",
        "pon., 16 lis 2026 o 10:00 Anna Nowak <anna@x.example> napisał(a):",
        "W dniu 16.11.2026 o 10:00, Anna Nowak pisze:",
        "2026년 11월 16일 (월) 오전 10:00, 홍길동 <hong@x.example>님이 작성:",
        "Am 16.11.2026 um 10:00 schrieb Hans Müller <hans@x.example>:",
        "Le lun. 16 nov. 2026 à 10:00, Jean <jean@x.example> a écrit :",
        '16.11.2026, 10:00, "Иван" <ivan@x.example>:',
        "2026年11月16日(月) 10:00 山田 <yamada@x.example>:",
    ],
)
def test_answers_are_cut_off_at_the_line_that_names_the_earlier_author(attribution: str) -> None:
    text = f"Thank you!\n\n{attribution}\n\n> old words\n> more\n"
    at = quote_start(text)
    assert at is not None
    assert text[:at] == "Thank you!\n\n"


@pytest.mark.parametrize(
    "block",
    [
        "-----Original Message-----\nFrom: a@x.example\nSent: Monday\nTo: b@x.example\nSubject: x\n\nold",
        "________________________________\nOd: Anna <a@x.example>\nWysłano: poniedziałek\nDo: b\nTemat: x\n\nstary",
        "보낸 사람: 홍길동 <a@x.example>\n보낸 날짜: 2026년 11월 16일\n받는 사람: b\n제목: x\n\nold",
        "Von: Hans\nGesendet: Montag\nAn: Petra\nBetreff: x\n\nalt",
    ],
)
def test_outlooks_header_block_begins_the_quotation(block: str) -> None:
    text = f"Danke!\n\n{block}\n"
    at = quote_start(text)
    assert at is not None
    assert text[:at] == "Danke!\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote:\n\nnothing",
        "> What about A?\n\nI like A.\n\n> And B?\n\nB, too.\n",
        "See below.\n\n---------- Forwarded message ---------\nFrom: John <j@x.example>\nDate: Monday\nTo: me\n\nNews",
        "The data comes From: our database\nTo: nobody in particular\n",
        "> only a quotation\n> and nothing else\n",
        "no quotation at all",
        "",
    ],
)
def test_what_is_no_trailing_quotation_stays_in_view(text: str) -> None:
    assert quote_start(text) is None


@given(st.text(st.sampled_from("> \n:-_<>@OnwrteFm1/2.한")))
def test_any_text_is_split_without_loss(text: str) -> None:
    at = quote_start(text)
    assert at is None or 0 < at < len(text)
