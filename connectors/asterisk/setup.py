"""What has to be right at Asterisk, step by step, as the connect wizard shows it. Changes nothing."""

from collections.abc import Sequence

from connectors._lib.loose_json import inner, text
from connectors.asterisk.client import Ari, AriRefused, part
from connectors.asterisk.settings import AsteriskSettings
from connectors.asterisk.sounds import NO_SPEECH
from hub.contract import SetupStep

MODULES = ("res_stasis_answer", "res_stasis_playback", "res_stasis_recording", "res_stasis_snoop")


async def steps(ari: Ari, settings: AsteriskSettings, *, connected: bool) -> Sequence[SetupStep]:
    """Look at every step. Raises ConnectorError if nothing can be told."""
    info = await ari.ask("GET", "/asterisk/info", {"only": "system"})
    version = text(inner(info, "system"), "version") if isinstance(info, dict) else ""
    return (
        SetupStep(title=f"Asterisk {version} answers".replace("  ", " "), done=True),
        await _modules(ari),
        SetupStep(
            title=f"The hub is connected as the application “{settings.app}”",
            done=connected,
            help="" if connected else "The hub connects by itself as soon as the channel is saved and enabled.",
        ),
        SetupStep(
            title=f"The dialplan sends calls to Stasis({settings.app},${{EXTEN}})",
            done=None,
            help="Add it to extensions.conf, with what callers hear while the hub is away behind it; the channel's "
            "guide has the lines. Then call your number.",
        ),
        await _trunk(ari, settings),
        SetupStep(
            title="Texts can be spoken", done=bool(settings.speech_url), help="" if settings.speech_url else NO_SPEECH
        ),
    )


async def _modules(ari: Ari) -> SetupStep:
    try:
        loaded = await ari.ask("GET", "/asterisk/modules")
    except AriRefused:
        return SetupStep(title="Asterisk's ARI modules are loaded", done=None)
    names = {text(one, "name").removesuffix(".so") for one in loaded if isinstance(one, dict)} if loaded else set()
    missing = [name for name in MODULES if name not in names]
    return SetupStep(
        title="Asterisk's ARI modules are loaded",
        done=not missing,
        help=f"Load {', '.join(missing)} (modules.conf, or `asterisk -rx 'module load …'`)." if missing else "",
    )


async def _trunk(ari: Ari, settings: AsteriskSettings) -> SetupStep:
    """A trunk of PJSIP can be looked up; a Local channel leads into the dialplan, which nobody can tell from here."""
    title = "Numbers outside can be called"
    tech, _, rest = settings.trunk.partition("/")
    name = rest.rpartition("@")[2]
    if tech.upper() != "PJSIP" or not name or "{number}" in name:
        return SetupStep(title=title, done=None, help=f"Place a call to see whether {settings.trunk} reaches it.")
    try:
        endpoint = await ari.ask("GET", f"/endpoints/PJSIP/{part(name)}")
    except AriRefused:
        words = f"Asterisk knows no PJSIP endpoint “{name}”: correct “Calling out”, or add the trunk to pjsip.conf."
        return SetupStep(title=title, done=False, help=words)
    online = isinstance(endpoint, dict) and text(endpoint, "state") == "online"
    return SetupStep(title=title, done=online, help="" if online else f"The trunk “{name}” is not reachable now.")
