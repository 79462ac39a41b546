"""Questions as customers write them find the article they mean, and nothing where none fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.knowledge import ALIKE
from hub.services.knowledge.matching import Index
from tests.services.knowledge.articles import article, shop

SHOP = Index(shop())

MEANT = [
    ("en", "how to return a product", "returns"),
    ("en", "Hello! I ordered a blue shirt last week. How can I return it?", "returns"),
    ("en", "refund", "returns"),
    ("en", "can i pay with a credit card", "payment"),
    ("en", "wheres my parcel", "delivery"),
    ("en", "when does my delivry arive", "delivery"),
    ("en", "opening hours on sunday", "hours"),
    ("en", "reset pasword", "password"),
    ("en", "need invoice", "invoice"),
    ("pl", "jak zwrocic zamowienie", "returns"),
    ("pl", "chciałbym dokonać zwrotu butów", "returns"),
    ("pl", "gdzie moja paczka???", "delivery"),
    ("pl", "kiedy przyjdzie paczka", "delivery"),
    ("pl", "czas dostawy", "delivery"),
    ("pl", "czy można płacić kartą?", "payment"),
    ("pl", "o ktorej jestescie otwarci w sobote", "hours"),
    ("pl", "potrzebuję faktury", "invoice"),
    ("pl", "zapomniałem hasła", "password"),
    ("pl", "zwroty", "returns"),
    ("pl", "paczki nie ma", "delivery"),
    ("ko", "환불 가능한가요?", "returns"),
    ("ko", "반품하고 싶은데요", "returns"),
    ("ko", "배송 언제 와요?", "delivery"),
    ("ko", "택배 언제 도착해요", "delivery"),
    ("ko", "카드 결제 되나요", "payment"),
    ("ko", "영업시간 알려주세요", "hours"),
    ("ko", "세금계산서 발행 부탁드립니다", "invoice"),
    ("ko", "비밀번호를 잊어버렸어요", "password"),
    ("ko", "로그인 안되요", "password"),
    ("ko", "배송언제오나요", "delivery"),
]
NOT_ANSWERED = [
    ("en", "do you sell bicycles"),
    ("en", "what is the meaning of life"),
    ("en", "hello"),
    ("en", "thank you very much!"),
    ("en", "I am angry about your staff"),
    ("en", "can I get a job at your company?"),
    ("pl", "czy sprzedajecie rowery"),
    ("pl", "dzień dobry"),
    ("pl", "jesteście okropni"),
    ("ko", "안녕하세요"),
    ("ko", "자전거도 파나요?"),
    ("ko", "감사합니다"),
    ("ko", "오늘 날씨가 어때요?"),
]


@pytest.mark.parametrize(("language", "question", "topic"), MEANT)
def test_a_question_finds_the_article_it_means(language: str, question: str, topic: str) -> None:
    first, *_ = SHOP.find(question, language=language, at_least=ALIKE)
    assert (first.article.topic, first.article.language) == (topic, language)


@pytest.mark.parametrize(("language", "question"), NOT_ANSWERED)
def test_what_no_article_answers_finds_none(language: str, question: str) -> None:
    assert SHOP.find(question, language=language, at_least=ALIKE) == []


def test_the_question_as_it_is_written_is_found_with_certainty() -> None:
    assert [SHOP.find(question)[0].score for one in SHOP.articles.values() for question in one.questions] == [1.0] * 39


def test_a_question_in_one_language_is_answered_in_the_one_asked_for() -> None:
    assert SHOP.find("Where is my order?", language="ko")[0].article.answer == "delivery in ko"


def test_a_topic_without_a_translation_is_answered_as_it_is() -> None:
    assert SHOP.find("Where is my order?", language="de")[0].article.answer == "delivery in en"


def test_only_articles_with_one_of_the_tags_count() -> None:
    index = Index(
        [article("en", "", "Where is my order?", tags=("Shop",)), article("en", "", "Where is my order now?")]
    )
    assert [m.article.tags for m in index.find("where is my order", tags=("shop",))] == [("Shop",)]


def test_a_draft_is_not_given_to_customers() -> None:
    index = Index([article("en", "", "Where is my order?", published=False)])
    assert index.find("Where is my order?") == []
    assert len(index.find("Where is my order?", drafts=True)) == 1


def test_a_draft_translation_gives_way_to_the_published_original() -> None:
    index = Index([article("en", "o", "Where is my order?"), article("pl", "o", "Gdzie paczka?", published=False)])
    assert index.find("Where is my order?", language="pl")[0].article.language == "en"


@given(st.text(max_size=3000))
def test_any_text_is_a_question_and_scores_lie_between_0_and_1(text: str) -> None:
    assert all(0 < match.score <= 1 for match in SHOP.find(text))


@given(st.sampled_from([q for _, q, _ in MEANT]), st.sampled_from(["", "   ", "!!!", "\n", " 👍", "\u200d"]))
def test_what_is_no_word_changes_nothing(question: str, more: str) -> None:
    assert SHOP.find(question + more)[0].article == SHOP.find(question)[0].article
