"""The hub's own words for surveys, and what is said where an admin wrote none. Pure."""

from collections.abc import Mapping, Sequence

from hub.domain.survey.survey import SCORES, Scale, Survey, Wording

_TEXTS: Mapping[str, Wording] = {
    "en": Wording(
        question="How satisfied are you with our help?",
        comment="Thank you! Would you tell us why, in a few words?",
        thanks="Thank you, that helps us.",
    ),
    "ko": Wording(
        question="상담에 얼마나 만족하셨나요?",
        comment="감사합니다! 이유를 간단히 알려 주시겠어요?",
        thanks="소중한 의견 감사합니다.",
    ),
    "pl": Wording(
        question="Jak oceniasz naszą pomoc?",
        comment="Dziękujemy! Czy możesz w kilku słowach napisać, dlaczego?",
        thanks="Dziękujemy, to nam pomaga.",
    ),
}
LABELS: Mapping[Scale, Mapping[str, Sequence[str]]] = {
    Scale.five: {
        "en": ("Very bad", "Bad", "Okay", "Good", "Excellent"),
        "ko": ("매우 불만족", "불만족", "보통", "만족", "매우 만족"),
        "pl": ("Bardzo źle", "Źle", "Średnio", "Dobrze", "Znakomicie"),
    },
    Scale.thumbs: {
        "en": ("Satisfied", "Not satisfied"),
        "ko": ("만족해요", "불만족이에요"),
        "pl": ("Jestem zadowolony(-a)", "Nie jestem zadowolony(-a)"),
    },
}
"""Names of the scores, in the order in which they are offered."""
OWN = tuple(_TEXTS)
"""Languages the hub has words in."""
OTHERWISE = "en"


def language_of(survey: Survey | None, wanted: str) -> str:
    """Return the language to ask in: the customer's if there are words in it, else the survey's first, else English."""
    code = wanted[:2].lower()
    own = survey.wording if survey is not None else {}
    if code in own or code in _TEXTS:
        return code
    return next(iter(own), OTHERWISE)


def wording(survey: Survey | None, language: str) -> Wording:
    """Return what is said in a language: the survey's own words, else the hub's."""
    ours = _TEXTS.get(language, _TEXTS[OTHERWISE])
    own = survey.wording.get(language, Wording()) if survey is not None else Wording()
    return Wording(
        question=own.question or ours.question,
        comment=own.comment or ours.comment,
        thanks=own.thanks or ours.thanks,
    )


def labels(scale: Scale, language: str) -> Sequence[str]:
    """Return the names of a scale's scores in the order they are offered; figures and thumbs for other languages."""
    known = LABELS[scale].get(language)
    if known is not None:
        return known
    return ("👍", "👎") if scale is Scale.thumbs else tuple(str(score) for score in SCORES[scale])
