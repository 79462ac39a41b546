"""Words a talk as its channel would: letters with greeting and name by mail, short lines in a chat."""

from collections.abc import Mapping
from html import escape
from random import Random

from hub.services.demo.people import SHOP, Customer

_PRODUCTS = {
    "en": ("Skarn rain jacket", "Fjell shell jacket", "Moss rain jacket", "Brae parka"),
    "ko": ("스카른 레인재킷", "피엘 쉘재킷", "모스 레인재킷"),
    "pl": ("kurtka Skarn", "kurtka Fjell", "kurtka Moss"),
}
_TENTS = ("Tarn 2", "Tarn 3", "Loch 2")
_BOOTS = ("Brae boots", "Ridge boots", "Skarn boots")
_CITIES = {
    "en": ("Leeds", "Hamburg", "Basel", "Utrecht", "Galway", "Graz"),
    "ko": ("용인", "대전", "부산", "광주"),
    "pl": ("Poznań", "Łódź", "Gdańsk", "Rzeszów"),
}
_STREETS = {"en": ("Mill Lane", "Harbour Road"), "ko": ("한강대로",), "pl": ("Długiej", "Świętojańskiej")}
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "ko": ("월요일", "화요일", "수요일", "목요일", "금요일"),
    "pl": ("poniedziałek", "wtorek", "środę", "czwartek", "piątek"),
}
_GREETINGS = {
    "en": ("Hello,", "Hi there,", "Dear Halden team,", "Good morning,"),
    "ko": ("",),
    "pl": ("Dzień dobry,", "Witam,", "Szanowni Państwo,"),
}
_FAREWELLS = {
    "en": ("Kind regards", "Best wishes", "Many thanks", "Thanks in advance"),
    "ko": ("감사합니다.",),
    "pl": ("Pozdrawiam", "Z poważaniem", "Pozdrawiam serdecznie"),
}
_OUR_GREETING = {"en": "Hi {first},", "ko": "{first}, 안녕하세요.", "pl": "Dzień dobry,"}
_OUR_FAREWELL = {"en": "Best wishes", "ko": "감사합니다.", "pl": "Pozdrawiam"}
OUT_OF_OFFICE = {
    "en": ("Automatic reply: {subject}", "I am out of the office until Monday and read my mail when I am back."),
    "ko": ("자동 회신: {subject}", "휴가 중입니다. 돌아와서 답장드리겠습니다."),
    "pl": ("Automatyczna odpowiedź: {subject}", "Jestem na urlopie. Odpiszę po powrocie."),
}
SIGNATURE_PICTURE = "https://pictures.summit-club.example/signature.png"


def slots(language: str, chance: Random) -> Mapping[str, str]:
    """Return values for the slots of a talk."""
    return {
        "order": f"HO-{chance.randrange(21_000, 24_999)}",
        "product": chance.choice(_PRODUCTS[language]),
        "tent": chance.choice(_TENTS),
        "boots": chance.choice(_BOOTS),
        "city": chance.choice(_CITIES[language]),
        "street": chance.choice(_STREETS[language]),
        "weekday": chance.choice(_WEEKDAYS[language]),
        "tracking": f"00{chance.randrange(10**9, 10**10)}",
        "code": f"{chance.randrange(1000, 9999)}",
    }


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into a text's slots; a sentence that begins with one begins with a capital."""
    filled = text.format_map(values)
    return filled[:1].upper() + filled[1:]


def letter(text: str, customer: Customer, chance: Random) -> str:
    """Return what a customer says as a mail."""
    greeting, farewell = (chance.choice(words[customer.language]) for words in (_GREETINGS, _FAREWELLS))
    polite = text.startswith(("Hello", "Hi", "Dzień dobry", "안녕하세요"))
    comma = "" if customer.language == "ko" else ","
    return "\n\n".join(filter(None, ("" if polite else greeting, text, f"{farewell}{comma}\n{customer.name}")))


def short_letter(text: str, customer: Customer) -> str:
    """Return what a customer answers later in the same exchange: without ceremony."""
    return f"{text}\n\n{customer.name}"


def our_letter(text: str, customer: Customer, agent: str) -> str:
    """Return what an agent says as a mail."""
    language = customer.language
    greeting = _OUR_GREETING[language].format(first=customer.first)
    comma = "" if language == "ko" else ","
    return f"{greeting}\n\n{text}\n\n{_OUR_FAREWELL[language]}{comma}\n{agent}\n{SHOP}"


def as_html(text: str, *, picture: str = "") -> str:
    """Return a mail's text as mail programs write it; `picture` is loaded from elsewhere, as signatures like to do."""
    paragraphs = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    image = f'<p><img src="{picture}" alt="" width="180" height="48"></p>' if picture else ""
    return f"<div>{paragraphs}{image}</div>"
