"""What a call does next: from plan, position and what happened to the next steps. Pure: the world is asked."""

from dataclasses import replace
from datetime import datetime, timedelta

from hub.domain.call_marks import Fact
from hub.domain.callflow.plan import (
    END,
    AnnounceNode,
    BlockList,
    CallbackNode,
    ForwardNode,
    HangUpNode,
    HoursNode,
    MenuNode,
    Node,
    NodeName,
    Plan,
    Prompt,
    RingNode,
    VoicemailNode,
)
from hub.domain.callflow.steps import (
    Arrived,
    Ask,
    Continued,
    Decided,
    Decision,
    Forward,
    HangUp,
    MessageLeft,
    Position,
    Pressed,
    Rang,
    Reject,
    Ring,
    Say,
    Step,
    TakeMessage,
    Target,
    Wait,
    What,
    fallback,
    filled,
)
from hub.domain.callflow.world import Caller, LinePlan, World
from hub.domain.ids import UserId

PAUSE = 8
"""Seconds of music between two looks for a free agent."""
MOST_NODES = 40
"""Nodes passed through without waiting for anything: more is a plan that leads in circles."""
MOST_FORWARDS = 3
"""Lines a call may be sent through."""
ALL_AT_ONCE = 20
"""Devices rung at the same time by the strategy `all`; providers carry few more (Twilio: 10 numbers per Dial)."""


def decide(
    line: LinePlan,
    position: Position | None,
    what: What,
    caller: Caller,
    world: World,
    *,
    owner: UserId | None = None,
) -> Decision:
    """Return what is next for an inbound call. `line` is of the version the position names.

    `owner` is whom the caller spoke with before; it is kept in the position.
    """
    at = position or Position(line_id=line.line_id, version=line.version, owner=owner)
    walk = _Walk(line.plan, at, caller, world)
    if isinstance(what, Arrived) or position is None:
        if blocked(line.plan.block, caller):
            refusal = Reject(reason="busy") if line.plan.block.answer == "busy" else Reject()
            return Decision(steps=(refusal,), position=at, facts=(Decided(fact=Fact.blocked),))
        walk.enter(line.plan.start)
    else:
        walk.go_on(what)
    return walk.decision()


def blocked(block: BlockList, caller: Caller) -> bool:
    """Tell whether a caller is to be turned away."""
    if caller.withheld or not caller.number:
        return block.withheld
    number = caller.number
    return any(number.startswith(rule[:-1]) if rule.endswith("*") else number == rule for rule in block.numbers)


