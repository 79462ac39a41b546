"""Draws the form's page: questions, what is wrong with them, thanks. Pure; every value is escaped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from connectors.webform.body import CONSENT, EMBED, LANGUAGE, PAGE, REFERRER, THEME, TOKEN, TRAP, UTM
from connectors.webform.judging import Verdict, needed
from connectors.webform.settings import FormField, WebformSettings
from connectors.webform.style import RESIZE, style_of
from connectors.webform.words import Words

_COMPLETES = {"name": "name", "email": "email", "phone": "tel", "company": "organization"}
"""What browsers fill in by themselves (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill)."""
CARRIED = (LANGUAGE, PAGE, REFERRER, EMBED, THEME, *(f"_{name}" for name in UTM))
"""Hidden fields that say where the person came from and how the page looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to draw."""

    settings: WebformSettings
    words: Words
    token: str = field(repr=False)
    values: Mapping[str, str] = field(default_factory=dict)
    """What was entered or carried along so far."""
    verdict: Verdict = field(default_factory=Verdict)


def form_page(page: Page) -> bytes:
    """Return the form, with what was entered and what is wrong with it."""
    words, hidden = page.words, [(TOKEN, page.token)]
    hidden += [(name, page.values[name]) for name in CARRIED if page.values.get(name)]
    parts = [
        f"<h1>{escape(words.title)}</h1>",
        f"<p>{escape(words.intro)}</p>" if words.intro else "",
        _alert(page),
        '<form method="post" novalidate accept-charset="utf-8">',
        *(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden),
        *(_question(page, question) for question in page.settings.fields),
        _consent(page) if words.consent else "",
        f'<div class="away" aria-hidden="true"><label for="{TRAP}">{escape(words["trap"])}</label>',
        f'<input id="{TRAP}" name="{TRAP}" tabindex="-1" autocomplete="off"></div>',
        f'<button type="submit">{escape(words["send"])}</button>',
        "</form>",
    ]
    return _document(page, words.title, parts)


def thanks_page(page: Page) -> bytes:
    """Return what is read after sending; inside a frame with the link to the owner's own page."""
    words, goal = page.words, page.settings.redirect
    parts = [
        f'<h1 tabindex="-1" autofocus>{escape(words["thanks_title"])}</h1>',
        f'<p role="status">{escape(words.thanks)}</p>',
        f'<a class="go" href="{escape(goal)}" target="_top" rel="noreferrer">{escape(words["go_on"])}</a>'
        if goal
        else "",
    ]
    return _document(page, words["thanks_title"], parts)


def _document(page: Page, title: str, parts: list[str]) -> bytes:
    theme = page.values.get(THEME, "")
    looks = f' data-theme="{theme}"' if theme in {"dark", "light"} else ""
    embed = bool(page.values.get(EMBED))
    body = "".join(parts)
    return (
        f'<!doctype html><html lang="{page.words.language}"{looks}{" data-embed" if embed else ""}><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>'
        f"<style>{style_of(page.settings)}</style></head><body><main>{body}</main>"
        f"{f'<script>{RESIZE}</script>' if embed else ''}</body></html>"
    ).encode("utf-8", "replace")


def _alert(page: Page) -> str:
    verdict, words = page.verdict, page.words
    if verdict.taken:
        return ""
    labels = {question.key: words.label(question) for question in page.settings.fields}
    named = "".join(
        f'<li><a href="#{escape(key)}">{escape((labels.get(key) or words.consent[:80]).rstrip(".:?"))}</a>: '
        f"{escape(said)}</li>"
        for key, said in verdict.wrong.items()
    )
    said = verdict.general or words["not_sent"]
    listed = f"<ul>{named}</ul>" if named else ""
    return f'<div class="alert" role="alert" tabindex="-1" autofocus>{escape(said)}{listed}</div>'


def _question(page: Page, question: FormField) -> str:
    words, key = page.words, question.key
    required = question.required or key in needed(page.settings)
    rest = "" if required else f' <span class="soft">({escape(words[_hint(page.settings, key)])})</span>'
    label = f'<label for="{key}">{escape(words.label(question))}{rest}</label>'
    common = f'id="{key}" name="{key}"{" required" if required else ""}{_invalid(page, key)}'
    value = page.values.get(key, "")
    match question.shape:
        case "textarea":
            entry = f'<textarea {common} rows="5" maxlength="{question.limit}">\n{escape(value)}</textarea>'
        case "select":
            chosen = [("", words["choose"]), *((option, option) for option in question.options)]
            entry = f"<select {common}>{''.join(_option(*option, value) for option in chosen)}</select>"
        case "checkbox":
            ticked = " checked" if value else ""
            box = f'<input type="checkbox" value="yes" {common}{ticked}>'
            return f'<div class="q"><div class="tick">{box}{label}</div>{_said(page, key)}</div>'
        case shape:
            kind = {"email": "email", "phone": "tel"}.get(shape, "text")
            completes = f' autocomplete="{_COMPLETES[key]}"' if key in _COMPLETES else ""
            entry = f'<input type="{kind}" {common}{completes} maxlength="{question.limit}" value="{escape(value)}">'
    return f'<div class="q">{label}{entry}{_said(page, key)}</div>'


def _hint(settings: WebformSettings, key: str) -> str:
    """Return the word for a question that may stay empty: of two addresses one may not."""
    return "either" if settings.reach == "email or phone" and key in {"email", "phone"} else "optional"


def _option(value: str, shown: str, chosen: str) -> str:
    return f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(shown)}</option>'


def _consent(page: Page) -> str:
    words, link = page.words, page.settings.consent_link
    ticked = " checked" if page.values.get(CONSENT) == words.consent else ""
    required = " required" if page.settings.consent_required else ""
    policy = (
        f' <a href="{escape(link)}" target="_blank" rel="noreferrer noopener">{escape(words["policy"])}</a>'
        if link
        else ""
    )
    return (
        f'<div class="q"><div class="tick"><input type="checkbox" id="{CONSENT}" name="{CONSENT}" '
        f'value="{escape(words.consent)}"{ticked}{required}{_invalid(page, CONSENT)}>'
        f'<label for="{CONSENT}">{escape(words.consent)}{policy}</label></div>{_said(page, CONSENT)}</div>'
    )


def _invalid(page: Page, key: str) -> str:
    return f' aria-invalid="true" aria-describedby="{key}-said"' if key in page.verdict.wrong else ""


def _said(page: Page, key: str) -> str:
    said = page.verdict.wrong.get(key)
    return f'<p class="bad" id="{key}-said">{escape(said)}</p>' if said else ""
