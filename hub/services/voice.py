"""Voice notes: what each format is called, and which of them every browser plays."""

from collections.abc import Mapping

from hub.domain.channel import VoiceFormat

SUFFIX: Mapping[VoiceFormat, str] = {
    VoiceFormat.ogg_opus: "ogg",
    VoiceFormat.m4a: "m4a",
    VoiceFormat.mp3: "mp3",
    VoiceFormat.amr: "amr",
}
_FORMAT = {suffix: kind for kind, suffix in SUFFIX.items()}

PLAYABLE = VoiceFormat.mp3
"""What the hub makes of sound that some browser does not play."""
_PLAYED_EVERYWHERE = frozenset({"audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "audio/x-wav"})


def media_type_of(key: str) -> str:
    """Return the media type of a converted file, by the end of its key."""
    return _FORMAT[key.rpartition(".")[2]].value


def plays_everywhere(media_type: str) -> bool:
    """Tell whether every browser plays this: Safari knows neither WebM nor, before 18.4, Ogg; none knows AMR."""
    return media_type in _PLAYED_EVERYWHERE


def converted_key(blob: str, kind: VoiceFormat) -> str:
    """Return where a file's sound in another format is kept: beside the original."""
    return f"{blob}.{SUFFIX[kind]}"