class _Walk:
    """One walk through a plan, from what happened to the next step that waits."""

    def __init__(self, plan: Plan, position: Position, caller: Caller, world: World) -> None:
        self._plan = plan
        self._at = position
        self._caller = caller
        self._world = world
        self._steps: list[Step] = []
        self._facts: list[Decided] = []
        self._passed = 0
        self._lost = False

    def decision(self) -> Decision:
        if self._lost or not self._steps:
            return fallback(self._at)
        return Decision(steps=tuple(self._steps), position=self._at, facts=tuple(self._facts))

    def go_on(self, what: What) -> None:
        """Take up the walk at the node the call is in."""
        match self._plan.nodes.get(self._at.node), what:
            case _, Rang(caller_left=True):
                self._steps.append(HangUp())
            case _, Rang(result="answered"):
                self._steps.append(HangUp())
            case MenuNode() as menu, Pressed(digits=digits):
                self._chosen(menu, digits)
            case MenuNode() as menu, _:
                self._chosen(menu, "")
            case RingNode(callback=offer), Pressed(digits=digits) if offer is not None and digits == offer.key:
                self._fact(Fact.callback, f"{offer.due_minutes} min")
                self._say(offer.thanks)
                self._steps.append(HangUp())
            case RingNode() as ring, _:
                self._ring(ring)
            case ForwardNode() as forward, _:
                self.enter(forward.no_answer)
            case VoicemailNode() as voicemail, MessageLeft(seconds=seconds):
                self._message(voicemail, seconds)
            case VoicemailNode(), _:
                self._steps.append(HangUp())
            case AnnounceNode() as announce, Continued():
                self.enter(announce.then)
            case None, _:
                # A version that was deleted, or a token of another plan: the caller must not hear about it.
                self._lost = True
            case _:
                self._end()

    def enter(self, name: NodeName) -> None:
        """Walk from a node to the next step that waits."""
        self._passed += 1
        if self._passed > MOST_NODES:
            self._lost = True
            return
        if name == END:
            self._end()
            return
        node = self._plan.nodes.get(name)
        if node is None:
            self._lost = True
            return
        self._at = replace(self._at, node=name, tries=0, entered_at=self._world.now, said_at=None, rung=())
        if name == self._plan.after_hours:
            self._fact(Fact.after_hours)
        self._do(node)

    def _do(self, node: Node) -> None:
        match node:
            case HoursNode():
                self._hours(node)
            case AnnounceNode():
                self._say(node.prompt)
                self._at = replace(self._at, consented=self._at.consented or node.consent)
                self.enter(node.then)
            case MenuNode():
                self._ask(node)
            case RingNode():
                self._queue(node)
            case VoicemailNode():
                self._give_up()
                self._say(node.prompt)
                self._steps.append(TakeMessage(seconds=node.seconds, finish_key=node.finish_key))
            case ForwardNode():
                self._forward(node)
            case CallbackNode():
                self._fact(Fact.callback, f"{node.due_minutes} min")
                self._say(node.prompt)
                self._steps.append(HangUp())
            case HangUpNode():
                self._give_up()
                if node.prompt is not None:
                    self._say(node.prompt)
                self._steps.append(HangUp())

    # --- nodes

    def _hours(self, node: HoursNode) -> None:
        if self._world.is_open(node.calendar):
            self.enter(node.open)
            return
        if not self._plan.after_hours:
            self._fact(Fact.after_hours)
        self.enter(node.closed)

    def _ask(self, node: MenuNode) -> None:
        digits = max((len(choice) for choice in node.choices), default=1)
        self._steps.append(Ask(prompt=self._filled(node.prompt), digits=digits, seconds=node.seconds))
        self._at = replace(self._at, tries=self._at.tries + 1)

    def _chosen(self, node: MenuNode, digits: str) -> None:
        target = node.choices.get(digits)
        if target is not None:
            self.enter(target)
        elif self._at.tries >= node.tries:
            self.enter(node.otherwise)
        else:
            if digits and node.wrong is not None:
                self._say(node.wrong)
            self._ask(node)

    def _queue(self, node: RingNode) -> None:
        """Enter a queue or ring group."""
        if self._at.queue_at is None:
            self._at = replace(self._at, queue_at=self._world.now)
        # Of several queues passed in one moment, the last is where the caller waits.
        self._facts = [one for one in self._facts if one.fact is not Fact.queued]
        self._fact(Fact.queued, self._world.group(node))
        if node.wait_seconds and self._world.place(node, self._since()).ahead >= node.queue_limit:
            self.enter(node.full or node.no_answer)
            return
        self._ring(node)

    def _ring(self, node: RingNode) -> None:
        left = self._left(node)
        free = self._world.free(node, self._at.owner)
        rivals = self._world.place(node, self._since()).rivals if node.wait_seconds else 0
        fresh = [devices for devices in free if not {device.user_id for device in devices} & set(self._at.rung)]
        if left <= 0 or not self._world.staffed(node):
            self.enter(node.no_answer)
        elif fresh and rivals < len(free):
            chosen = fresh[:ALL_AT_ONCE] if node.strategy == "all" else fresh[:1]
            self._ring_these(node, tuple(device for devices in chosen for device in devices)[:ALL_AT_ONCE], left)
        elif node.wait_seconds:
            # Everybody free was rung in vain, or is for those who wait longer: the next round rings all again.
            self._at = replace(self._at, rung=() if free and not fresh else self._at.rung)
            self._pause(node, left)
        else:
            self.enter(node.no_answer)

    def _left(self, node: RingNode) -> float:
        """Return for how many more seconds the caller may wait here."""
        if not node.wait_seconds:
            return float(node.ring_seconds)
        entered = self._at.entered_at or self._world.now
        return node.wait_seconds - (self._world.now - entered).total_seconds()

    def _ring_these(self, node: RingNode, targets: tuple[Target, ...], left: float) -> None:
        users = tuple(dict.fromkeys(target.user_id for target in targets if target.user_id is not None))
        self._at = replace(self._at, rung=(*self._at.rung, *users), tries=self._at.tries + 1)
        self._steps.append(
            Ring(
                targets=targets,
                seconds=max(5, min(node.ring_seconds, round(left))),
                caller_id=self._plan.caller_id,
                record=self._records(),
                music=node.music,
                queued=bool(node.wait_seconds),
            )
        )

    def _pause(self, node: RingNode, left: float) -> None:
        now, offer = self._world.now, node.callback
        entered = self._at.entered_at or now
        after = offer.after_seconds if offer is not None else 0
        offered = offer is not None and now - entered >= timedelta(seconds=after)
        silent = self._at.said_at is None or now - self._at.said_at >= timedelta(seconds=max(node.say_every, 1))
        # Who may ask to be called back is told so once, though the place is never said.
        first = offered and (self._at.said_at is None or self._at.said_at - entered < timedelta(seconds=after))
        if (silent and node.say_every) or first:
            self._say_place(node)
            if offer is not None and offered:
                self._say(offer.prompt)
            self._at = replace(self._at, said_at=now)
        keys = offer.key if offer is not None and offered else ""
        self._steps.append(Wait(seconds=max(1, min(PAUSE, round(left))), music=node.music, keys=keys))

    def _say_place(self, node: RingNode) -> None:
        if node.place is None or not node.say_every:
            return
        place = self._world.place(node, self._since())
        minutes = None if place.seconds is None else max(1, round(place.seconds / 60))
        self._say(filled(node.place, {"position": place.ahead + 1, "minutes": minutes}))

    def _forward(self, node: ForwardNode) -> None:
        if node.overflow:
            self._fact(Fact.overflowed)
        if node.line is None:
            self._steps.append(
                Forward(
                    number=node.number, seconds=node.seconds, caller_id=self._plan.caller_id, record=self._records()
                )
            )
            return
        other = self._world.line(node.line)
        if other is None or self._at.forwards >= MOST_FORWARDS:
            self.enter(node.no_answer)
            return
        self._plan, self._world = other.plan, self._world.seen_from(node.line)
        self._at = replace(
            self._at, line_id=other.line_id, version=other.version, forwards=self._at.forwards + 1, consented=False
        )
        self.enter(other.plan.start)

    def _message(self, node: VoicemailNode, seconds: float) -> None:
        if seconds > 0:
            self._fact(Fact.voicemail, f"{seconds:.0f} s")
            if node.thanks is not None:
                self._say(node.thanks)
        self._steps.append(HangUp())

    # --- words

    def _end(self) -> None:
        self._give_up()
        self._steps.append(HangUp())

    def _give_up(self) -> None:
        if self._at.queue_at is not None:
            self._fact(Fact.gave_up)

    def _say(self, prompt: Prompt) -> None:
        if prompt.text or prompt.file:
            self._steps.append(Say(prompt=self._filled(prompt)))

    def _filled(self, prompt: Prompt) -> Prompt:
        return filled(prompt, {"name": self._caller.name})

    def _records(self) -> bool:
        return self._plan.recording == "on" or (self._plan.recording == "after_consent" and self._at.consented)

    def _since(self) -> datetime:
        return self._at.queue_at or self._world.now

    def _fact(self, fact: Fact, detail: str = "") -> None:
        self._facts.append(Decided(fact=fact, detail=detail))
