"""One form: the hub itself is the provider, so its page is an answer of the door and a submission an event."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from connectors.webform.body import (
    CONSENT,
    EMBED,
    LANGUAGE,
    PAGE,
    REFERRER,
    THEME,
    TOKEN,
    UTM,
    Posted,
    clean,
    line,
    read_body,
)
from connectors.webform.embed import SCRIPT, description, frame_line, outcome, script_line
from connectors.webform.judging import Verdict, judge
from connectors.webform.limits import ANSWER_ELSEWHERE
from connectors.webform.parse import parse
from connectors.webform.rate import Rate
from connectors.webform.render import Page, form_page, thanks_page
from connectors.webform.settings import WebformSettings
from connectors.webform.style import policy
from connectors.webform.token import issue, prove
from connectors.webform.verify import allowed, own_page, verify_request
from connectors.webform.words import Words, choose
from hub.contract import (
    ChecksSetup,
    Connector,
    InboundEvent,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    Rejected,
    SendReceipt,
    SetupStep,
    ShowsPage,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.phrase import Phrase

_HTML = "text/html; charset=utf-8"
_JSON = "application/json"
_CARRIED_LIMIT = 500


class WebformConnector(Connector, ReceivesWebhooks, ChecksSetup, ShowsPage):
    """One form on one or more websites."""

    keep_headers: ClassVar[frozenset[str]] = frozenset({"content-type"})

    def __init__(self, settings: WebformSettings, tools: Tools) -> None:
        self._settings = settings
        self._tools = tools
        self._rate = Rate(settings.per_hour)

    async def check(self) -> str:
        """Return the form's name; there is no provider that could refuse us."""
        return self._settings.name

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what a submission means."""
        return parse(raw, self._settings)

    async def send(self, message: OutboundMessage) -> SendReceipt:  # noqa: ARG002 - nothing ever goes out
        """Refuse: nobody stays on a form's page to read an answer. The composer says so before."""
        raise Rejected(ANSWER_ELSEWHERE)

    def embed(self) -> str:
        """Return the line that makes a frame as high as the form."""
        return script_line(self._tools.webhook_url)

    async def setup(self) -> Sequence[SetupStep]:
        """Say how the form gets onto a website."""
        url, origins = self._tools.webhook_url, self._settings.allowed_origins
        return (
            SetupStep(
                title=Phrase("Your website may embed it"),
                done=bool(origins) or None,
                help=Phrase("Only to embed it: add your website under “Websites that may embed the form”."),
            ),
            SetupStep(
                title=Phrase("The form is on your website"),
                done=None,
                help=Phrase(
                    "Put the line under “On your website” where the form shall be. On pages that take no scripts,"
                    " this one:\n\n```\n{frame}\n```",
                    frame=frame_line(url),
                ),
            ),
        )

    def verify(self, request: WebhookRequest) -> None:
        """Pass looks at the form, and submissions from its own pages or allowed websites."""
        verify_request(request, self._settings, self._tools.webhook_url, self._tools.now())

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Show the form, or say what became of a submission. Only what is taken is stored.

        What is not taken goes back to the person with everything they wrote, and words on what to do. Beside that a
        new page gets a fresh token, and a taken submission counts for its address (`Rate`): memory, no I/O.
        """
        permissions = self._permissions(request)
        if request.method == "OPTIONS":
            return WebhookResponse(status=204, headers=permissions, store=False)
        if request.method != "POST":
            return self._show(request, permissions)
        return self._take(request, permissions)

    def _show(self, request: WebhookRequest, permissions: Mapping[str, str]) -> WebhookResponse:
        query = request.query
        if "script" in query:
            headers = {"Cache-Control": "public, max-age=3600"}
            return WebhookResponse(
                body=SCRIPT.encode(), content_type="text/javascript; charset=utf-8", headers=headers, store=False
            )
        words = choose(self._settings, query.get("lang", ""), request.headers.get("accept-language", ""))
        token = issue(self._tools.webhook_url, self._secret, self._tools.now())
        if "json" in query or request.headers.get("accept", "").startswith(_JSON):
            told = description(self._settings, words, token)
            headers = {**permissions, "Cache-Control": "no-store"}
            return WebhookResponse(body=told, content_type=_JSON, headers=headers, store=False)
        carried = _carried(request, words)
        page = Page(settings=self._settings, words=words, token=token, values=carried)
        return self._html(form_page(page), 200, store=False)

    def _take(self, request: WebhookRequest, permissions: Mapping[str, str]) -> WebhookResponse:
        settings, now = self._settings, self._tools.now()
        posted = read_body(request.body, request.headers.get("content-type", ""))
        words = choose(settings, posted.get(LANGUAGE), request.headers.get("accept-language", ""))
        token = prove(posted.get(TOKEN), self._tools.webhook_url, self._secret, now)
        verdict, status = judge(posted, token, settings, words, now), 422
        if verdict.taken and not self._rate.take(request.client, now):
            verdict, status = Verdict(general=words["many"]), 429
        # The person presses the button at once, and shall not be told that this was quick.
        earlier = now - timedelta(seconds=settings.least_seconds)
        shown = issue(self._tools.webhook_url, self._secret, earlier) if verdict.renew else posted.get(TOKEN)
        more = {"Retry-After": "3600"} if status == 429 else {}
        if request.headers.get("content-type", "").lower().startswith(_JSON):
            return WebhookResponse(
                status=200 if verdict.taken else status,
                body=outcome(settings, words, verdict, shown),
                content_type=_JSON,
                headers={**permissions, **more},
                store=verdict.taken,
            )
        page = Page(settings=settings, words=words, token=shown, values=posted.values, verdict=verdict)
        if not verdict.taken:
            return self._html(form_page(page), status, store=False, more={**permissions, **more})
        return self._thank(page, posted, permissions)

    def _thank(self, page: Page, posted: Posted, permissions: Mapping[str, str]) -> WebhookResponse:
        goal = self._settings.redirect
        if goal and not posted.get(EMBED):
            return WebhookResponse(status=303, headers={"Location": goal, **permissions})
        return self._html(thanks_page(page), 200, store=True, more=permissions)

    def _html(self, body: bytes, status: int, *, store: bool, more: Mapping[str, str] | None = None) -> WebhookResponse:
        headers = {
            "Content-Security-Policy": policy(self._settings),
            "Cache-Control": "no-store",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Vary": "Accept-Language, Accept",
            **(more or {}),
        }
        return WebhookResponse(status=status, body=body, content_type=_HTML, headers=headers, store=store)

    def _permissions(self, request: WebhookRequest) -> dict[str, str]:
        """Let pages of allowed websites read the answer; no cookies are involved."""
        origin = request.headers.get("origin", "")
        if not origin or not (own_page(request) or allowed(origin, self._settings.allowed_origins)):
            return {"Vary": "Origin"}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Content-Type",
            "Access-Control-Max-Age": "3600",
            "Vary": "Origin",
        }

    @property
    def _secret(self) -> str:
        return self._settings.token_secret.get_secret_value()


def _carried(request: WebhookRequest, words: Words) -> dict[str, str]:
    """Return what the page's hidden fields keep: language, look, and where the person came from."""
    query = request.query
    referrer = query.get("referrer", "") if "embed" in query else request.headers.get("referer", "")
    page = query.get("page", "") or (request.headers.get("referer", "") if "embed" in query else request.url)
    told = {
        LANGUAGE: words.language,
        EMBED: "1" if "embed" in query else "",
        THEME: query.get("theme", ""),
        PAGE: page,
        REFERRER: referrer,
        **{f"_{name}": query.get(name, "") for name in UTM},
    }
    return {name: line(clean(value))[:_CARRIED_LIMIT] for name, value in told.items() if value and name != CONSENT}


def create(settings: WebformSettings, tools: Tools) -> WebformConnector:
    """Make the form."""
    return WebformConnector(settings, tools)
