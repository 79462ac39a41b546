"""How the page behind a rating link looks and what it says, in the hub's languages. Without scripts. Pure."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape

from hub.domain.survey.rating import COMMENT_LIMIT, Rating
from hub.domain.survey.survey import SCORES, Wording
from hub.domain.survey.wording import labels, wording

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "comment": "Anything you would like to add? (optional)",
        "send": "Send",
        "missing": "Choose one of the answers.",
        "again": "You can change your answer by the link in the mail.",
        "over": "The time to rate this is over. Thank you all the same.",
        "gone": "There is nothing to rate at this address. Perhaps the link was cut: copy it whole from the mail.",
        "unclear": "We could not read that. Please go back and try again.",
        "too_long": "That was too long. Please go back and shorten it.",
    },
    "ko": {
        "comment": "더 하고 싶은 말씀이 있으신가요? (선택)",
        "send": "보내기",
        "missing": "답변을 하나 선택해 주세요.",
        "again": "메일의 링크로 답변을 바꿀 수 있습니다.",
        "over": "평가 기간이 끝났습니다. 감사합니다.",
        "gone": "이 주소에는 평가할 내용이 없습니다. 링크가 잘렸을 수 있으니 메일에서 전체를 복사해 주세요.",
        "unclear": "내용을 읽을 수 없습니다. 뒤로 돌아가 다시 시도해 주세요.",
        "too_long": "내용이 너무 깁니다. 뒤로 돌아가 줄여 주세요.",
    },
    "pl": {
        "comment": "Czy chcesz coś dodać? (nieobowiązkowe)",
        "send": "Wyślij",
        "missing": "Wybierz jedną z odpowiedzi.",
        "again": "Odpowiedź można zmienić przez odnośnik w wiadomości.",
        "over": "Czas na ocenę minął. Mimo to dziękujemy.",
        "gone": "Pod tym adresem nie ma nic do oceny. Może odnośnik jest ucięty: skopiuj go w całości z wiadomości.",
        "unclear": "Nie udało się tego odczytać. Wróć i spróbuj ponownie.",
        "too_long": "To było za długie. Wróć i skróć tekst.",
    },
}
LANGUAGES = tuple(_WORDS)
_STYLE = """
:root{color-scheme:light dark;--back:#f6f7f9;--card:#fff;--text:#1b1f24;--quiet:#5b6470;--line:#8a94a1;--accent:#2457c5;--on:#fff}
@media(prefers-color-scheme:dark){:root{--back:#14171b;--card:#1d2127;--text:#e8eaed;--quiet:#a5adb8;--line:#7b8591;--accent:#8fb4ff;--on:#10131a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif;padding:16px}
main{background:var(--card);border-radius:12px;padding:28px 24px;width:100%;max-width:440px}
h1{font-size:20px;line-height:1.35;margin:0 0 16px;overflow-wrap:anywhere}
fieldset{border:0;padding:0;margin:0 0 16px;display:grid;gap:8px}
fieldset label{display:flex;gap:10px;align-items:center;min-height:44px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;cursor:pointer}
fieldset label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
input{accent-color:var(--accent);width:18px;height:18px;margin:0;flex:none}
textarea{width:100%;min-height:96px;margin:6px 0 16px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button{min-height:44px;padding:0 24px;border:0;border-radius:8px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.quiet{color:var(--quiet);margin:0}
.bad{margin:0 0 12px;font-weight:600}
"""  # noqa: E501 - one rule a line
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(rating: Rating, texts: Wording, chosen: int | None, comment: str, *, missing: bool = False) -> str:
    """Return the form of a rating, an answer chosen beforehand or none."""
    words = _words(rating.language)
    names = zip(labels(rating.scale, rating.language), SCORES[rating.scale], strict=True)
    answers = "".join(
        f'<label><input type="radio" name="score" value="{score}" required{" checked" if score == chosen else ""}>'
        f"{escape(name)}</label>"
        for name, score in sorted(names, key=lambda pair: -pair[1])
    )
    question = escape(texts.question)
    bad = f'<p class="bad" role="alert">{escape(words["missing"])}</p>' if missing else ""
    wish = (
        f'<label for="comment">{escape(words["comment"])}</label>'
        f'<textarea id="comment" name="comment" maxlength="{COMMENT_LIMIT}">{escape(comment)}</textarea>'
        if rating.comments
        else ""
    )
    form = (
        f'<form method="post"><fieldset aria-label="{question}">{answers}</fieldset>{wish}'
        f"<button>{escape(words['send'])}</button></form>"
    )
    return _whole(rating.language, f"<h1>{question}</h1>{bad}{form}")


def message(which: str, language: str, said: str = "") -> str:
    """Return a page that says one thing: in the words given, else in its own."""
    words = _words(language)
    more = f'<p class="quiet">{escape(words["again"])}</p>' if which == "thanks" else ""
    return _whole(language, f"<h1>{escape(said or words[which])}</h1>{more}")


def _words(language: str) -> Mapping[str, str]:
    return _WORDS.get(language, _WORDS[LANGUAGES[0]])


def _whole(language: str, inside: str) -> str:
    code = language if language in _WORDS else LANGUAGES[0]
    return (
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(wording(None, code).question)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{inside}</main></body></html>"
    )
