"""Answers that say what went wrong: RFC 9457 problem details, in words for a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hub.contract.errors import ConnectorError
from hub.domain.errors import CannotSend, Conflict, Forbidden, HubError, Invalid, NotFound
from hub.domain.phrase import said
from hub.services.as_json import encode
from hub.services.attachments import TooLarge
from hub.services.channels import SettingsInvalid
from hub.services.logins import TooManyAttempts

MEDIA_TYPE = "application/problem+json"
_FIELDS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong with one part of a request."""

    field: str
    """Where it is, for example `settings.port` or `ids.3`; empty for the whole."""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDetails:
    """The body of every answer that is not what was asked for (RFC 9457)."""

    type: str
    """Names the kind of problem for programs: `/problems/not-found`, `/problems/cannot-send` …"""
    title: str
    status: int
    detail: str
    """What happened and what to do, for a person."""
    errors: tuple[FieldError, ...] = ()
    request_id: str = ""
    """Finds the request in the hub's log."""


class Problem(Exception):
    """Ends a request with a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str = "",
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.kind = kind or KINDS.get(status, "problem")
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def response(self, request_id: str, texts: Mapping[str, str]) -> web.Response:
        """Return it as an answer, said with a language's texts: English to translation."""
        body = ProblemDetails(
            type=f"/problems/{self.kind}",
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=said(self.detail, texts),
            errors=self.errors,
            request_id=request_id,
        )
        return web.Response(status=self.status, body=encode(body), content_type=MEDIA_TYPE, headers=self.headers)


KINDS: Mapping[int, str] = {
    400: "bad-request",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    408: "timeout",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    416: "range-not-satisfiable",
    422: "invalid",
    429: "too-many-requests",
    500: "internal",
    503: "unavailable",
}

_STATUS: tuple[tuple[type[HubError], int, str], ...] = (
    (NotFound, 404, ""),
    (Conflict, 409, ""),
    (Forbidden, 403, ""),
    (TooLarge, 413, ""),
    (CannotSend, 422, "cannot-send"),
    (ConnectorError, 422, "check-failed"),
    (Invalid, 422, ""),
)


def problem_of(error: HubError) -> Problem:
    """Return the problem for an error raised on purpose; its message is written for a person already."""
    if isinstance(error, TooManyAttempts):
        seconds = max(1, int(error.retry_after.total_seconds()))
        return Problem(429, str(error), headers={"Retry-After": str(seconds)})
    if isinstance(error, SettingsInvalid):
        errors = [FieldError(field=f"settings.{e.field}", message=e.message) for e in error.errors]
        return Problem(422, str(error), errors=errors)
    for kind, status, name in _STATUS:
        if isinstance(error, kind):
            return Problem(status, str(error), kind=name)
    return Problem(503, str(error))


def invalid(error: ValidationError, *, place: str = "") -> Problem:
    """Say field by field what does not fit, without quoting what was sent."""
    details = error.errors(include_input=False, include_url=False)
    errors = [FieldError(field=_field(place, item), message=_words(item)) for item in details[:_FIELDS_SHOWN]]
    listed = "; ".join(f"{e.field}: {e.message}" if e.field else e.message for e in errors[:3])
    more = f" (and {len(details) - 3} more)" if len(details) > 3 else ""
    return Problem(422, f"The request does not fit. {listed}{more}", errors=errors)


def _field(place: str, item: ErrorDetails) -> str:
    return ".".join(str(part) for part in (place, *item["loc"]) if part != "")


def _words(item: ErrorDetails) -> str:
    context = item.get("ctx", {})
    match item["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known here"
        case "json_invalid":
            return "the body is not valid JSON"
        case "string_too_long":
            return f"has more than {context['max_length']} characters"
        case "string_too_short":
            return "must not be empty" if context["min_length"] == 1 else f"needs {context['min_length']} characters"
        case "value_error":
            return str(context["error"])
        case _:
            return item["msg"][:1].lower() + item["msg"][1:]
