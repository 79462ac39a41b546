"""A sentence is English at once and can be said in another language later."""

from hub.contract import ConnectorError
from hub.domain.phrase import Phrase, places

NUMBER = Phrase("The account has our number {number}", number="+48 22 123 45 67")
KOREAN = {
    "The account has our number {number}": "계정에 번호 {number}이(가) 있습니다",
    "{problem} Restart the channel.": "{problem} 채널을 다시 시작하세요.",
    "Nobody calls.": "아무도 호출하지 않습니다.",
}


def test_it_is_its_english_text() -> None:
    assert NUMBER == "The account has our number +48 22 123 45 67"


def test_it_is_said_in_another_language_with_its_values() -> None:
    assert NUMBER.said_in(KOREAN) == "계정에 번호 +48 22 123 45 67이(가) 있습니다"


def test_what_a_language_lacks_is_said_in_english() -> None:
    assert Phrase("Wait {n} s", n="3").said_in(KOREAN) == "Wait 3 s"
    assert NUMBER.said_in({"The account has our number {number}": ""}) == NUMBER


def test_a_phrase_within_a_phrase_is_translated_too() -> None:
    whole = Phrase("{problem} Restart the channel.", problem=Phrase("Nobody calls."))
    assert whole == "Nobody calls. Restart the channel."
    assert whole.said_in(KOREAN) == "아무도 호출하지 않습니다. 채널을 다시 시작하세요."


def test_values_are_never_read_as_places_or_texts() -> None:
    assert Phrase("{a}, {b}", a="{b}", b="2") == "{b}, 2"
    assert Phrase("{a}", a="Nobody calls.").said_in(KOREAN) == "Nobody calls."
    assert Phrase("Stasis({app},${EXTEN})", app="hub") == "Stasis(hub,${EXTEN})"
    assert places("Stasis({app},${EXTEN}) of {app}") == {"app"}


def test_an_error_keeps_its_phrase_and_a_providers_words_stay_as_they_are() -> None:
    assert Phrase.of(ConnectorError(NUMBER)) is NUMBER
    assert Phrase.of(NUMBER) is NUMBER
    assert Phrase.of(ConnectorError("Nobody calls.")).said_in(KOREAN) == "Nobody calls."
    assert Phrase.of("Says {who}") == "Says {who}"
    assert Phrase.of(TimeoutError()) == ""
