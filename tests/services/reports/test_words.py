"""What files and mails of reports say: every figure and heading in every language, times as the screens write them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hub.domain.interaction import InteractionKind
from hub.domain.reports.figures import FIGURES, Unit
from hub.domain.reports.period import Named, period_named
from hub.domain.survey.survey import Scale
from hub.domain.waiting import WaitEnd
from hub.services.reports import writing
from hub.services.reports.files import ENTRIES, RATINGS, WAITS
from hub.services.reports.words import words_of
from hub.services.users import LANGUAGES

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def keys() -> Iterator[str]:
    """Every key a file or a mail asks for."""
    yield from (f"{kind}.{figure}" for figure in FIGURES for kind in ("figures", "formulas"))
    yield from (f"ends.{end}" for end in WaitEnd)
    yield from (f"file.kinds.{kind}" for kind in InteractionKind)
    yield from (f"file.units.{unit}" for unit in Unit)
    yield from (f"file.scales.{scale}" for scale in Scale)
    yield from (*WAITS, *ENTRIES, *RATINGS, *writing.HEADS, *writing.GROUP_HEADS, *writing.CSV_HEADS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_and_heading_is_said_in_every_language(language: str) -> None:
    texts = words_of(language).texts
    assert [key for key in keys() if not texts.get(key)] == []
    assert texts.keys() == words_of("en").texts.keys()


def test_the_english_of_figures_is_that_of_their_definitions() -> None:
    texts = words_of("en").texts
    told = {key: (texts[f"figures.{key}"], texts[f"formulas.{key}"]) for key in FIGURES}
    assert told == {key: (figure.name, figure.formula) for key, figure in FIGURES.items()}


def test_a_language_nobody_wrote_is_english() -> None:
    assert words_of("de") is words_of("en")


@pytest.mark.parametrize(
    ("seconds", "english", "korean", "polish"),
    [
        (None, "—", "—", "—"),
        (0.2, "0s", "0초", "0 s"),
        (59.9, "59s", "59초", "59 s"),
        (60, "1m", "1분", "1 min"),
        (74.5, "1m 14s", "1분 14초", "1 min 14 s"),
        (720, "12m", "12분", "12 min"),
        (11_100, "3h 5m", "3시간 5분", "3 h 5 min"),
        (7200, "2h", "2시간", "2 h"),
        (187_200, "2d 4h", "2일 4시간", "2 d. 4 h"),
    ],
)
def test_durations_are_said_as_the_screens_say_them(
    seconds: float | None, english: str, korean: str, polish: str
) -> None:
    assert [words_of(language).length(seconds) for language in ("en", "ko", "pl")] == [english, korean, polish]


@pytest.mark.parametrize(
    ("language", "week", "moment", "share", "number"),
    [
        ("en", "Nov 16 – 22, 2026", "Nov 23, 2026, 18:05", "85.5%", "12,345"),
        ("ko", "2026년 11월 16일~22일", "2026년 11월 23일, 18:05", "85.5%", "12,345"),
        ("pl", "16–22 lis 2026", "23 lis 2026, 18:05", "85,5%", "12 345"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_does(
    language: str, week: str, moment: str, share: str, number: str
) -> None:
    period, words = period_named(Named.last_week, NOW, "Asia/Seoul"), words_of(language)
    assert (words.days(period), words.moment(NOW, period)) == (week, moment)
    assert (words.share(0.855), words.share(None), words.number(12_345)) == (share, "—", number)
