"""Walks a flow on by one happening: pure, bounded by a budget of steps, resumable at every position it returns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.domain.botflow.answers import Answer, answer_to
from hub.domain.botflow.choices import chosen
from hub.domain.botflow.effects import Close, CountHelp, Effect, Reason, SetField
from hub.domain.botflow.flow import AnswerKind, AnyStep, Faq, Flow, FlowFault, Http, Model, Option, Pause, Question
from hub.domain.botflow.happenings import Answered, Begun, Due, Failed, Happening, HttpAnswered, Press, Said
from hub.domain.botflow.humans import asks_for_human
from hub.domain.botflow.position import End, Given, Phase, Position
from hub.domain.botflow.steps import ask, enter
from hub.domain.botflow.walk import Mark, Tools, Walk
from hub.domain.botflow.wording import NO_ALSO, YES_ALSO, Word, retry

BUDGET = 50
"""Steps one happening may lead through: a flow that goes round without asking ends with a human."""
GIVEN_LIMIT = 50
PRESSED_LIMIT = 20
CONFIRM_TRIES = 3
"""Questions in a row that one FAQ step answers before it asks no more whether it helped."""
_SLACK = timedelta(milliseconds=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What one happening led to."""

    position: Position
    effects: tuple[Effect, ...] = ()
    """In the order in which they are to be done."""
    marks: tuple[tuple[str, Mark], ...] = ()
    """Steps entered, left, handed over at; counted per step."""
    spent: int = 0
    """Steps of the budget that were used; another flow goes on with the rest."""


def advance(
    flow: Flow, position: Position, happening: Happening, *, now: datetime, tools: Tools, budget: int = BUDGET
) -> Advance:
    """Return where a run stands after a happening and what it wants done.

    Never raises for what a flow or a customer brings: a fault ends the run with a human. What the position does not
    wait for (an old result, a time that has passed already) changes nothing.
    """
    walk = Walk(flow=flow, position=position, now=now, tools=tools, budget=budget)
    try:
        _go(walk, _take(walk, happening))
    except FlowFault as fault:
        walk.effects = [effect for effect in walk.effects if not _asks_again(effect)]
        walk.hand_over(Reason.fault, str(fault))
    return Advance(position=walk.position, effects=tuple(walk.effects), marks=tuple(walk.marks), spent=walk.spent)


def _asks_again(effect: Effect) -> bool:
    """Tell whether an effect would bring a result that nobody waits for any more."""
    return hasattr(effect, "ask")


def _go(walk: Walk, step_id: str | None) -> None:
    while step_id:
        step = walk.flow.steps.get(step_id)
        if step is None:
            raise FlowFault(f"The flow leads to a step that is not there (“{step_id}”).")
        if walk.spent >= walk.budget:
            walk.change(step=step_id)
            walk.hand_over(Reason.loop, f"The flow went through {walk.spent} steps without asking anything.")
            return
        walk.spent += 1
        walk.change(step=step_id, due_at=None)
        walk.marks.append((step_id, Mark.entered))
        step_id = enter(walk, step)


def _take(walk: Walk, happening: Happening) -> str | None:
    """Take a happening in. Returns the step to go on with, None to stay."""
    if walk.position.phase is Phase.over:
        return None
    match happening:
        case Said():
            return _heard(walk, happening)
        case Begun():
            return _begin(walk)
        case Due():
            return _due(walk)
        case Answered() | HttpAnswered() | Failed():
            if walk.position.phase is not Phase.calling or happening.ask != walk.position.ask:
                return None
            return _told(walk, happening)


def _begin(walk: Walk) -> str | None:
    if walk.position.phase not in (Phase.fresh, Phase.moving):
        return _again(walk)
    _greet_in(walk, walk.position.last_said)
    return walk.flow.start


def _again(walk: Walk) -> str | None:
    """Go on where a run was stopped: a question is asked again, a look-up that was lost counts as failed."""
    step = walk.flow.steps.get(walk.position.step)
    match walk.position.phase:
        case Phase.asking if isinstance(step, Question):
            ask(walk, step, tries=walk.position.tries)
        case Phase.confirming if isinstance(step, Faq):
            _confirm(walk, step, "")
        case Phase.calling:
            return _told(walk, Failed(ask=walk.position.ask, words="A human had the word meanwhile."))
        case Phase.pausing:
            pass
        case _:
            raise FlowFault(f"The step that waits is not in the flow any more (“{walk.position.step}”).")
    return None


