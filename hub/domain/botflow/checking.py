"""What is wrong with a flow, for the builder and before it is published: errors stop it, warnings do not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from uuid import UUID

from hub.domain.botflow.choices import labels, shown
from hub.domain.botflow.exits import exits_of
from hub.domain.botflow.flow import (
    AnswerKind,
    AnyStep,
    Condition,
    Faq,
    Finish,
    Flow,
    Hand,
    Http,
    Message,
    Other,
    Pause,
    Question,
    Texts,
)
from hub.domain.botflow.problems import Code, Level, On, Problem
from hub.domain.botflow.walk import fixed_host
from hub.domain.botflow.words import fold
from hub.domain.errors import CannotSend
from hub.domain.sending import Enclosure, check_enclosures, text_length

FIELDS = frozenset({"name", "email", "phone", "company", "language", "source"})
"""Fields every contact has; any other name is a field of its own."""


Say = Iterator[Problem]
Try = Callable[[str], str]
"""Returns what is wrong with a template, empty if nothing is."""


def check(
    flow: Flow,
    *,
    channels: Iterable[On] = (),
    flows: Mapping[UUID, bool] | None = None,
    files: Mapping[UUID, Enclosure] | None = None,
    templates: Try | None = None,
) -> tuple[Problem, ...]:
    """Return all problems, errors first.

    `flows` says which other flows exist and whether they are published, `files` which files the hub keeps; None: that
    is not checked. `templates` returns what is wrong with a template, empty if nothing is.
    """
    on = tuple(channels)
    found = [*_graph(flow), *_each(flow, flows), *_texts(flow, templates), *_limits(flow, on), *_files(flow, files, on)]
    return tuple(sorted(found, key=lambda problem: problem.level is not Level.error))


def _error(code: Code, step: AnyStep | None, field: str, words: str, **more: str | float) -> Problem:
    return _problem(Level.error, code, step, field, words, more)


def _warning(code: Code, step: AnyStep | None, field: str, words: str, **more: str | float) -> Problem:
    return _problem(Level.warning, code, step, field, words, more)


def _problem(
    level: Level, code: Code, step: AnyStep | None, field: str, words: str, more: dict[str, str | float]
) -> Problem:
    of = {} if step is None else {"name": _named(step)}
    at = "" if step is None else step.id
    return Problem(level=level, code=code, step=at, field=field, words=words, parameters={**of, **more})


def _named(step: AnyStep) -> str:
    return step.label or step.id


def _graph(flow: Flow) -> Say:
    if flow.start not in flow.steps:
        yield _error(Code.no_start, None, "start", "The flow has no first step. Say where it begins.")
    for step in flow.steps.values():
        needed, may = exits_of(step, flow.languages)
        for way in needed:
            if not step.exits.get(way):
                yield _error(
                    Code.dead_end, step, way, f"“{_named(step)}” leads nowhere at “{way}”. Connect it.", way=way
                )
        for way, target in step.exits.items():
            if way not in needed and way not in may and target:
                yield _warning(Code.no_such_exit, step, way, f"“{_named(step)}” has no exit “{way}”.", way=way)
            if target and target not in flow.steps:
                yield _error(
                    Code.no_such_step, step, way, f"“{_named(step)}” leads to a step that is not there.", way=way
                )
    reached = _reached(flow)
    for step in flow.steps.values():
        if step.id not in reached:
            yield _warning(Code.unreachable, step, "", f"No way leads to “{_named(step)}”.")
    yield from _rounds(flow, reached)


def _reached(flow: Flow) -> set[str]:
    reached: set[str] = set()
    ahead = [flow.start]
    while ahead:
        step = flow.steps.get(ahead.pop())
        if step is not None and step.id not in reached:
            reached.add(step.id)
            ahead += [target for target in step.exits.values() if target]
    return reached


def _rounds(flow: Flow, reached: set[str]) -> Say:
    """Find steps from which the flow comes round without ever asking or waiting: it would talk to itself."""
    clean: set[str] = set()
    for first in sorted(reached):
        seen: set[str] = set()
        ahead = [first]
        while ahead:
            step = flow.steps.get(ahead.pop())
            if step is None or step.id in clean or _stops(step):
                continue
            nexts = [target for target in step.exits.values() if target]
            if first in nexts:
                words = f"From “{_named(flow.steps[first])}” the flow goes round without asking anything."
                yield _error(Code.endless, flow.steps[first], "", words)
                return
            if step.id not in seen:
                seen.add(step.id)
                ahead += nexts
        clean.add(first)


def _stops(step: AnyStep) -> bool:
    return (
        isinstance(step, Question)
        or (isinstance(step, Pause) and step.minutes > 0)
        or (isinstance(step, Faq) and step.confirm and not step.question)
    )


def _each(flow: Flow, flows: Mapping[UUID, bool] | None) -> Say:
    if not any(isinstance(step, Hand) for step in flow.steps.values()):
        yield _warning(Code.no_handover, None, "", "The flow never hands over; customers can still ask for a human.")
    for step in flow.steps.values():
        match step:
            case Question():
                yield from _question(step)
            case Condition() if not step.cases or any(not case.tests for case in step.cases):
                yield _error(Code.empty_case, step, "cases", f"“{_named(step)}” has a case without a comparison.")
            case Http() if not fixed_host(step.url) or step.method not in ("GET", "POST"):
                words = "The address must be GET or POST and begin with https:// and the whole name of its server."
                yield _error(Code.bad_address, step, "url", words)
            case Other() if flows is not None and not flows.get(step.flow_id, False):
                if step.flow_id in flows:
                    words = f"The flow “{_named(step)}” leads to is not published yet."
                    yield _error(Code.unpublished_flow, step, "flow_id", words)
                else:
                    words = f"The flow “{_named(step)}” leads to does not exist."
                    yield _error(Code.no_such_flow, step, "flow_id", words)
            case _:
                pass


def _question(step: Question) -> Say:
    if step.answer is AnswerKind.choice:
        if len(step.options) < 2:
            yield _error(Code.few_options, step, "options", f"“{_named(step)}” needs at least two choices.")
        ids = [option.id for option in step.options]
        if len(set(ids)) < len(ids) or not all(ids):
            yield _error(Code.same_option, step, "options", f"Two choices of “{_named(step)}” have one id, or none.")
        for language in {language for option in step.options for language in option.label}:
            names = [fold(option.label.get(language, "")) for option in step.options]
            filled = [name for name in names if name]
            if len(set(filled)) < len(filled):
                words = f"Two choices of “{_named(step)}” read the same in “{language}”."
                yield _error(Code.same_label, step, "options", words, language=language)
    if step.remind_after and not any(step.reminder.values()):
        yield _warning(Code.no_reminder, step, "reminder", f"“{_named(step)}” has a reminder without words.")
    if step.timeout and step.remind_after >= step.timeout:
        yield _warning(Code.late_reminder, step, "remind_after", "The reminder comes after the question's time is up.")


def texts_of(step: AnyStep) -> Iterator[tuple[str, Texts, bool]]:
    """Return a step's texts: (name, text by language, whether it has to be there)."""
    match step:
        case Message():
            yield "text", step.text, not step.files
        case Question():
            yield "text", step.text, True
            yield "retry", step.retry, False
            yield "reminder", step.reminder, False
            for option in step.options:
                yield f"options.{option.id}", option.label, True
        case Faq():
            yield "confirm_text", step.confirm_text, False
        case Hand() | Finish():
            yield "text", step.text, False
        case _:
            return


