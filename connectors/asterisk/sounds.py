"""What is played for a prompt: an uploaded file, a text by the speech service, else a sound of Asterisk's. Pure."""

import re
from urllib.parse import quote

from hub.domain.callflow.plan import Prompt
from hub.domain.phrase import Phrase

NO_SPEECH = Phrase(
    "Asterisk speaks no texts by itself: enter a speech service, or upload recordings for greetings and menus. Until "
    "then callers hear Asterisk's own sounds in their place."
)
SORRY = "sound:an-error-has-occurred"
LEAVE_A_MESSAGE = "sound:vm-intro"
BEEP = "sound:beep"
NOTHING = "sound:silence/1"
_LONGEST_TEXT = 1500
_FILE_ID = re.compile(r"[0-9a-fA-F-]{32,36}")
"""An upload the hub gave no address of: Asterisk has no such sound."""
_OWN_SOUND = re.compile(r"[A-Za-z0-9_/-]{1,200}")


def media(prompt: Prompt | None, speech_url: str, *, otherwise: str = NOTHING) -> str:
    """Return the media address of a prompt: one that Asterisk plays or fetches.

    Asterisk fetches addresses itself (res_http_media_cache); a comma would begin another one.
    https://docs.asterisk.org/Configuration/Interfaces/Asterisk-REST-Interface-ARI/Introduction-to-ARI-and-Media-Manipulation/
    """
    if prompt is None:
        return otherwise
    if prompt.file.startswith(("https://", "http://")):
        return "sound:" + prompt.file.replace(",", "%2C")
    if _OWN_SOUND.fullmatch(prompt.file) and not _FILE_ID.fullmatch(prompt.file):
        return f"sound:{prompt.file}"
    if prompt.text.strip() and speech_url:
        text = quote(" ".join(prompt.text.split())[:_LONGEST_TEXT], safe="")
        language, voice = quote(prompt.language, safe=""), quote(prompt.voice, safe="")
        return "sound:" + (
            speech_url.replace("{text}", text)
            .replace("{language}", language)
            .replace("{voice}", voice)
            .replace(",", "%2C")
        )
    return otherwise
