"""Every figure says what it is, and what is summed for it fits its unit."""

import json
from pathlib import Path

import pytest

from hub.domain.reports.figures import FIGURES, Cohort, Figure, Unit
from hub.domain.reports.measures import TIMED


@pytest.mark.parametrize("figure", FIGURES.values(), ids=str)
def test_a_figure_says_in_words_what_it_is(figure: Figure) -> None:
    assert figure.name
    assert figure.formula.endswith(".")
    assert figure.link.startswith("docs/metrics.md#")


@pytest.mark.parametrize("figure", [f for f in FIGURES.values() if f.unit is Unit.seconds], ids=str)
def test_times_are_made_of_measures_that_keep_durations(figure: Figure) -> None:
    assert figure.measures
    assert set(figure.measures) <= TIMED


@pytest.mark.parametrize("figure", [f for f in FIGURES.values() if f.unit is Unit.share], ids=str)
def test_a_share_is_a_part_of_its_whole(figure: Figure) -> None:
    assert set(figure.measures) < set(figure.of)


def test_only_what_is_so_now_is_made_of_no_measure() -> None:
    assert {f.key for f in FIGURES.values() if not f.measures} == {
        f.key for f in FIGURES.values() if f.cohort is Cohort.now
    }


@pytest.mark.parametrize("figure", FIGURES.values(), ids=str)
def test_a_figures_link_leads_to_its_explanation(figure: Figure) -> None:
    page, _, anchor = figure.link.partition("#")
    text = (Path(__file__).parents[3] / page).read_text(encoding="utf-8")
    assert f"\n### {anchor}\n**" in text


def test_the_screens_say_what_the_definition_says() -> None:
    texts = Path(__file__).parents[3] / "hub" / "services" / "reports" / "texts" / "en.json"
    shown = json.loads(texts.read_text(encoding="utf-8"))
    assert shown["formulas"] == {key: figure.formula for key, figure in FIGURES.items()}
    assert shown["figures"] == {key: figure.name for key, figure in FIGURES.items()}
