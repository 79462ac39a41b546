"""Sets the assistant up: where the model is, what it may cost, what never leaves."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from hub.domain.assistant import AssistantSettings, Redact
from hub.domain.errors import Invalid
from hub.ports import UnitOfWork
from hub.services.unset import UNSET, Unset

MOST_SECONDS = 50.0
"""Below the time in which the API answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    enabled: bool | Unset = UNSET
    url: str | Unset = UNSET
    model: str | Unset = UNSET
    api_key: str | Unset = UNSET
    """Empty: the endpoint needs none."""
    for_bots: bool | Unset = UNSET
    tokens_per_day: int | Unset = UNSET
    money_per_day: float | Unset = UNSET
    currency: str | Unset = UNSET
    price_in: float | Unset = UNSET
    price_out: float | Unset = UNSET
    seconds: float | Unset = UNSET
    answer_tokens: int | Unset = UNSET
    redact: tuple[Redact, ...] | Unset = UNSET


async def change(uow: UnitOfWork, edit: Edit) -> AssistantSettings:
    """Change the settings. Raises Invalid, in words.

    A stored key never goes to another address than the one it was entered for.
    """
    before = await uow.assistant.settings()
    wanted = {name: value for name in Edit.__dataclass_fields__ if not isinstance(value := getattr(edit, name), Unset)}
    after = replace(before, **wanted)
    after = replace(after, url=_url(after.url), model=after.model.strip(), currency=after.currency.strip().upper())
    moved = before.url and _origin(after.url) != _origin(before.url)
    if moved and before.api_key and isinstance(edit.api_key, Unset):
        raise Invalid(
            "The endpoint's address changed. Enter its key again, so that none goes where it does not belong."
        )
    if after.enabled and not (after.url and after.model):
        raise Invalid("Enter the endpoint's address and the model's name before you switch the assistant on.")
    if after.price_in < 0 or after.price_out < 0 or after.money_per_day < 0 or after.tokens_per_day < 0:
        raise Invalid("Prices and limits are not negative.")
    if not 1 <= after.seconds <= MOST_SECONDS:
        raise Invalid(f"A call may take from 1 to {MOST_SECONDS:.0f} seconds.")
    if not 16 <= after.answer_tokens <= 8000:
        raise Invalid("An answer is allowed from 16 to 8000 tokens.")
    after = replace(after, redact=tuple(one for one in Redact if one in after.redact))
    await uow.assistant.save_settings(after)
    return after


def _url(url: str) -> str:
    tidy = url.strip().rstrip("/")
    if not tidy:
        return ""
    try:
        parts = urlsplit(tidy)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts.query or parts.fragment or parts.username is not None or any(ord(c) <= 32 for c in tidy):
        raise Invalid("The endpoint's address looks like https://api.example.com/v1, without user name and password.")
    return tidy.removesuffix("/chat/completions")


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