def _texts(flow: Flow, templates: Try | None) -> Say:
    for step in flow.steps.values():
        for name, texts, needed in texts_of(step):
            filled = {language for language, text in texts.items() if text.strip()}
            if needed and not filled:
                words = f"“{_named(step)}” says nothing: its {name} is empty."
                yield _error(Code.no_text, step, name, words, text=name)
            elif filled:
                for language in flow.languages:
                    if language not in filled:
                        words = f"The {name} of “{_named(step)}” is missing in “{language}”."
                        yield _warning(Code.missing_text, step, name, words, text=name, language=language)
            for text in texts.values() if templates is not None else ():
                if "{" in text and (fault := templates(text) if templates is not None else ""):
                    yield _error(Code.bad_template, step, name, fault, text=name, fault=fault)


def _limits(flow: Flow, channels: tuple[On, ...]) -> Say:
    for on in channels:
        able = on.capabilities
        if able.receive_only:
            words = f"{on.name}: {able.receive_only}"
            yield _error(Code.receive_only, None, "", words, channel=on.name, reason=able.receive_only)
            continue
        for step in flow.steps.values():
            yield from _too_long(step, on)
            if isinstance(step, Question) and step.answer is AnswerKind.file and able.media is None:
                words = f"“{_named(step)}” asks for a file, and customers cannot send files on {on.name}."
                yield _warning(Code.no_files, step, "answer", words, channel=on.name)
            if isinstance(step, Question) and able.segments and len(step.options) > 6:
                words = f"“{_named(step)}” has {len(step.options)} choices: on {on.name} they cost several segments."
                yield _warning(Code.many_options, step, "options", words, channel=on.name, count=len(step.options))


def _files(flow: Flow, files: Mapping[UUID, Enclosure] | None, channels: tuple[On, ...]) -> Say:
    if files is None:
        return
    for step in flow.steps.values():
        for file in step.files if isinstance(step, Message) else ():
            kept = files.get(file.id)
            if kept is None:
                words = f"The file “{file.name}” of “{_named(step)}” is not in this hub. Attach it again."
                yield _error(Code.no_such_file, step, "files", words, file=file.name)
                continue
            for on in channels:
                try:
                    check_enclosures(on.capabilities, (kept,))
                except CannotSend:
                    words = f"{on.name} does not carry “{kept.name}” of “{_named(step)}”: customers get a link to it."
                    yield _warning(Code.sent_as_link, step, "files", words, channel=on.name, file=kept.name)


def _too_long(step: AnyStep, on: On) -> Say:
    limit = on.capabilities.text_limit
    if limit is None:
        return
    options = step.options if isinstance(step, Question) else ()
    for name, texts, _ in texts_of(step):
        for language, text in texts.items():
            names = labels(options, language, language) if name == "text" else ()
            length = text_length(shown(text, names, on.capabilities).text, on.capabilities.text_unit)
            if length > limit * on.capabilities.max_parts:
                words = f"“{_named(step)}” is too long for {on.name} in “{language}”: {length} of {limit} characters."
                where = {"channel": on.name, "language": language}
                yield _error(Code.too_long, step, name, words, **where, length=length, limit=limit)
