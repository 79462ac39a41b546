"""Which ways lead out of a step."""

from hub.domain.botflow.flow import (
    AnswerKind,
    AnyStep,
    Condition,
    Faq,
    Fill,
    Give,
    Hours,
    Http,
    Language,
    Message,
    Model,
    Pause,
    Question,
)


def exits_of(step: AnyStep, languages: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the exits that have to lead somewhere, and those that may."""
    match step:
        case Message() | Fill() | Give():
            return ("next",), ()
        case Pause():
            return ("next",), ("said",)
        case Question():
            return _question_exits(step)
        case Condition():
            return ("else", *(case.id for case in step.cases)), ()
        case Http():
            return ("ok", "failed"), ()
        case Hours():
            return ("open", "closed"), ()
        case Language():
            return ("else",), languages
        case Faq():
            return ("helped", "not_helped", "none") if step.confirm else ("helped", "none"), ()
        case Model():
            return ("answered", "refused"), ()
        case _:
            return (), ()


def _question_exits(step: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    spare = ("invalid", "timeout")
    if step.answer is not AnswerKind.choice:
        return ("next",), spare
    ids = tuple(option.id for option in step.options)
    # One exit for all options is enough; each may have its own.
    return ((), ("next", *ids, *spare)) if "next" in step.exits else (ids, ("next", *spare))