def _heard(walk: Walk, said: Said) -> str | None:
    position = walk.position
    step = walk.flow.steps.get(position.step)
    early = said.press is None and position.asked_at is not None and said.at < position.asked_at - _SLACK
    if asks_for_human(said.text) and not _is_choice(walk, step, said.text):
        walk.remark(said.text)
        walk.hand_over(Reason.asked)
        return None
    if said.press is not None and position.phase is not Phase.fresh and not _is_current(position, said.press):
        return _pressed_late(walk, said, said.press)
    match position.phase:
        case Phase.fresh | Phase.moving:
            walk.change(last_said=said.text.strip()[:2000])
            return _begin(walk)
        case Phase.asking if isinstance(step, Question) and not early:
            return _answered(walk, step, said)
        case Phase.confirming if isinstance(step, Faq) and not early:
            return _verdict(walk, step, said)
        case Phase.pausing if isinstance(step, Pause) and step.exits.get("said"):
            walk.change(last_said=said.text.strip()[:2000])
            return walk.leave(step, "said")
        case Phase.asking | Phase.confirming if step is None:
            raise FlowFault(f"The step the customer answers is not in the flow any more (“{position.step}”).")
        case _:
            walk.remark(said.text or ", ".join(said.files))
            return None


def _is_current(position: Position, press: Press) -> bool:
    return position.phase in (Phase.asking, Phase.confirming) and press.asked == position.asked


def _pressed_late(walk: Walk, said: Said, press: Press) -> str | None:
    """Take a press on a button of an earlier question: the same twice is no news; another is told to colleagues.

    What was done with the first answer cannot be undone here, so the question that waits is asked once more.
    """
    if was_taken(walk.position, press):
        return None
    walk.remark(said.text)
    return _again(walk) if walk.position.phase in (Phase.asking, Phase.confirming) else None


def was_taken(position: Position, press: Press) -> bool:
    """Tell whether this very button was taken for an answer already."""
    return press.asked > 0 and _name(press) in position.pressed


def _name(press: Press) -> str:
    return f"{press.asked}:{press.place}"


def _note_press(walk: Walk, said: Said) -> None:
    if said.press is not None:
        walk.change(pressed=(*walk.position.pressed, _name(said.press))[-PRESSED_LIMIT:])


def _is_choice(walk: Walk, step: AnyStep | None, text: str) -> bool:
    asking = walk.position.phase is Phase.asking and isinstance(step, Question)
    return asking and isinstance(step, Question) and chosen(step.options, text) is not None


def _greet_in(walk: Walk, text: str) -> None:
    """Choose the language to speak: what the customer wrote, else what their contact or channel says."""
    known = walk.position.language
    guess = walk.tools.guess(text, walk.flow.languages) if text else ""
    contact = walk.tools.context.get("contact")
    told = str(contact.get("language") or "")[:2] if isinstance(contact, Mapping) else ""
    walk.change(language=guess or known or told)


def _answered(walk: Walk, step: Question, said: Said) -> str | None:
    _hear_language(walk, step, said.text)
    found = answer_to(step, said, phone=walk.tools.phone, today=walk.tools.today, language=walk.language)
    if found is None:
        return _misfit(walk, step, said)
    walk.change(last_said=said.text.strip()[:2000])
    _note_press(walk, said)
    walk.save(step.save_as, found.value)
    if step.save_as and found.option is not None:
        walk.save(f"{step.save_as}_label", found.shown)
    asked = walk.text(step.text)[:300]
    given = Given(step=step.id, question=asked, answer=found.shown)
    walk.change(given=(*walk.position.given, given)[-GIVEN_LIMIT:])
    if step.contact_field:
        walk.effects.append(SetField(name=step.contact_field, value=found.shown if found.option else found.value))
    return walk.leave(step, _way(step, found))


def _way(step: Question, found: Answer) -> str:
    return found.option.id if found.option is not None and step.exits.get(found.option.id) else "next"


def _hear_language(walk: Walk, step: Question, text: str) -> None:
    """Follow a customer who goes on in another language; a name or a choice says too little."""
    if step.answer is AnswerKind.text and len(text.split()) >= 3:
        guess = walk.tools.guess(text, walk.flow.languages)
        walk.change(language=guess or walk.position.language)


def _misfit(walk: Walk, step: Question, said: Said) -> str | None:
    tries = walk.position.tries + 1
    walk.remark(said.text or ", ".join(said.files))
    if tries >= step.tries:
        if step.exits.get("invalid"):
            return walk.leave(step, "invalid")
        walk.hand_over(Reason.not_understood)
        return None
    again = walk.text(step.retry) or retry(step.answer, walk.position.language or walk.language, walk.flow.language)
    ask(walk, step, text=again, tries=tries)
    return None


