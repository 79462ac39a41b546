"""What a customer answers to a survey, read from their words or the button they pressed. Pure.

Never guessed: what is no plain answer ("4 of my parcels are missing", "4.5") is a message like any other.
"""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from hub.domain.botflow.words import fold
from hub.domain.survey.rating import COMMENT_LIMIT, RatingId
from hub.domain.survey.survey import SCORES, Scale
from hub.domain.survey.wording import LABELS, labels

_BUTTON = re.compile(r"rate:([0-9a-f]{32}):([1-5])")
_LONGEST = 4 * COMMENT_LIMIT
_UNIT = r"(?:stars?|points?|gwiazd\w{0,4}|punkt\w{0,3}|pkt\.?|점|별|개)"
_NUMBER = re.compile(
    r"""["'(*\#\s]*([1-5])(?:\s?(?:/|out\ of|na|z)\s?5)?(?:\s?"""
    + _UNIT
    + r""")?(?!\s*[.,:/–—-]\s*\d)(?:\s*$|\s*[.,;:!)"'*–—-]+\s*|\s*\n\s*)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Not "1-2 days", not "4:30", not "4.5"."""
_STARS = re.compile(r"\s*([★⭐🌟]{1,5})(?![★⭐🌟])☆*\s*")
_THUMB = re.compile(r"\s*([👍👎])[\U0001f3fb-\U0001f3ff]?\s*")
_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A score, and what was written beside it."""

    score: int
    words: str = ""

    @property
    def asks(self) -> bool:
        """Tell whether something is asked besides, which somebody has to answer."""
        return asks(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that came back."""

    rating_id: RatingId
    score: int


def button_data(rating_id: RatingId, score: int) -> str:
    """Return what a button carries: the rating it belongs to, and its score."""
    return f"rate:{rating_id.hex}:{score}"


def read_button(data: object) -> Press | None:
    """Return the press that came back; None for what is no button of a survey."""
    found = _BUTTON.fullmatch(data) if isinstance(data, str) else None
    return None if found is None else Press(rating_id=RatingId(UUID(found[1])), score=int(found[2]))


def read(scale: Scale, text: str) -> Said | None:
    """Return what an answer says: by number, stars, thumb or the words offered, in any of the hub's languages.

    None for what is no plain answer. Takes time linear in the text, of which it reads a bounded part.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST].translate(_KEYCAP)).strip()
    if not plain:
        return None
    said = _by_figure(scale, plain)
    return said if said is not None else _by_words(scale, plain)


def asks(words: str) -> bool:
    """Tell whether words ask something."""
    return any(mark in words for mark in "?？؟")


def tidy(words: str) -> str:
    """Return a comment as it is kept: trimmed and bounded."""
    return words.replace("\x00", "").strip()[:COMMENT_LIMIT]


def _by_figure(scale: Scale, text: str) -> Said | None:
    scores = SCORES[scale]
    if (thumb := _THUMB.match(text)) is not None:
        # On a scale of five a thumb is no figure of it.
        return _said(5 if thumb[1] == "👍" else 1, text[thumb.end() :]) if scale is Scale.thumbs else None
    if (stars := _STARS.match(text)) is not None:
        return _said(len(stars[1]), text[stars.end() :]) if scale is Scale.five else None
    number = _NUMBER.match(text)
    if number is None:
        return None
    place = int(number[1])
    score = place if scale is Scale.five else scores[place - 1] if place <= len(scores) else None
    return None if score is None else _said(score, text[number.end() :])


def _by_words(scale: Scale, text: str) -> Said | None:
    first, _, rest = text.partition("\n")
    words = fold(first)
    for language in LABELS[scale]:
        for label, score in zip(labels(scale, language), SCORES[scale], strict=True):
            if words == fold(label):
                return _said(score, rest)
    return None


def _said(score: int, words: str) -> Said:
    return Said(score=score, words=tidy(words))
