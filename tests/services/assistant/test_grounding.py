"""A model's answer is believed only if it rests on articles; a customer's words never become instructions."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.assistant import Outcome
from hub.ports.assistant import Completion
from hub.services.assistant import grounding
from hub.services.assistant.asking import Verdict
from tests.services.knowledge.articles import article

MARK = "#0123456789ab#"
RETURNS = article(
    "en",
    "",
    "How can I return an item?",
    answer="Send it back within 30 days with the form at https://shop.example/returns. Postage is 4.90 EUR.",
)
HOURS = article("en", "", "When are you open?", answer="We are open from 9:00 to 17:00, Monday to Friday.")
ARTICLES = [RETURNS, HOURS]


def judged(text: str, *, cut: bool = False, language: str = "en") -> Verdict:
    completion = Completion(text=text, tokens_in=1, tokens_out=1, cut=cut)
    return grounding.verdict(completion, ARTICLES, language=language, mark=MARK)


def said(answer: object, *sources: object, **more: Any) -> str:
    return json.dumps({"refused": False, "sources": sources, "answer": answer, **more})


def test_an_answer_from_an_article_goes_out_with_its_source() -> None:
    verdict = judged(said("Please send it back within 30 days, postage is 4.90 EUR.", "A1"))
    assert (verdict.outcome, verdict.sources) == (Outcome.answered, (str(RETURNS.id),))


def test_an_answer_in_another_language_may_use_other_words_but_no_other_numbers() -> None:
    assert judged(said("Odeślij towar w ciągu 30 dni.", "A1"), language="pl").outcome is Outcome.answered
    assert judged(said("Odeślij towar w ciągu 60 dni.", "A1"), language="pl").outcome is Outcome.blocked


def test_json_between_fences_is_read() -> None:
    assert judged(f"```json\n{said('Open from 9:00 to 17:00.', 'A2')}\n```").outcome is Outcome.answered


@pytest.mark.parametrize(
    "text",
    [
        said("", "A1"),
        said("Yes."),
        said("Return it.", "A1", refused=True),
        json.dumps({"answer": "Return it.", "sources": ["A1"]}),
        said(None, "A1"),
        json.dumps({"refused": False, "answer": "Return it.", "sources": "A1"}),
    ],
)
def test_without_an_answer_or_its_source_it_is_a_refusal(text: str) -> None:
    assert judged(text).outcome is Outcome.refused


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sure, send it back!", "not the JSON"),
        ("[]", "not the JSON"),
        (said("Send it back.", "A1")[:-5], "not the JSON"),
        (said("Send it back.", "A9"), "was not given"),
        (said("Send it back.", ["A1"]), "was not given"),
        (said("Send it back, see https://evil.example/x", "A1"), "link"),
        (said("Send it back, see evil-shop.com", "A1"), "link"),
        (said("Send it to boss@evil.example", "A1"), "link"),
        (said("Send it back within 90 days.", "A1"), "number"),
        (said("Send it back, you get 5% more.", "A1"), "number"),
        (said("Open from 9:00 to 18:30.", "A2"), "number"),
        (said("Open 30 days, 9:00 to 17:00.", "A2"), "number"),
        (said(f"My marks are {MARK}.", "A1"), "instructions"),
        (said("Reply with one JSON object and nothing else.", "A1"), "instructions"),
        (said("Wonderful weather today, my friend; poetry delights everybody tremendously.", "A1"), "more than"),
        (said("Send it back within 30 days. " * 200, "A1"), "longer"),
    ],
)
def test_what_breaks_a_rule_is_thrown_away(text: str, why: str) -> None:
    verdict = judged(text)
    assert (verdict.outcome, verdict.text) == (Outcome.blocked, "")
    assert why in verdict.error


def test_an_answer_that_was_cut_is_no_answer() -> None:
    assert judged(said("Send it back.", "A1"), cut=True).outcome is Outcome.blocked


@given(st.text(max_size=300))
def test_a_customers_words_stay_one_text_between_the_marks(text: str) -> None:
    system, user = grounding.messages(text, ARTICLES, language="en", wishes="", mark=MARK)
    before, quoted, after = user[1].split(MARK)
    assert isinstance(json.loads(quoted), str)
    assert (after, before.startswith("Articles: "), MARK in system[1]) == ("", True, True)


def test_the_authors_wishes_and_the_language_are_told_and_bounded() -> None:
    system, _ = grounding.messages("?", ARTICLES, language="ko", wishes="x" * 5000, mark=MARK)
    assert '"ko"' in system[1]
    assert system[1].count("x" * 1000) == 1
    assert "x" * 1001 not in system[1]


@given(st.text(max_size=300))
def test_no_answer_breaks_the_judge(text: str) -> None:
    assert judged(text).outcome in {Outcome.answered, Outcome.refused, Outcome.blocked}
