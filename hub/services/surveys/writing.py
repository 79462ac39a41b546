"""How a survey's question looks on a channel: buttons, numbered lines, or one link for each score. Pure."""

from dataclasses import dataclass
from html import escape

from hub.domain.botflow.choices import shown
from hub.domain.channel import Capabilities
from hub.domain.survey.answers import button_data
from hub.domain.survey.rating import Rating
from hub.domain.survey.survey import SCORES, Scale
from hub.domain.survey.wording import labels
from hub.services.outgoing import Written
from hub.services.surveys.links import RatingLinks

STEP = "survey"
"""What in an entry's `data` marks what a survey says: `question`, `comment` or `thanks`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of whom."""

    rating: Rating
    text: str
    scale: Scale
    language: str


def written(question: Question, capabilities: Capabilities, links: RatingLinks | None) -> Written:
    """Return the question as the channel carries it."""
    if capabilities.subject and links is not None:
        return _with_links(question, links)
    names, scores = labels(question.scale, question.language), SCORES[question.scale]
    data: dict[str, object] = {STEP: "question"}
    form = shown(question.text, names, capabilities)
    if form.buttons:
        data["buttons"] = [
            {"label": label, "data": button_data(question.rating.id, score)}
            for label, score in zip(names, scores, strict=True)
        ]
        return Written(text=form.text, data=data)
    plain = names[0] == str(scores[0])
    return Written(text=f"{question.text}\n{scores[0]} – {scores[-1]}" if plain else form.text, data=data)


def _with_links(question: Question, links: RatingLinks) -> Written:
    names, scores = labels(question.scale, question.language), SCORES[question.scale]
    choices = [(name, links.link(question.rating.id, score)) for name, score in zip(names, scores, strict=True)]
    best_first = choices if question.scale is Scale.thumbs else choices[::-1]
    lines = "\n".join(f"{name}: {url}" for name, url in best_first)
    items = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in best_first)
    asked = escape(question.text).replace("\n", "<br>")
    return Written(text=f"{question.text}\n\n{lines}", html=f"<p>{asked}</p><ul>{items}</ul>", data={STEP: "question"})
