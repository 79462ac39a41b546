"""Builds flows for tests and walks them: one call, sensible values, anything overridden by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hub.domain.botflow.effects import Effect, Say
from hub.domain.botflow.flow import AnswerKind, AnyStep, Flow, FlowFault, Message, Option, Question
from hub.domain.botflow.happenings import Due, Happening, Press, Said
from hub.domain.botflow.interpreter import BUDGET, Advance, advance
from hub.domain.botflow.position import Position, dump, load
from hub.domain.botflow.walk import Tools

T0 = datetime(2026, 11, 23, 10, tzinfo=UTC)


def flow(*steps: AnyStep, **more: Any) -> Flow:
    """Return a flow that starts with the first step."""
    given: dict[str, Any] = {"languages": ("en", "ko", "pl"), "start": steps[0].id}
    return Flow(**(given | more), steps={step.id: step for step in steps})


def message(id: str = "hello", next: str = "", **text: str) -> Message:  # noqa: A002 - the words of a step
    return Message(id=id, text=text or {"en": id}, exits={"next": next})


def question(id: str = "ask", answer: AnswerKind = AnswerKind.text, next: str = "", **more: Any) -> Question:  # noqa: A002 - the words of a step
    given: dict[str, Any] = {"text": {"en": f"{id}?"}, "save_as": id, "exits": {"next": next}}
    return Question(id=id, answer=answer, **(given | more))


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(id=label.lower(), label={"en": label}) for label in labels)


def simple_render(template: str, values: Mapping[str, object]) -> str:
    """Fill `{name}` in, as far as tests need; `{boom}` is a template that does not work."""
    if "{boom}" in template:
        raise FlowFault("The template does not work.")
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template


def guess(text: str, among: tuple[str, ...]) -> str:
    """Tell Korean by its script and Polish by its letters; unsure of the rest."""
    found = "ko" if any("가" <= c <= "힣" for c in text) else "pl" if any(c in "ąćęłńóśźż" for c in text) else ""
    return found if found in among else ""


def tools(**more: Any) -> Tools:
    given: dict[str, Any] = {
        "render": simple_render,
        "phone": lambda text, _region: text if text.startswith("+") and len(text) > 7 else None,
        "guess": guess,
        "opened": lambda _calendar: True,
        "today": date(2026, 11, 23),
    }
    return Tools(**(given | more))


@dataclass
class Talk:
    """A run that a test talks with; every position is stored and read back before it goes on."""

    flow: Flow
    tools: Tools = field(default_factory=tools)
    position: Position = field(default_factory=Position)
    now: datetime = T0
    done: list[Effect] = field(default_factory=list)
    last: Advance | None = None
    budget: int = BUDGET

    def says(self, text: str, *files: str, **more: Any) -> list[str]:
        """Let the customer write; returns what the bot says to it."""
        self.now += timedelta(seconds=10)
        return self.happens(Said(text=text, files=files, press=more.get("press"), at=more.get("at", self.now)))

    def presses(self, label: str, *, asked: int | None = None) -> list[str]:
        """Let the customer press a button of the newest question, or of an earlier one; returns what the bot says."""
        asks = [one for one in self.done if isinstance(one, Say) and one.choices]
        under = asks[-1] if asked is None else next(one for one in asks if one.asked == asked)
        return self.says(label, press=Press(asked=under.asked, place=under.choices.index(label)))

    def happens(self, happening: Happening) -> list[str]:
        """Let something happen; returns what the bot says to it."""
        self.last = advance(
            self.flow, load(dump(self.position)), happening, now=self.now, tools=self.tools, budget=self.budget
        )
        self.position = self.last.position
        self.done += self.last.effects
        return [effect.text for effect in self.last.effects if isinstance(effect, Say)]

    def waits(self, **span: float) -> list[str]:
        """Let time pass, and the position's due time come if it has."""
        self.now += timedelta(**span)
        return self.happens(Due())

    def of(self, kind: type[Effect]) -> list[Any]:
        """Return the effects of one kind so far."""
        return [effect for effect in self.done if isinstance(effect, kind)]


Phone = Callable[[str, str], str | None]
