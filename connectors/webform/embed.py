"""How a website shows the form: a frame, one line of script that makes the frame, or its own page over JSON. Pure."""

import json
from collections.abc import Mapping

from connectors.webform.body import CONSENT, TOKEN
from connectors.webform.judging import Verdict
from connectors.webform.settings import WebformSettings
from connectors.webform.words import Words

SCRIPT = """(function () {
  "use strict";
  var tag = document.currentScript, at = new URL(tag.src), here = new URLSearchParams(location.search);
  var from = new URLSearchParams({embed: "1", page: location.href.slice(0, 500)});
  from.set("referrer", document.referrer.slice(0, 500));
  ["source", "medium", "campaign", "term", "content"].forEach(function (word) {
    var value = here.get("utm_" + word);
    if (value) from.set("utm_" + word, value.slice(0, 200));
  });
  from.set("lang", tag.dataset.language || document.documentElement.lang || "");
  if (tag.dataset.theme) from.set("theme", tag.dataset.theme);
  var frame = document.createElement("iframe");
  frame.src = at.origin + at.pathname + "?" + from;
  frame.title = tag.dataset.title || "Form";
  frame.style.cssText = "width:100%;height:40rem;border:0;color-scheme:normal";
  addEventListener("message", function (event) {
    if (event.source !== frame.contentWindow || event.origin !== at.origin) return;
    if (event.data && event.data.hubForm && event.data.height > 0) frame.style.height = event.data.height + "px";
  });
  tag.after(frame);
})();
"""


def script_line(url: str) -> str:
    """Return the line a website puts where the form shall be."""
    return f'<script async src="{url}?script"></script>'


def frame_line(url: str) -> str:
    """Return the frame for pages that take no scripts."""
    return f'<iframe src="{url}?embed" title="Form" width="100%" height="640" style="border:0"></iframe>'


def description(settings: WebformSettings, words: Words, token: str) -> bytes:
    """Return as JSON what a page of one's own needs to ask the questions itself."""
    return _json(
        {
            "language": words.language,
            "title": words.title,
            "intro": words.intro,
            "fields": [
                {
                    "key": question.key,
                    "kind": question.shape,
                    "label": words.label(question),
                    "required": question.required,
                    "options": list(question.options),
                    "max_length": question.limit,
                }
                for question in settings.fields
            ],
            **({CONSENT: words.consent} if words.consent else {}),
            TOKEN: token,
        }
    )


def outcome(settings: WebformSettings, words: Words, verdict: Verdict, token: str) -> bytes:
    """Return as JSON what became of a submission; with a new token where the old one is of no more use."""
    if verdict.taken:
        return _json({"taken": True, "thanks": words.thanks, "redirect": settings.redirect})
    renewed: Mapping[str, str] = {TOKEN: token} if verdict.renew else {}
    return _json({"taken": False, "problem": verdict.general, "problems": dict(verdict.wrong), **renewed})


def _json(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
