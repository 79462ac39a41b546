"""What is wrong with a call plan: each with a code and parameters, so that screens say it in their language. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.callflow.plan import (
    END,
    AnnounceNode,
    ForwardNode,
    HoursNode,
    MenuNode,
    Node,
    NodeName,
    Plan,
    RingNode,
    VoicemailNode,
)


class PlanCode(StrEnum):
    """Every sort of problem; behind each stand its parameters."""

    no_start = "no_start"  # target
    nowhere = "nowhere"  # way, target
    unreachable = "unreachable"
    silent_loop = "silent_loop"
    no_choices = "no_choices"
    bad_key = "bad_key"
    key_lengths = "key_lengths"
    no_target = "no_target"
    nothing_said = "nothing_said"
    too_many_steps = "too_many_steps"  # most


STEPS_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblem:
    """One thing that is wrong."""

    code: PlanCode
    step: NodeName = ""
    """Empty for the plan as a whole."""
    field: str = ""
    """The part of the step, or of the plan, that is to be mended; empty for all of it."""
    words: str
    """The whole sentence in English."""
    parameters: Mapping[str, str | int]
    """What the sentence of the code names beside the step; `PlanCode` says which there are."""


def problems(plan: Plan) -> list[PlanProblem]:
    """Return all that is wrong with a plan; empty if it can be saved."""
    return list(_found(plan))


def _found(plan: Plan) -> Iterator[PlanProblem]:
    if plan.start not in plan.nodes:
        words = f"The plan begins with “{plan.start}”, which does not exist."
        yield PlanProblem(code=PlanCode.no_start, field="start", words=words, parameters={"target": plan.start})
    for name, node in plan.nodes.items():
        for part, way, target in exits(node):
            if target != END and target not in plan.nodes:
                yield PlanProblem(
                    code=PlanCode.nowhere,
                    step=name,
                    field=part,
                    words=f"“{name}” leads to “{target}” ({way}), which does not exist.",
                    parameters={"way": way, "target": target},
                )
        own = _own_problem(node)
        if own is not None:
            code, part, words = own
            yield PlanProblem(code=code, step=name, field=part, words=f"“{name}”: {words}", parameters={})
    reached = _reached(plan)
    for name in plan.nodes:
        if name not in reached:
            yield PlanProblem(
                code=PlanCode.unreachable, step=name, words=f"“{name}” can never be reached.", parameters={}
            )
    loop = _silent_loop(plan)
    if loop:
        words = f"“{loop}” leads back to itself without anything being said or asked."
        yield PlanProblem(code=PlanCode.silent_loop, step=loop, words=words, parameters={})
    notice = plan.listening
    if notice is not None and not (notice.prompt.text.strip() or notice.prompt.file):
        words = "There is nothing to say before a manager listens in: give a text or a file."
        yield PlanProblem(code=PlanCode.nothing_said, field="listening", words=words, parameters={})
    if len(plan.nodes) > STEPS_LIMIT:
        words = f"The plan has more than {STEPS_LIMIT} steps."
        yield PlanProblem(code=PlanCode.too_many_steps, words=words, parameters={"most": STEPS_LIMIT})


def exits(node: Node) -> list[tuple[str, str, NodeName]]:
    """Return where a node leads: the field that says so, the word for the way, and the step."""
    match node:
        case HoursNode():
            return [("open", "open", node.open), ("closed", "closed", node.closed)]
        case AnnounceNode():
            return [("then", "then", node.then)]
        case MenuNode():
            keys = [("choices", f"key {digits}", target) for digits, target in node.choices.items()]
            return [*keys, ("otherwise", "otherwise", node.otherwise)]
        case RingNode():
            return [("no_answer", "no answer", node.no_answer), ("full", "full", node.full)]
        case ForwardNode():
            return [("no_answer", "no answer", node.no_answer)]
        case _:
            return []


def _own_problem(node: Node) -> tuple[PlanCode, str, str] | None:
    match node:
        case MenuNode(choices=choices) if not choices:
            return PlanCode.no_choices, "choices", "the menu has no choices."
        case MenuNode(choices=choices) if any(not c or set(c) - set("0123456789*#") for c in choices):
            return PlanCode.bad_key, "choices", "a choice of the menu is not made of the digits of a phone."
        case MenuNode(choices=choices) if len({len(c) for c in choices}) > 1:
            return PlanCode.key_lengths, "choices", "all choices of a menu need the same number of digits."
        case ForwardNode(line=None, number=""):
            return PlanCode.no_target, "number", "choose a line or a number to forward to."
        case AnnounceNode(prompt=prompt) | VoicemailNode(prompt=prompt) | MenuNode(prompt=prompt) if not (
            prompt.text.strip() or prompt.file
        ):
            return PlanCode.nothing_said, "prompt", "there is nothing to say: give a text or a file."
        case _:
            return None


def _reached(plan: Plan) -> set[NodeName]:
    seen: set[NodeName] = set()
    ahead = [plan.start]
    while ahead:
        name = ahead.pop()
        if name in seen or name not in plan.nodes:
            continue
        seen.add(name)
        ahead += [target for _, _, target in exits(plan.nodes[name])]
    return seen


def _silent_loop(plan: Plan) -> NodeName:
    """Return a node of a loop of hours nodes only, which would never end; empty if there is none."""
    silent = {name: node for name, node in plan.nodes.items() if isinstance(node, HoursNode)}
    for start in silent:
        seen, ahead = set(), [start]
        while ahead:
            node = silent.get(ahead.pop())
            for _, _, target in exits(node) if node is not None else []:
                if target == start:
                    return start
                if target not in seen:
                    seen.add(target)
                    ahead.append(target)
    return ""
