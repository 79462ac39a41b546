"""A sentence is English at once and can be said in another language later."""

from hub.contract import ConnectorError
from hub.domain.phrase import Phrase, places, said

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


STORED = {
    **KOREAN,
    "{where} did not answer in time. Check name and port.": "{where}이(가) 제때 응답하지 않았습니다.",
    "{where} did not answer.": "{where}이(가) 응답하지 않았습니다.",
    "Telegram could not be reached: {why}.": "Telegram에 연결할 수 없습니다: {why}.",
    "no connection could be made": "연결할 수 없습니다",
    "Check the hub's connection.": "허브의 연결을 확인하세요.",
    "{what} It said: {said}": "{what} 서버의 말: {said}",
    "Telegram refused: “{told}”.": "Telegram이 거부했습니다: “{told}”.",
    "{a}: {b}": "{b}: {a}",
}


def test_a_stored_sentence_is_said_with_the_values_it_was_stored_with() -> None:
    assert said("Nobody calls.", STORED) == "아무도 호출하지 않습니다."
    assert said(str(NUMBER), STORED) == NUMBER.said_in(STORED)
    assert said("imap.example.com:993 did not answer in time. Check name and port.", STORED) == (
        "imap.example.com:993이(가) 제때 응답하지 않았습니다."
    )


def test_a_stored_value_that_is_a_phrase_itself_is_said_too() -> None:
    stored = "Telegram could not be reached: no connection could be made."
    assert said(stored, STORED) == "Telegram에 연결할 수 없습니다: 연결할 수 없습니다."


def test_sentences_that_follow_each_other_are_said_one_by_one() -> None:
    assert (
        said("Imap did not answer. Nobody calls.", STORED)
        == "Imap이(가) 응답하지 않았습니다. 아무도 호출하지 않습니다."
    )
    assert said("Nobody calls. NO [LIMIT] Later.", STORED) == "아무도 호출하지 않습니다. NO [LIMIT] Later."
    assert said("NO [LIMIT] Later. Nobody calls.", STORED) == "NO [LIMIT] Later. 아무도 호출하지 않습니다."


def test_a_providers_own_words_stay_as_they_are() -> None:
    assert said("NO [LIMIT]: too many.\nLater. ", STORED) == "NO [LIMIT]: too many.\nLater. "
    assert said("Nobody calls.", {}) == "Nobody calls."
    assert said("", STORED) == ""


def test_a_value_ends_where_the_next_known_sentence_begins() -> None:
    stored = "Telegram could not be reached: no connection could be made. Check the hub's connection."
    assert said(stored, STORED) == "Telegram에 연결할 수 없습니다: 연결할 수 없습니다. 허브의 연결을 확인하세요."


def test_a_value_may_be_a_known_sentence_or_several_of_a_provider() -> None:
    assert said("Imap did not answer. It said: NO.", STORED) == "Imap이(가) 응답하지 않았습니다. 서버의 말: NO."
    assert said("Nobody calls. It said: NO. Really.", STORED) == "아무도 호출하지 않습니다. 서버의 말: NO. Really."
    assert said("Telegram refused: “Bad. Go away.”. Nobody calls.", STORED) == (
        "Telegram이 거부했습니다: “Bad. Go away.”. 아무도 호출하지 않습니다."
    )


def test_what_is_longer_than_any_phrase_stays_as_it_is() -> None:
    most = "Nobody calls. " * 71
    assert said(most, STORED) == "아무도 호출하지 않습니다. " * 71
    assert said(most + "Nobody calls.", STORED) == most + "Nobody calls."
