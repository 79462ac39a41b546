"""The look of the form's page, and the policy that lets a browser take nothing else."""

from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from connectors.webform.settings import WebformSettings

STYLE = """
:root{--bg:#fff;--ink:#1b1f27;--soft:#5b6472;--line:#8a93a3;--field:#fff;--bad:#b3261e;--badbg:#fdecea}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;--bg:#16181d;--ink:#e9ebf0;--soft:#a5adbb;
--line:#6c7585;--field:#1f2229;--bad:#ffb4ab;--badbg:#3a1d1b}}
:root[data-theme=dark]{color-scheme:dark;--bg:#16181d;--ink:#e9ebf0;--soft:#a5adbb;--line:#6c7585;--field:#1f2229;
--bad:#ffb4ab;--badbg:#3a1d1b}
*{box-sizing:border-box}
:lang(ko){word-break:keep-all}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",
"Noto Sans KR",sans-serif;overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto;padding:2rem 1.25rem}
[data-embed] main{padding:.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
p{margin:0 0 1rem;white-space:pre-line}
.q{margin:0 0 1.1rem}
label,.label{display:block;font-weight:600;margin:0 0 .3rem}
.soft{color:var(--soft);font-weight:400;font-size:.9em}
input,select,textarea{width:100%;min-height:2.75rem;padding:.55rem .7rem;font:inherit;color:inherit;
background:var(--field);border:1px solid var(--line);border-radius:.5rem}
textarea{min-height:8rem;resize:vertical}
.tick{display:flex;gap:.6rem;align-items:flex-start}
.tick input{flex:none;width:1.25rem;min-height:1.25rem;height:1.25rem;margin:.15rem 0 0;accent-color:var(--accent)}
.tick label{font-weight:400;margin:0;white-space:pre-line}
[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.bad{color:var(--bad);margin:.3rem 0 0}
.alert{background:var(--badbg);color:var(--bad);border-radius:.5rem;padding:.75rem .9rem;margin:0 0 1.25rem}
.alert a{color:inherit}
.alert ul{margin:.3rem 0 0;padding-left:1.2rem}
button,.go{display:inline-block;min-height:2.75rem;padding:.6rem 1.4rem;font:inherit;font-weight:600;border:0;
border-radius:.5rem;background:var(--accent);color:var(--on);text-decoration:none;cursor:pointer}
a{color:inherit}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]) :focus-visible{outline-color:var(--ink)}}
:root[data-theme=dark] :focus-visible{outline-color:var(--ink)}
[tabindex="-1"]:focus{outline:none}
.away{position:absolute;left:-200vw;width:1px;height:1px;overflow:hidden}
"""
RESIZE = (
    "new ResizeObserver(function(){parent.postMessage({hubForm:location.pathname,"
    'height:Math.ceil(document.body.getBoundingClientRect().height)},"*")}).observe(document.body)'
)
"""In a frame the page tells how high it is, and nothing else."""


def style_of(settings: WebformSettings) -> str:
    """Return the style with the form's colour, and black or white on it, whichever reads better (WCAG 2.2, 1.4.3)."""
    return f"{STYLE}:root{{--accent:{settings.accent};--on:{_on(settings.accent)}}}"


def policy(settings: WebformSettings) -> str:
    """Return the Content-Security-Policy: our style, our one line of script, our form, and who may frame it."""
    goal = urlsplit(settings.redirect)
    # Browsers hold form-action against the page a submission is sent on to, too.
    goes_to = f" {goal.scheme}://{goal.netloc}" if settings.redirect else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style_of(settings))}'",
            f"script-src '{_hash(RESIZE)}'",
            f"form-action 'self'{goes_to}",
            "frame-ancestors " + " ".join(("'self'", *settings.allowed_origins)),
            "base-uri 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _on(colour: str) -> str:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000" if (light + 0.05) ** 2 > 0.0525 else "#fff"


def _linear(share: float) -> float:
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
