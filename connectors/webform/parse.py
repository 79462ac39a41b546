"""Say what a submission means: one message of all answers, and who it is from. Pure."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from connectors.webform.body import CONSENT, LANGUAGE, PAGE, REFERRER, TOKEN, UTM, Posted, Unreadable, line, read_body
from connectors.webform.judging import EMAIL, PHONE
from connectors.webform.settings import WebformSettings
from connectors.webform.token import Token, read
from connectors.webform.words import OURS, Words
from hub.contract import Address, InboundEvent, InboundMessage, RawEvent, UnparseableEvent
from hub.domain.ids import ExternalId, bounded

NAMESPACE = "webform"
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONTACT_FIELD_LIMIT = 1000
"""As long as the hub lets a person edit."""
_LINK_LIMIT = 500


def parse(raw: RawEvent, settings: WebformSettings) -> Sequence[InboundEvent]:
    """Return the message of a submission. Raises UnparseableEvent.

    The door proved the token. Times are the hub's own: the hub is the provider, and a page's clock can say anything.
    An answer to a question that has gone from the settings since the page was opened is kept under its key.
    """
    if raw.kind != "webhook":
        raise UnparseableEvent(f"A form knows only submissions, not {raw.kind!r}.")
    try:
        posted = read_body(raw.body, raw.headers.get("content-type", ""))
    except Unreadable as error:
        raise UnparseableEvent(str(error)) from None
    token = read(posted.get(TOKEN))
    if token is None:
        raise UnparseableEvent("This submission does not say which page of the form it came from.")
    words = Words(settings, settings.languages[0])
    answers = _answers(posted, settings)
    if not answers:
        raise UnparseableEvent("This submission has no answers.")
    sender = _sender(posted, settings, token)
    message = InboundMessage(
        external_id=_id(token, answers),
        thread=_thread(sender),
        sender=sender,
        occurred_at=raw.received_at,
        text=_text(answers, settings, words),
        data=_data(posted, answers, raw),
        source=source_of(posted),
    )
    return (message,)


def source_of(posted: Posted) -> str:
    """Return where the person came from: the campaign's words, else the page that linked here, else the form's page."""
    campaign = [line(posted.get(f"_{name}"))[:100] for name in UTM[:3]]
    told = " / ".join(word for word in campaign if word)
    page, referrer = _link(posted.get(PAGE)), _link(posted.get(REFERRER))
    return told or urlsplit(referrer).netloc or urlsplit(page).netloc


def _answers(posted: Posted, settings: WebformSettings) -> dict[str, str]:
    """Return the answers in the form's order, then those to questions it no longer has."""
    known = {question.key: posted.get(question.key) for question in settings.fields}
    gone = {key: value for key, value in posted.values.items() if key not in known and _KEY.fullmatch(key)}
    return {key: value for key, value in {**known, **gone}.items() if value}


def _id(token: Token, answers: Mapping[str, str]) -> ExternalId:
    """Return one id for the same answers of the same page, however often the button was pressed.

    Who goes back and writes something else from the same page says something new.
    """
    said = "\0".join(f"{key}\0{value}" for key, value in sorted(answers.items()))
    return ExternalId(f"{token.id}:{sha256(said.encode()).hexdigest()[:16]}")


def _sender(posted: Posted, settings: WebformSettings, token: Token) -> Address:
    """Return who wrote: their e-mail address, else their phone number, else nobody we could answer."""
    email, phone, name = posted.get("email"), posted.get("phone"), line(posted.get("name"))[:200]
    language = posted.get(LANGUAGE)
    fields = {
        question.key: posted.get(question.key)
        for question in settings.fields
        if question.key not in {"name", "email", "message"}
        and question.shape != "textarea"
        and 0 < len(posted.get(question.key)) <= _CONTACT_FIELD_LIMIT
    }
    if EMAIL.fullmatch(email):
        namespace, value = "email", email
    elif PHONE.fullmatch(phone):
        namespace, value = "phone", phone
        fields.pop("phone", None)
    else:
        namespace, value = NAMESPACE, token.id
    return Address(
        namespace=namespace,
        value=value,
        name=name,
        stand_in=f"Visitor {token.id[-4:]}" if namespace == NAMESPACE else "",
        language=language if language in OURS else "",
        fields=fields,
    )


def _thread(sender: Address) -> ExternalId:
    """Return one thread for each sender of this form."""
    if sender.namespace == "phone":
        return bounded(f"phone:{re.sub(r'[^0-9+]', '', sender.value)}")
    return bounded(f"{sender.namespace}:{sender.value.lower()}")


def _text(answers: Mapping[str, str], settings: WebformSettings, words: Words) -> str:
    questions = {question.key: question for question in settings.fields}
    told = []
    for key, value in answers.items():
        question = questions.get(key)
        label = words.label(question) if question else key
        shown = words["yes"] if question and question.shape == "checkbox" else value
        told.append(f"{label}:\n{shown}" if "\n" in shown else f"{label}: {shown}")
    return "\n".join(told)


def _data(posted: Posted, answers: Mapping[str, str], raw: RawEvent) -> dict[str, object]:
    utm = {name: word for name in UTM if (word := line(posted.get(f"_{name}"))[:200])}
    consent = posted.get(CONSENT)
    told: dict[str, object] = {
        "form": dict(answers),
        "page": _link(posted.get(PAGE)),
        "referrer": _link(posted.get(REFERRER)),
        "utm": utm,
        "consent": {"text": consent, "at": raw.received_at.isoformat()} if consent else None,
    }
    return {name: value for name, value in told.items() if value}


def _link(text: str) -> str:
    """Return an address of the web as it is, anything else as nothing."""
    text = line(text)[:_LINK_LIMIT]
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""
