"""A channel's settings: validated by the connector's model, mistakes said by field, secrets kept and masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError

from hub.contract.connector import Manifest
from hub.domain.errors import Invalid
from hub.services.setting_words import problems


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one setting, in words."""

    field: str
    message: str


class SettingsInvalid(Invalid):
    """Settings that do not fit the connector; `errors` says so field by field."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(" ".join(f"{e.field}: {e.message}" if e.field else e.message for e in errors))
        self.errors = tuple(errors)


def secret_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the names of a settings model's secrets."""
    return frozenset(name for name, info in model.model_fields.items() if _is_secret(info.annotation))


def validated(
    manifest: Manifest[Any], given: Mapping[str, object], *, stored: Mapping[str, object] | None = None
) -> BaseModel:
    """Return settings as the connector's model, secrets that were left out taken from those stored.

    Raises SettingsInvalid.
    """
    secret = secret_fields(manifest.settings)
    kept = dict(stored or {})
    fresh = {name: value for name, value in given.items() if not (name in secret and value is None)}
    unknown = [name for name in fresh if name not in manifest.settings.model_fields]
    if unknown:
        raise SettingsInvalid([FieldError(name, "There is no such setting.") for name in unknown])
    try:
        settings: BaseModel = manifest.settings.model_validate({**kept, **fresh})
    except ValidationError as error:
        raise SettingsInvalid([FieldError(field, said) for field, said in problems(error)]) from None
    return settings


def plain_values(settings: BaseModel) -> dict[str, object]:
    """Return settings as JSON-able values, secrets in clear: for storage, which encrypts them."""
    values: dict[str, object] = settings.model_dump(mode="json")
    for name in secret_fields(type(settings)):
        value = getattr(settings, name)
        values[name] = value.get_secret_value() if isinstance(value, SecretStr) else value
    return values


def masked(manifest: Manifest[Any], stored: Mapping[str, object]) -> dict[str, object]:
    """Return settings for a screen: a secret is None, with `<name>_set` telling whether there is one."""
    secret = secret_fields(manifest.settings)
    shown: dict[str, object] = {}
    for name in manifest.settings.model_fields:
        if name in secret:
            shown[name] = None
            shown[f"{name}_set"] = bool(stored.get(name))
        else:
            shown[name] = stored.get(name)
    return shown


def _is_secret(annotation: Any) -> bool:
    return annotation is SecretStr or SecretStr in getattr(annotation, "__args__", ())
