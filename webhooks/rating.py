"""The page behind a mail's link: it shows the answers, and only its form records one.

Programs that check mail open every link in it (and so would rate); what they open here changes nothing.
"""

from dataclasses import dataclass

from aiohttp import web

from hub.domain.errors import Conflict, HubError, Invalid, NotFound
from hub.domain.survey.answers import tidy
from hub.domain.survey.rating import COMMENT_LIMIT, Rating, RatingId
from hub.domain.survey.survey import SCORES, Wording
from hub.domain.survey.wording import wording
from hub.ports import Clock, Storage, UnitOfWork
from hub.services.surveys import answering
from hub.services.surveys.links import verify
from webhooks.rating_page import HEADERS, LANGUAGES, message, page

MAX_BODY = 16 * 1024
"""Bytes of a form: room for a comment of `COMMENT_LIMIT` characters, percent-encoded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingDoor:
    """Answers `/rate/<token>`."""

    storage: Storage
    clock: Clock
    keys: tuple[bytes, ...]

    def routes(self) -> list[web.RouteDef]:
        """Return the door's routes."""
        return [web.get("/rate/{token}", self.show), web.post("/rate/{token}", self.take)]

    async def show(self, request: web.Request) -> web.Response:
        """Show the answers, the one of the link chosen."""
        try:
            async with self.storage.read() as uow:
                rating = await answering.look(uow, self._rating(request), self.clock.now())
                texts = await _texts(uow, rating)
        except HubError as error:
            return _refused(error, _language(request))
        return _answer(200, page(rating, texts, _score(request.query.get("score", ""), rating), rating.comment))

    async def take(self, request: web.Request) -> web.Response:
        """Record what the form says."""
        language = _language(request)
        if (request.content_length or 0) > MAX_BODY:
            return _answer(413, message("too_long", language))
        try:
            form = await request.post()
            rating_id = self._rating(request)
            async with self.storage.begin() as uow:
                known = await answering.look(uow, rating_id, self.clock.now())
                language, texts = known.language, await _texts(uow, known)
                score = _score(_text(form.get("score")), known)
                comment = tidy(_text(form.get("comment"))[:COMMENT_LIMIT])
                if score is None:
                    return _answer(422, page(known, texts, None, comment, missing=True))
                await answering.rate(uow, rating_id, score, comment, self.clock.now())
        except web.HTTPRequestEntityTooLarge:
            return _answer(413, message("too_long", language))
        except (ValueError, Invalid):
            return _answer(400, message("unclear", language))
        except HubError as error:
            return _refused(error, language)
        return _answer(200, message("thanks", language, texts.thanks))

    def _rating(self, request: web.Request) -> RatingId:
        rating_id = verify(request.match_info["token"], *self.keys)
        if rating_id is None:
            raise NotFound("There is nothing to rate here.")
        return rating_id


async def _texts(uow: UnitOfWork, rating: Rating) -> Wording:
    survey = next((one for one in await uow.surveys.all() if one.id == rating.survey_id), None)
    return wording(survey, rating.language)


def _refused(error: HubError, language: str) -> web.Response:
    if isinstance(error, Conflict):
        return _answer(410, message("over", language))
    return _answer(404 if isinstance(error, NotFound) else 503, message("gone", language))


def _score(said: str, rating: Rating) -> int | None:
    return next((score for score in SCORES[rating.scale] if said == str(score)), None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _language(request: web.Request) -> str:
    """Return the language to say something in where no rating tells it: the browser's first that we have."""
    asked = (part.strip()[:2].lower() for part in request.headers.get("Accept-Language", "")[:200].split(","))
    return next((code for code in asked if code in LANGUAGES), LANGUAGES[0])


def _answer(status: int, html: str) -> web.Response:
    return web.Response(status=status, text=html, content_type="text/html", headers=HEADERS)
