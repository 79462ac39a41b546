"""Keeps surveys: made, changed, put in order, deleted; what was asked by them stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ChannelId
from hub.domain.saved_replies import is_language
from hub.domain.survey.survey import (
    LANGUAGES_LIMIT,
    LONGEST_DELAY,
    LONGEST_OPEN,
    NAME_LIMIT,
    SURVEYS_LIMIT,
    TEXT_LIMIT,
    Survey,
    SurveyId,
    Wording,
)
from hub.domain.template import Template
from hub.ports import UnitOfWork
from hub.services.made import Made


async def create(uow: UnitOfWork, survey: Survey) -> Made[Survey]:
    """Add a survey, tried after those there are. Repeating the call gives the stored one. Raises Invalid, Conflict."""
    known = await uow.surveys.all()
    found = next((one for one in known if one.id == survey.id), None)
    if found is not None:
        return Made(found, created=False)
    if len(known) >= SURVEYS_LIMIT:
        raise Conflict(f"There are {SURVEYS_LIMIT} surveys already. Delete one that is not needed.")
    last = max((one.place for one in known), default=-1)
    kept = await _checked(uow, replace(survey, place=last + 1), None)
    await uow.surveys.save(kept)
    return Made(kept, created=True)


async def change(uow: UnitOfWork, survey: Survey) -> Survey:
    """Replace a survey; its place stays. Who was asked already answers as they were asked. Raises NotFound, Invalid."""
    before = await get(uow, survey.id)
    kept = await _checked(uow, replace(survey, place=before.place, created_at=before.created_at), before)
    await uow.surveys.save(kept)
    return kept


async def put_in_order(uow: UnitOfWork, survey_ids: Sequence[SurveyId]) -> Sequence[Survey]:
    """Set the order in which surveys are tried. Raises Invalid unless each is named once."""
    known = {one.id: one for one in await uow.surveys.all()}
    if sorted(survey_ids) != sorted(known):
        raise Invalid("Name each survey once. Load the list again: somebody may have added or deleted one.")
    for place, survey_id in enumerate(survey_ids):
        await uow.surveys.save(replace(known[survey_id], place=place))
    return await uow.surveys.all()


async def delete(uow: UnitOfWork, survey_id: SurveyId) -> None:
    """Delete a survey; ratings stay. Raises NotFound."""
    await get(uow, survey_id)
    await uow.surveys.delete(survey_id)


async def get(uow: UnitOfWork, survey_id: SurveyId) -> Survey:
    """Return a survey. Raises NotFound."""
    found = next((one for one in await uow.surveys.all() if one.id == survey_id), None)
    if found is None:
        raise NotFound("There is no such survey; it may have been deleted.")
    return found


async def _checked(uow: UnitOfWork, survey: Survey, before: Survey | None) -> Survey:
    """Return a survey as it is kept. Raises Invalid, in words."""
    name = " ".join(survey.name.split())
    if not 0 < len(name) <= NAME_LIMIT:
        raise Invalid(f"Give the survey a name of at most {NAME_LIMIT} characters.")
    if not timedelta() <= survey.delay <= LONGEST_DELAY:
        raise Invalid(f"Ask at once, or at most {LONGEST_DELAY.days} days after the conversation was resolved.")
    if not 1 <= survey.open_days <= LONGEST_OPEN:
        raise Invalid(f"Answers can be taken for 1 to {LONGEST_OPEN} days.")
    if not 0 <= survey.quiet_days <= 365:
        raise Invalid("Nobody is asked again within 0 to 365 days.")
    # What was said before stays, though a team or channel was deleted meanwhile.
    teams = {team.id for team in await uow.users.teams()} | set(before.team_ids if before else ())
    if not set(survey.team_ids) <= teams:
        raise Invalid("One of the teams is not there any more. Choose again.")
    for channel in set(survey.channel_ids) - set(before.channel_ids if before else ()):
        if await uow.channels.get(channel) is None:
            raise Invalid("One of the channels is not there any more. Choose again.")
    return replace(
        survey,
        name=name,
        channel_ids=tuple(dict.fromkeys(survey.channel_ids)),
        team_ids=tuple(dict.fromkeys(survey.team_ids)),
        wording=_wording(survey.wording),
        templates={channel: await _template(uow, channel, key) for channel, key in survey.templates.items()},
    )


def _wording(wording: Mapping[str, Wording]) -> Mapping[str, Wording]:
    if len(wording) > LANGUAGES_LIMIT:
        raise Invalid(f"Write the texts in at most {LANGUAGES_LIMIT} languages.")
    kept: dict[str, Wording] = {}
    for language, texts in wording.items():
        if not is_language(language):
            raise Invalid(f"“{language}” is not a language code of two letters such as en, ko or pl.")
        tidy = Wording(question=_tidy(texts.question), comment=_tidy(texts.comment), thanks=_tidy(texts.thanks))
        if max(len(tidy.question), len(tidy.comment), len(tidy.thanks)) > TEXT_LIMIT:
            raise Invalid(f"A text in “{language}” is too long: at most {TEXT_LIMIT} characters.")
        kept[language] = tidy
    return kept


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


async def _template(uow: UnitOfWork, channel_id: ChannelId, key: str) -> str:
    found = await uow.templates.get(channel_id, key)
    if found is None:
        raise Invalid("One of the templates is not there any more. Load the channel's templates again.")
    if not askable(found):
        raise Invalid(f"“{found.name}” cannot ask: take a template with nothing to fill in, or only a name.")
    return key


def askable(template: Template) -> bool:
    """Tell whether the hub can fill a template in by itself: nothing to fill in, or one text, the customer's name."""
    return len(template.fields) <= 1 and all(one.kind == "text" for one in template.fields)
