"""The demo's scorecard, and two reviews by it: one that praises, one that asks for more patience."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.call import Call
from hub.domain.ids import UserId
from hub.domain.review.comment import Visibility
from hub.domain.review.ids import CommentId, ReviewId, ScorecardId
from hub.domain.review.scorecard import NO, YES, Question, QuestionKind, Section
from hub.domain.review.scoring import Answer
from hub.ports import Storage
from hub.services.demo.workspace import Workspace
from hub.services.ids import new_id
from hub.services.reviews import cards, comments, reviewing

REVIEWER = "sofia"
AFTER = timedelta(hours=20)
"""How long after the call its review was written."""

_yes_no, _scale, _text = QuestionKind.yes_no, QuestionKind.scale, QuestionKind.text
SECTIONS = (
    Section(
        key="manner",
        title="Manner",
        weight=40,
        questions=(
            Question(
                key="greeting",
                text="Says the shop's name and their own",
                guide="“Halden Outdoor, my name is …, how can I help?”",
                kind=_yes_no,
                weight=30,
            ),
            Question(key="listening", text="Lets the customer finish", kind=_scale, weight=70),
        ),
    ),
    Section(
        key="help",
        title="Help",
        weight=60,
        questions=(
            Question(
                key="solved",
                text="Solves it, or says who will and by when",
                guide="A date or an hour, not “soon”.",
                kind=_scale,
                weight=60,
            ),
            Question(
                key="order",
                text="Checks the order number before telling anything",
                kind=_yes_no,
                weight=40,
                fails=(NO,),
            ),
            Question(key="more", text="What else was noticed", kind=_text, weight=0, mandatory=False),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    answers: tuple[tuple[str, str], ...]
    summary: str
    said: tuple[tuple[float, float | None, str], ...]
    """Comments: from second, to second, text."""
    reply: str


WORDS = {
    "calm": _Words(
        answers=(("greeting", YES), ("listening", "5"), ("solved", "4"), ("order", YES)),
        summary="A good call: calm, clear, and the customer knew at the end what happens when.",
        said=(
            (2.0, 7.0, "Just right: name, shop, and a question."),
            (31.0, None, "Here you could have said that the courier comes before noon."),
        ),
        reply="Thanks! I will name the hour next time.",
    ),
    "hasty": _Words(
        answers=(("greeting", NO), ("listening", "2"), ("solved", "4"), ("order", YES)),
        summary="The parcel was found quickly, but the customer had to begin the story twice. Let people finish.",
        said=(
            (1.0, 4.0, "No greeting: the caller asks whether this is the shop."),
            (18.0, 24.0, "Interrupted while she spells the order number. Wait for the end, then read it back."),
        ),
        reply="There were four callers waiting, but yes, I will take the time.",
    ),
}


async def make(storage: Storage, shop: Workspace, calls: Mapping[str, Call], *, now: datetime) -> None:
    """Make the scorecard, and a review with comments and the agent's reply of each of these calls."""
    by = shop.agents[REVIEWER]
    draft = cards.Draft(
        name="Service call (demo)",
        description="How the shop wants to sound on the phone.",
        sections=SECTIONS,
        pass_mark=70,
    )
    since = min((call.began_at for call in calls.values()), default=now)
    card = (await cards.create(storage, ScorecardId(new_id()), draft, by=by, now=since)).record
    for name, call in calls.items():
        await _review(storage, WORDS[name], call, card.id, by)


async def _review(storage: Storage, words: _Words, call: Call, card_id: ScorecardId, by: UserId) -> None:
    at, agent, review_id = call.began_at + AFTER, call.agents[0], ReviewId(new_id())
    await reviewing.begin(
        storage, review_id, call_id=call.id, agent_id=agent, scorecard_id=card_id, calibration=False, by=by, now=at
    )
    for start, end, text in words.said:
        said = comments.Draft(text=text, start=start, end=end, visibility=Visibility.agent)
        await comments.write(storage, CommentId(new_id()), call.id, said, by=by, reviews=True, now=at)
    answers = [Answer(question=question, value=value) for question, value in words.answers]
    done = at + timedelta(minutes=6)
    await reviewing.fill_in(storage, review_id, answers=answers, summary=words.summary, by=by, now=done)
    await reviewing.submit(storage, review_id, by=by, now=done)
    await reviewing.reply(storage, review_id, words.reply, by=agent, now=done + timedelta(hours=3))
