"""Say what the widget needs to draw itself: texts, colours, questions. Pure; no secrets."""

from connectors.webchat.frames import FILES_LIMIT, TEXT_LIMIT
from connectors.webchat.settings import WebchatSettings

FILE_LIMIT = 25 * 1024 * 1024


def widget_config(settings: WebchatSettings) -> dict[str, object]:
    """Return the public part of the settings, as the widget reads it (web/widget/src/protocol.ts)."""
    texts: dict[str, dict[str, str]] = {
        "": {
            "title": settings.title,
            "welcome": settings.welcome,
            "offline": settings.offline,
            "consent": settings.consent,
        }
    }
    for translation in settings.translations:
        texts[translation.language] = translation.model_dump(exclude={"language"}, exclude_defaults=True)
    return {
        "texts": texts,
        "accent": settings.accent,
        "position": settings.position,
        "languages": list(settings.languages),
        "fields": [field.model_dump() for field in settings.fields],
        "presence": settings.presence,
        "consent_link": settings.consent_link,
        "limits": {
            "text": TEXT_LIMIT,
            "files": FILES_LIMIT if settings.uploads else 0,
            "file_bytes": FILE_LIMIT,
        },
    }
