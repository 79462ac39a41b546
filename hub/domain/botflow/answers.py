"""What counts as an answer to a question, and what it is kept as."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hub.domain.botflow.choices import chosen
from hub.domain.botflow.dates import date_in
from hub.domain.botflow.flow import AnswerKind, Option, Question
from hub.domain.botflow.happenings import Said

ANSWER_LIMIT = 1000
"""Characters of an answer that are kept: what a contact's field holds."""
NAME_LIMIT = 60
NAME_WORDS = 6

PhoneOf = Callable[[str, str], str | None]
"""Returns a number as E.164, read in a country (two letters, may be empty); None if it is none."""

_EMAIL = re.compile(r"[^\s@<>,;:()\"']{1,64}@(?:[^\s@<>,;:()\"'.]{1,63}\.){1,6}[^\s@<>,;:()\"'.\d]{2,24}")
_NUMBER = re.compile(r"[-+]?\d[\d\s.,'\u00a0\u202f]*")
_INTRODUCED = re.compile(
    r"^(?:hi|hello|hey|cześć|hej|dzień dobry|안녕하세요)?[\s,.!]*"
    r"(?:my name is|i am|i'm|it's|this is|name is|mam na imię|nazywam się|jestem|mein name ist|ich bin|ich heiße"
    r"|me llamo|soy|je m'appelle|je suis|меня зовут|мене звати|제 이름은|저는|이름은)\s+",
    re.IGNORECASE,
)
_KOREAN_END = re.compile(r"(?:입니다|이에요|예요|이예요|이라고 합니다|라고 합니다)[.!]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that fits. `option` is the choice that was meant, where there were choices."""

    value: str
    """What conditions and templates see: E.164, ISO date, plain number, option id."""
    shown: str
    """What people read."""
    option: Option | None = None


def answer_to(question: Question, said: Said, *, phone: PhoneOf, today: date, language: str) -> Answer | None:
    """Return what the customer said as an answer, None if it does not fit."""
    text = said.text.strip()
    match question.answer:
        case AnswerKind.text:
            return _plain(text or ", ".join(said.files))
        case AnswerKind.file:
            return _plain(", ".join(said.files))
        case AnswerKind.name:
            return _name(text)
        case AnswerKind.phone:
            number = phone(text[:64], question.region) if len(text) <= 64 else None
            return _plain(number or "")
        case AnswerKind.email:
            found = _EMAIL.search(text[:2000])
            return _plain(found.group().lower() if found else "")
        case AnswerKind.number:
            return _number(question, text)
        case AnswerKind.date:
            day = date_in(text, today)
            return _plain(day.isoformat() if day else "")
        case AnswerKind.choice:
            option = chosen(question.options, text, said.press)
            if option is None:
                return None
            return Answer(value=option.id, shown=option.label.get(language) or option.id, option=option)


def _plain(value: str) -> Answer | None:
    value = value.replace("\x00", "").strip()[:ANSWER_LIMIT]
    return Answer(value=value, shown=value) if value else None


def _name(text: str) -> Answer | None:
    """Return a name: a few words with letters in them, no address and no question."""
    if "\n" in text.strip() or len(text) > 2 * NAME_LIMIT:
        return None
    bare = _KOREAN_END.sub("", _INTRODUCED.sub("", " ".join(text.split())))
    name = bare.strip(" .,!;:-–—\"'")
    letters = sum(c.isalpha() for c in name)
    fits = letters > 0 and len(name) <= NAME_LIMIT and len(name.split()) <= NAME_WORDS
    if not fits or any(c in name for c in "?@/<>{}[]|\\=") or sum(c.isdigit() for c in name) > letters:
        return None
    return _plain(name)


def _number(question: Question, text: str) -> Answer | None:
    """Return the one number of a text, with either mark for decimals; None where it is unclear or out of bounds."""
    found = _NUMBER.findall(text[:200])
    if len(found) != 1:
        return None
    value = as_number(found[0])
    if value is None:
        return None
    low, high = question.least, question.most
    if (low is not None and value < low) or (high is not None and value > high):
        return None
    return _plain(f"{value:.10g}" if value != int(value) else str(int(value)))


def as_number(text: str) -> float | None:
    """Return a number written with either mark for decimals and any for thousands; None if it is none."""
    bare = re.sub(r"[\s'\u00a0\u202f]", "", text).rstrip(".,")
    if not re.fullmatch(r"[-+]?\d[\d.,]{0,20}", bare):
        return None
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0:
        mark, behind = bare[last], len(bare) - last - 1
        both = "." in bare and "," in bare
        # One mark with three digits behind it parts thousands, unless the number begins with nought.
        thousands = not both and (bare.count(mark) > 1 or (behind == 3 and not bare.lstrip("-+").startswith("0")))
        whole = bare[:last].replace(".", "").replace(",", "")
        bare = whole + bare[last + 1 :] if thousands else f"{whole}.{bare[last + 1 :]}"
    try:
        return float(bare)
    except ValueError:
        return None
