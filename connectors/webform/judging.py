"""Decides whether what was posted is taken, and if not, what the person reads beside each question. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connectors.webform.body import CONSENT, TRAP, Posted
from connectors.webform.settings import FormField, WebformSettings
from connectors.webform.token import LIFE, Token
from connectors.webform.words import Words, every_consent

EMAIL = re.compile(r"[^\s@,;<>\"()]{1,64}@[^\s@,;<>\"()]+\.[^\s@,;<>\"().]{2,}")
"""As the hub reads addresses (hub/services/addresses.py), and with a domain's ending."""
PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,38}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong with a submission; all empty if it is taken."""

    general: str = ""
    """Not about one question: shown above the form."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Key of the question (or `_consent`) -> words."""
    renew: bool = False
    """The page's token is too old: the form comes back with a new one."""

    @property
    def taken(self) -> bool:
        """Whether nothing is wrong."""
        return not self.general and not self.wrong


def judge(posted: Posted, token: Token, settings: WebformSettings, words: Words, now: datetime) -> Verdict:
    """Look at the answers first, so that nobody mends them twice, then at the guards against programs."""
    wrong = {question.key: said for question in settings.fields if (said := _wrong(question, posted, words))}
    if not wrong:
        wrong = _unreachable(posted, settings, words)
    if settings.consent and not _agrees(posted, settings):
        wrong[CONSENT] = words["need_consent"]
    if posted.files:
        return Verdict(general=words["file"], wrong=wrong)
    if wrong:
        return Verdict(wrong=wrong)
    if not any(posted.get(question.key) for question in settings.fields):
        return Verdict(general=words["nothing"])
    if posted.get(TRAP):
        return Verdict(general=words["trapped"])
    if now - token.issued_at > LIFE:
        return Verdict(general=words["old"], renew=True)
    if now - token.issued_at < timedelta(seconds=settings.least_seconds):
        return Verdict(general=words["quick"])
    return Verdict()


def _wrong(question: FormField, posted: Posted, words: Words) -> str:
    """Say what is wrong with one answer; empty if nothing is."""
    value = posted.get(question.key)
    if not value:
        return words["missing"] if question.required else ""
    if len(value) > question.limit:
        return words["too_long"].format(limit=question.limit)
    match question.shape:
        case "email":
            return "" if EMAIL.fullmatch(value) else words["bad_email"]
        case "phone":
            return "" if PHONE.fullmatch(value) else words["bad_phone"]
        case "select":
            return "" if value in question.options else words["bad_choice"]
        case _:
            return ""


def _unreachable(posted: Posted, settings: WebformSettings, words: Words) -> dict[str, str]:
    for key in needed(settings):
        if not posted.get(key):
            return {key: words["need_email"] if key == "email" else words["missing"]}
    if settings.reach == "email or phone" and not (posted.get("email") or posted.get("phone")):
        return {"email": words["need_either"]}
    return {}


def needed(settings: WebformSettings) -> frozenset[str]:
    """Return the addresses without which nothing is taken: where both are asked and one will do, neither."""
    asked = {question.key for question in settings.fields} & {"email", "phone"}
    match settings.reach:
        case "email":
            return frozenset({"email"})
        case "email or phone" if len(asked) == 1:
            return frozenset(asked)
        case _:
            return frozenset()


def _agrees(posted: Posted, settings: WebformSettings) -> bool:
    """Tell whether the words agreed to are in force: the box carries them, so that they are kept as they were read."""
    agreed = posted.get(CONSENT)
    return agreed in every_consent(settings) or (not agreed and not settings.consent_required)