def _verdict(walk: Walk, step: Faq, said: Said) -> str | None:
    """Take the answer to “did this help?”; anything but yes and no is the next question."""
    picked = chosen(_yes_no(walk), said.text, said.press)
    if picked is None:
        if walk.position.tries >= CONFIRM_TRIES or not any(c.isalnum() for c in said.text):
            return walk.leave(step, "not_helped")
        walk.change(last_said=said.text.strip()[:2000], tries=walk.position.tries + 1)
        return step.id
    helped = picked.id == "yes"
    _note_press(walk, said)
    walk.effects.append(CountHelp(article_id=walk.position.article, helped=helped))
    walk.change(article="", tries=0)
    return walk.leave(step, "helped" if helped else "not_helped")


def _yes_no(walk: Walk) -> tuple[Option, Option]:
    return (
        Option(id="yes", label={"": walk.own(Word.yes)}, also=YES_ALSO),
        Option(id="no", label={"": walk.own(Word.no)}, also=NO_ALSO),
    )


def _due(walk: Walk) -> str | None:
    position = walk.position
    if position.due_at is None or walk.now < position.due_at:
        return None
    step = walk.flow.steps.get(position.step)
    match position.phase:
        case Phase.asking if isinstance(step, Question):
            return _silent(walk, step)
        case Phase.confirming:
            # They have their answer and went away.
            walk.effects.append(Close())
            walk.finish(End.closed)
            return None
        case Phase.pausing if isinstance(step, Pause):
            return walk.leave(step, "next")
        case Phase.calling:
            return _told(walk, Failed(ask=position.ask, words="The look-up gave no answer in time."))
        case _:
            raise FlowFault(f"The step that waits is not in the flow any more (“{position.step}”).")


def _silent(walk: Walk, step: Question) -> str | None:
    if not walk.position.reminded:
        walk.say(walk.text(step.reminder), reminder=True)
        left = max((step.timeout or walk.flow.timeout) - step.remind_after, 1)
        walk.wait(Phase.asking, walk.now + timedelta(minutes=left), reminded=True)
        return None
    if step.exits.get("timeout"):
        return walk.leave(step, "timeout")
    walk.hand_over(Reason.silent, quiet=True)
    return None


def _told(walk: Walk, result: Answered | HttpAnswered | Failed) -> str | None:
    step = walk.flow.steps.get(walk.position.step)
    walk.change(due_at=None)
    match step:
        case Http():
            return _looked_up(walk, step, result)
        case Faq():
            return _from_knowledge(walk, step, result)
        case Model():
            found = isinstance(result, Answered) and result.found
            if isinstance(result, Answered) and result.found:
                walk.say("\n".join((result.text, *result.sources)), by_model=True)
            return walk.leave(step, "answered" if found else "refused")
        case _:
            raise FlowFault(f"The step that asked is not in the flow any more (“{walk.position.step}”).")


def _looked_up(walk: Walk, step: Http, result: Answered | HttpAnswered | Failed) -> str:
    if not isinstance(result, HttpAnswered):
        return walk.leave(step, "failed")
    for take in step.take:
        walk.save(take.save_as, dig(result.body, take.path))
    return walk.leave(step, "ok")


def _from_knowledge(walk: Walk, step: Faq, result: Answered | HttpAnswered | Failed) -> str | None:
    if not isinstance(result, Answered) or not result.found:
        return walk.leave(step, "none")
    text = "\n".join((result.text, *result.sources))
    if not step.confirm:
        walk.say(text)
        return walk.leave(step, "helped")
    walk.change(article=result.article_id, asked=walk.position.asked + 1)
    _confirm(walk, step, text)
    return None


def _confirm(walk: Walk, step: Faq, text: str) -> None:
    question = walk.text(step.confirm_text) or walk.own(Word.helped)
    walk.say(f"{text}\n\n{question}".strip(), tuple(walk.own(word) for word in (Word.yes, Word.no)))
    walk.wait(Phase.confirming, walk.now + timedelta(minutes=walk.flow.timeout), asked_at=walk.now)


def dig(body: object, path: str) -> str:
    """Return what stands at a path (`items.0.name`) of a JSON value as text; empty where nothing does."""
    value = body
    for part in path.split(".") if path else ():
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return ""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Mapping() | list():
            return ""
        case _:
            return str(value)


def taken(position: Position) -> Position:
    """Return the position of a run that a human took over: over, whatever it waited for."""
    return replace(position, phase=Phase.over, end=End.taken, due_at=None)
