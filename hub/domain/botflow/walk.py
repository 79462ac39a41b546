"""One walk through a flow: what it has said and asked so far, and the words every step shares."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit

from hub.domain.botflow.answers import ANSWER_LIMIT, PhoneOf
from hub.domain.botflow.effects import Effect, HandOver, Reason, Say
from hub.domain.botflow.flow import AnyStep, Flow, FlowFault, Texts, said
from hub.domain.botflow.position import End, Phase, Position
from hub.domain.botflow.wording import Word, words
from hub.domain.replacing import replace

VARIABLES_LIMIT = 50
REMARKS_LIMIT = 20
SAY_LIMIT = 4000
"""Characters of one message of a bot, whatever a template makes of it."""


class Mark(StrEnum):
    """What is counted of a step."""

    entered = "entered"
    left = "left"
    handed_over = "handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a walk needs of the world around it, as plain functions and values of this moment."""

    render: Callable[[str, Mapping[str, object]], str]
    """Fills a template in. Raises FlowFault, in words."""
    phone: PhoneOf
    guess: Callable[[str, tuple[str, ...]], str]
    """Says in which of these languages a text is; empty where it is unsure."""
    opened: Callable[[str], bool]
    """Tells whether a calendar (empty: the conversation's own) is open now. Raises FlowFault."""
    today: date
    """The day where the customer's business is."""
    context: Mapping[str, object] = field(default_factory=dict)
    """What templates and conditions see beside the answers: contact, channel, conversation."""


@dataclass(slots=True)
class Walk:
    """The state of one `advance`."""

    flow: Flow
    position: Position
    now: datetime
    tools: Tools
    budget: int
    effects: list[Effect] = field(default_factory=list)
    marks: list[tuple[str, Mark]] = field(default_factory=list)
    spent: int = 0

    def change(self, **changes: Any) -> None:
        """Move the position on."""
        self.position = replace(self.position, **changes)

    def wait(self, phase: Phase, due_at: datetime | None, **changes: Any) -> None:
        """Stop here until something happens."""
        self.change(phase=phase, due_at=due_at, **changes)

    @property
    def language(self) -> str:
        """The language spoken: the customer's if the flow knows it, else the flow's first."""
        spoken = self.position.language
        return spoken if spoken in self.flow.languages else self.flow.language

    def values(self) -> dict[str, object]:
        """Return what templates and conditions see."""
        position = self.position
        known: dict[str, object] = {**position.variables, **self.tools.context}
        return known | {
            "answers": dict(position.variables),
            "last": position.last_said,
            "language": self.language,
        }

    def text(self, texts: Texts) -> str:
        """Return a text in the customer's language, filled in."""
        template = said(texts, self.language, self.flow.language)
        return self.render(template)

    def render(self, template: str) -> str:
        """Fill a template in; a text without placeholders costs nothing."""
        if "{" not in template:
            return template.strip()[:SAY_LIMIT]
        return self.tools.render(template, self.values()).strip()[:SAY_LIMIT]

    def own(self, word: Word) -> str:
        """Return words of the hub in the customer's language."""
        return words(word, self.position.language or self.language, self.flow.language)

    def say(self, text: str, choices: tuple[str, ...] = (), **more: Any) -> None:
        """Say something, unless there is nothing to say; `more` as the effect knows it."""
        if text or choices or more.get("files"):
            asked = self.position.asked if choices else 0
            self.effects.append(Say(text=text, choices=choices, asked=asked, **more))

    def save(self, name: str, value: str) -> None:
        """Keep a value under a name; the fifty-first new name is one too many."""
        if not name:
            return
        variables = dict(self.position.variables)
        if name not in variables and len(variables) >= VARIABLES_LIMIT:
            raise FlowFault(f"The flow keeps more than {VARIABLES_LIMIT} values.")
        variables[name] = value[:ANSWER_LIMIT]
        self.change(variables=variables)

    def remark(self, text: str) -> None:
        """Keep what the customer said although it answers nothing."""
        if text.strip():
            kept = (*self.position.remarks, text.strip()[:ANSWER_LIMIT])
            self.change(remarks=kept[-REMARKS_LIMIT:])

    def leave(self, step: AnyStep, way: str) -> str:
        """Leave a step by an exit; returns the next step. Raises FlowFault if it leads nowhere."""
        target = step.exits.get(way, "")
        if not target:
            raise FlowFault(f"The step “{step.label or step.id}” leads nowhere at “{way}”.")
        self.marks.append((step.id, Mark.left))
        return target

    def hand_over(self, reason: Reason, wording: str = "", *, quiet: bool = False, **to: Any) -> None:
        """End the run with a human; says the hub's own words unless `quiet`."""
        if not quiet:
            self.say(self.own(Word.hand_over))
        self.effects.append(HandOver(reason=reason, words=wording, **to))
        if self.position.step:
            self.marks.append((self.position.step, Mark.handed_over))
        self.finish(End.handed_over)

    def finish(self, end: End) -> None:
        """End the run."""
        self.change(phase=Phase.over, end=end, due_at=None)


def url_of(walk: Walk, template: str) -> str:
    """Fill an address in: values are escaped, and none of them may move it to another host. Raises FlowFault."""
    fixed = template.split("{", 1)[0]
    values = _each(walk.values(), lambda text: quote(text, safe=""))
    url = walk.tools.render(template, values).strip() if "{" in template else template.strip()
    if not fixed_host(template) or not url.startswith(fixed.strip()) or len(url) > 2000:
        raise FlowFault("The address of a look-up must name its server in plain letters and be shorter than 2,000.")
    return url


def fixed_host(template: str) -> bool:
    """Tell whether an address names its scheme and its whole host before the first placeholder."""
    fixed = template.strip().split("{", 1)[0]
    parts = urlsplit(fixed)
    whole = fixed == template.strip() or "/" in fixed[len(f"{parts.scheme}://") :]
    return parts.scheme in ("http", "https") and bool(parts.hostname) and whole and "@" not in parts.netloc


def json_body(walk: Walk, template: str) -> str:
    """Fill a JSON body in: values are escaped, so that nobody's words become structure. Raises FlowFault."""
    if "{{" not in template and "{%" not in template:
        return template
    return walk.tools.render(template, _each(walk.values(), lambda text: json.dumps(text)[1:-1]))


def header(walk: Walk, template: str) -> str:
    """Fill a header in, on one line."""
    return " ".join(walk.render(template).split())


def _each(values: Mapping[str, object], change: Callable[[str], str]) -> dict[str, object]:
    return {name: _changed(value, change) for name, value in values.items()}


def _changed(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case Mapping():
            return _each(value, change)
        case list() | tuple():
            return [_changed(one, change) for one in value]
        case _:
            return value
