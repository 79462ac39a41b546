"""What entering each kind of step does: it says, asks, chooses a way, or calls for something and waits."""

from datetime import timedelta

from hub.domain.botflow.choices import labels
from hub.domain.botflow.conditions import first_case
from hub.domain.botflow.effects import (
    AddTag,
    AskKnowledge,
    AskModel,
    Assign,
    CallHttp,
    Close,
    Reason,
    SetField,
    StartFlow,
)
from hub.domain.botflow.flow import (
    AnyStep,
    Condition,
    Faq,
    Fill,
    Finish,
    Give,
    Hand,
    Hours,
    Http,
    Language,
    Message,
    Model,
    Other,
    Pause,
    Question,
)
from hub.domain.botflow.position import End, Phase
from hub.domain.botflow.walk import Walk, header, json_body, url_of
from hub.domain.botflow.wording import Word

ASK_LIMIT = 2000
"""Characters of what the knowledge base or a model is asked."""
CALL_TIME = timedelta(seconds=60)
"""After this a look-up counts as lost, whoever carried it out."""


def enter(walk: Walk, step: AnyStep) -> str | None:
    """Do what a step does on entry. Returns the next step, None if the walk stops here. Raises FlowFault."""
    match step:
        case Message():
            walk.say(walk.text(step.text), files=step.files)
            return walk.leave(step, "next")
        case Question():
            walk.change(asked=walk.position.asked + 1)
            ask(walk, step)
            return None
        case Condition():
            return walk.leave(step, first_case(step.cases, walk.values()) or "else")
        case Fill():
            return _fill(walk, step)
        case Hours():
            return walk.leave(step, "open" if walk.tools.opened(step.calendar) else "closed")
        case Language():
            return walk.leave(step, walk.language if step.exits.get(walk.language) else "else")
        case Give():
            walk.effects.append(Assign(team_id=step.team_id, user_id=step.user_id))
            return walk.leave(step, "next")
        case Pause():
            walk.wait(Phase.pausing, walk.now + timedelta(minutes=step.minutes))
            return None
        case Http() | Faq() | Model():
            return _call(walk, step)
        case _:
            _end(walk, step)
            return None


def ask(walk: Walk, step: Question, *, text: str | None = None, tries: int = 0) -> None:
    """Ask a question, or ask it again in other words, and wait for the answer."""
    choices = labels(step.options, walk.language, walk.flow.language)
    walk.say(walk.text(step.text) if text is None else text, choices)
    reminds = bool(step.remind_after and step.reminder)
    minutes = step.remind_after if reminds else step.timeout or walk.flow.timeout
    walk.wait(
        Phase.asking,
        walk.now + timedelta(minutes=minutes),
        asked_at=walk.now,
        tries=tries,
        reminded=not reminds,
    )


def _fill(walk: Walk, step: Fill) -> str:
    for name, template in step.fields.items():
        walk.effects.append(SetField(name=name, value=walk.render(template)[:1000]))
    for template in step.tags:
        if tag := " ".join(walk.render(template).split())[:50]:
            walk.effects.append(AddTag(tag=tag))
    return walk.leave(step, "next")


def _call(walk: Walk, step: Http | Faq | Model) -> str | None:
    number = walk.position.ask + 1
    if isinstance(step, Http):
        walk.effects.append(
            CallHttp(
                ask=number,
                method=step.method,
                url=url_of(walk, step.url),
                headers={name: header(walk, value) for name, value in step.headers.items()},
                body=json_body(walk, step.body),
                seconds=step.seconds,
            )
        )
    else:
        text = (walk.render(step.question) if step.question else walk.position.last_said).strip()[:ASK_LIMIT]
        if not any(c.isalnum() for c in text):
            return walk.leave(step, "none" if isinstance(step, Faq) else "refused")
        walk.effects.append(_asking(walk, step, number, text))
    walk.wait(Phase.calling, walk.now + CALL_TIME, ask=number)
    return None


def _asking(walk: Walk, step: Faq | Model, number: int, text: str) -> AskKnowledge | AskModel:
    if isinstance(step, Faq):
        return AskKnowledge(ask=number, text=text, language=walk.language, tags=step.tags, threshold=step.threshold)
    return AskModel(ask=number, text=text, language=walk.language, instructions=step.instructions, tags=step.tags)


def _end(walk: Walk, step: Other | Hand | Finish) -> None:
    match step:
        case Other():
            walk.effects.append(StartFlow(flow_id=step.flow_id))
            walk.change(phase=Phase.moving, step="", due_at=None)
        case Hand():
            walk.say(walk.text(step.text) or walk.own(Word.hand_over))
            walk.hand_over(Reason.flow, quiet=True, team_id=step.team_id, user_id=step.user_id)
        case Finish():
            walk.say(walk.text(step.text))
            walk.effects.append(Close())
            walk.finish(End.closed)
