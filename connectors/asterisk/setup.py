"""What has to be right at Asterisk, step by step, as the connect wizard shows it. Changes nothing."""

from collections.abc import Sequence

from connectors._lib.loose_json import inner, text
from connectors.asterisk.client import Ari, AriRefused, part
from connectors.asterisk.settings import AsteriskSettings
from connectors.asterisk.sounds import NO_SPEECH
from hub.contract import SetupStep
from hub.domain.phrase import Phrase

MODULES = ("res_stasis_answer", "res_stasis_playback", "res_stasis_recording", "res_stasis_snoop")


async def steps(ari: Ari, settings: AsteriskSettings, *, connected: bool) -> Sequence[SetupStep]:
    """Look at every step. Raises ConnectorError if nothing can be told."""
    info = await ari.ask("GET", "/asterisk/info", {"only": "system"})
    version = text(inner(info, "system"), "version") if isinstance(info, dict) else ""
    return (
        SetupStep(title=Phrase("Asterisk answers (version {version})", version=version or "?"), done=True),
        await _modules(ari),
        SetupStep(
            title=Phrase("The hub is connected as the application “{app}”", app=settings.app),
            done=connected,
            help=Phrase("The hub connects by itself as soon as the channel is saved and enabled."),
        ),
        SetupStep(
            title=Phrase("The dialplan sends calls to Stasis({app},${EXTEN})", app=settings.app),
            done=None,
            help=Phrase(
                "Add it to extensions.conf, with what callers hear while the hub is away behind it; the channel's "
                "guide has the lines. Then call your number."
            ),
        ),
        await _trunk(ari, settings),
        SetupStep(title=Phrase("Texts can be spoken"), done=bool(settings.speech_url), help=NO_SPEECH),
    )


async def _modules(ari: Ari) -> SetupStep:
    title = Phrase("Asterisk's ARI modules are loaded")
    try:
        loaded = await ari.ask("GET", "/asterisk/modules")
    except AriRefused:
        return SetupStep(title=title, done=None)
    names = {text(one, "name").removesuffix(".so") for one in loaded if isinstance(one, dict)} if loaded else set()
    missing = [name for name in MODULES if name not in names]
    words = Phrase("Load {modules} (modules.conf, or `asterisk -rx 'module load …'`).", modules=", ".join(missing))
    return SetupStep(title=title, done=not missing, help=words)


async def _trunk(ari: Ari, settings: AsteriskSettings) -> SetupStep:
    """A trunk of PJSIP can be looked up; a Local channel leads into the dialplan, which nobody can tell from here."""
    title = Phrase("Numbers outside can be called")
    tech, _, rest = settings.trunk.partition("/")
    name = rest.rpartition("@")[2]
    if tech.upper() != "PJSIP" or not name or "{number}" in name:
        words = Phrase("Place a call to see whether {trunk} reaches them.", trunk=settings.trunk)
        return SetupStep(title=title, done=None, help=words)
    try:
        endpoint = await ari.ask("GET", f"/endpoints/PJSIP/{part(name)}")
    except AriRefused:
        words = Phrase(
            "Asterisk knows no PJSIP endpoint “{name}”: correct “Calling out”, or add the trunk to pjsip.conf.",
            name=name,
        )
        return SetupStep(title=title, done=False, help=words)
    online = isinstance(endpoint, dict) and text(endpoint, "state") == "online"
    words = Phrase("The trunk “{name}” is not reachable now.", name=name)
    return SetupStep(title=title, done=online, help=words)
