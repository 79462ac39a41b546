"""/assistant: help for agents by a language model, its settings, its log and what a day used up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.params import Named
from hub.api._framework.problems import Problem
from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.helpers import Helpers
from hub.api.inputs import Cursor, Input, Limit, Reason
from hub.domain.assistant import MICROS, AssistantCall, AssistantCallId, AssistantSettings, Redact, Task
from hub.domain.errors import HubError
from hub.domain.ids import ConversationId
from hub.domain.knowledge import ArticleId
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.assistant import settings as assistant_settings
from hub.services.unset import UNSET

routes = Routes("assistant")

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
WorkText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Link = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
ApiKey = Annotated[str, StringConstraints(max_length=500, pattern=r"^[\x21-\x7e]*$")]
Price = Annotated[float, Field(ge=0, le=100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """The assistant's settings, without its key."""

    enabled: bool
    url: str
    model: str
    api_key_set: bool
    for_bots: bool
    tokens_per_day: int
    money_per_day: float
    currency: str
    price_in: float
    """Price of a million tokens sent."""
    price_out: float
    seconds: float
    answer_tokens: int
    redact: tuple[Redact, ...]
    """Taken out beside card and id numbers, which always are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView:
    """Whether the assistant helps now, and what today used up."""

    enabled: bool
    for_bots: bool
    model: str
    tokens_used: int
    tokens_per_day: int
    money_used: float
    money_per_day: float
    currency: str
    calls: int
    rests_until: datetime | None
    """The endpoint asked to be left alone until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """An article a text rests on."""

    id: ArticleId
    title: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """What the assistant wrote: AI's words until a person sends them. Keep `call_id` with the text."""

    call_id: AssistantCallId
    task: Task
    text: str
    model: str
    at: datetime
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What the endpoint said to a trial."""

    works: bool
    words: str
    seconds: float


class SettingsEdit(Input):
    """What shall change; what is left out stays."""

    enabled: bool | None = None
    url: Link | None = None
    model: Short | None = None
    api_key: ApiKey | None = None
    """Empty takes it away."""
    for_bots: bool | None = None
    tokens_per_day: Annotated[int, Field(ge=0, le=10**9)] | None = None
    money_per_day: Price | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{3}$")] | None = None
    price_in: Price | None = None
    price_out: Price | None = None
    seconds: Annotated[float, Field(ge=1, le=assistant_settings.MOST_SECONDS)] | None = None
    answer_tokens: Annotated[int, Field(ge=16, le=8000)] | None = None
    redact: Annotated[tuple[Redact, ...], Field(max_length=10)] | None = None


class HelpWanted(Input):
    """What the assistant shall do: `draft` and `summarise` need a conversation, `shorten` and `translate` a text."""

    task: Task
    conversation_id: ConversationId | None = None
    text: WorkText = ""
    language: LanguageCode | None = None
    """The language to write in; the caller's own if left out, for a draft the conversation's customer's is better."""
    wishes: Reason = ""
    """For a draft: what the agent wants said, or how."""


def _settings_view(settings: AssistantSettings) -> SettingsView:
    names = [name for name in SettingsView.__dataclass_fields__ if name != "api_key_set"]
    return SettingsView(**{name: getattr(settings, name) for name in names}, api_key_set=bool(settings.api_key))


@routes.get("/assistant/settings", Action.assistant_write)
async def get_assistant_settings(deps: ApiDeps) -> SettingsView:
    """Return where the model is and what it may cost."""
    async with deps.storage.read() as uow:
        return _settings_view(await uow.assistant.settings())


@routes.patch("/assistant/settings", Action.assistant_write)
async def change_assistant_settings(deps: ApiDeps, body: SettingsEdit) -> SettingsView:
    """Change the assistant's settings, or switch it on or off."""
    given = {name: getattr(body, name) for name in SettingsEdit.model_fields}
    edit = assistant_settings.Edit(**{name: UNSET if value is None else value for name, value in given.items()})
    async with deps.storage.begin() as uow:
        return _settings_view(await assistant_settings.change(uow, edit))


@routes.post("/assistant/check", Action.assistant_write)
async def check_assistant(deps: ApiDeps, helpers: Helpers, caller: Caller) -> CheckView:
    """Ask the endpoint to shorten a short text, as a trial. It counts and is written down as any call."""
    started = deps.now()
    try:
        made = await helpers.copilot.shorten("This is a trial.", conversation_id=None, by=caller.user_id)
    except HubError as error:
        return CheckView(works=False, words=str(error), seconds=(deps.now() - started).total_seconds())
    return CheckView(works=True, words=made.text, seconds=made.call.seconds)


@routes.get("/assistant", Action.assistant_use)
async def get_assistant(deps: ApiDeps) -> StateView:
    """Tell whether the assistant helps now, and what today (UTC) used up."""
    async with deps.storage.read() as uow:
        settings = await uow.assistant.settings()
        used = await uow.assistant.day(deps.now().date())
        rests = await uow.assistant.rests_until()
    return StateView(
        enabled=settings.enabled,
        for_bots=settings.for_bots,
        model=settings.model,
        tokens_used=used.tokens,
        tokens_per_day=settings.tokens_per_day,
        money_used=used.micros / MICROS,
        money_per_day=settings.money_per_day,
        currency=settings.currency,
        calls=used.calls,
        rests_until=rests if rests is not None and rests > deps.now() else None,
    )


@routes.post("/assistant/help", Action.assistant_use)
async def ask_assistant(helpers: Helpers, caller: Caller, body: HelpWanted) -> HelpView:
    """Have the assistant draft, shorten, translate or summarise. Nothing goes out: a person reads and sends it.

    Give `call_id` with what is made of the text (`assistant_call_id` of a reply, a note, a draft), so that the mark of
    AI stays with it.
    """
    language = body.language or (caller.user.language if caller.user else "en")
    copilot, by, place = helpers.copilot, caller.user_id, body.conversation_id
    match body.task:
        case Task.shorten:
            made = await copilot.shorten(body.text, conversation_id=place, by=by)
        case Task.translate:
            made = await copilot.translate(body.text, language=language, conversation_id=place, by=by)
        case Task.draft | Task.summarise if place is not None:
            made = (
                await copilot.draft(place, language=language, wishes=body.wishes, by=by)
                if body.task is Task.draft
                else await copilot.summarise(place, language=language, by=by)
            )
        case Task.draft | Task.summarise:
            raise Problem(422, "Say which conversation: conversation_id is missing.")
        case Task.answer:
            raise Problem(422, "Answers to customers are given by flows. Ask for a draft instead.")
    return HelpView(
        call_id=made.call.id,
        task=made.call.task,
        text=made.text,
        model=made.call.model,
        at=made.call.at,
        sources=tuple(SourceView(id=one.id, title=one.title, source=one.source) for one in made.sources),
    )


@routes.get("/assistant/calls", Action.assistant_read)
async def list_assistant_calls(
    deps: ApiDeps,
    conversation_id: Annotated[ConversationId | None, Named(name="conversation")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[AssistantCall]:
    """List the calls of the model, the newest first: all that left the house, and all that came back."""
    async with deps.storage.read() as uow:
        return await uow.assistant.calls(conversation_id=conversation_id, cursor=cursor, limit=limit)
