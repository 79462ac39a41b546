"""Asks for a connector's settings at a shell: the questions are made from its model, as the form on the screen is."""

import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import orjson
import typer
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from hub.contract.connector import Manifest
from hub.domain.errors import Invalid
from hub.services.channels import SettingsInvalid, secret_fields, validated

TRIES = 3


def given_settings(model: type[BaseModel], pairs: Iterable[str]) -> dict[str, object]:
    """Read `name=value` pairs; `name=@file` takes the file's text, lists and mappings are JSON. Raises Invalid."""
    values: dict[str, object] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        info = model.model_fields.get(name)
        if not equals or info is None:
            raise Invalid(f"“{name}” is no setting here. Write --set name=value with one of: {_names(model)}.")
        values[name] = _value(info, _from_file(text))
    return values


def ask_settings(
    manifest: Manifest[Any], given: Mapping[str, object], *, everything: bool = False, interactive: bool = True
) -> BaseModel:
    """Return a connector's settings: those given, and the answers to questions for what is missing.

    Asked first is what has no default, and secrets; if that does not fit, the rest follows with its defaults.
    Raises SettingsInvalid if it never fits, or at once when nobody can be asked.
    """
    model, values = manifest.settings, dict(given)
    if interactive:
        values |= _answers(model, values, first=not everything)
    for _ in range(TRIES):
        try:
            return validated(manifest, values)
        except SettingsInvalid as error:
            if not interactive:
                raise
            typer.echo(f"This does not fit yet: {error}")
            wrong = {mistake.field.partition(".")[0] for mistake in error.errors} & {*model.model_fields}
            kept = {name: value for name, value in values.items() if name not in wrong}
            asked = _answers(model, kept, first=False, only=wrong)
            values = kept | asked
    return validated(manifest, values)


def _answers(
    model: type[BaseModel], known: Mapping[str, object], *, first: bool, only: Iterable[str] = ()
) -> dict[str, object]:
    secret, named = secret_fields(model), set(only)
    answers: dict[str, object] = {}
    for name, info in model.model_fields.items():
        wanted = name in named if named else name not in known
        needed = info.is_required() or (name in secret and info.default_factory is None)
        if wanted and (needed or not first) and (_is_plain(info) or info.is_required()):
            answer = _ask(name, info, secret=name in secret)
            if answer is not None:
                answers[name] = answer
    return answers


def _ask(name: str, info: FieldInfo, *, secret: bool) -> object | None:
    """Ask one question; None means: leave it at its default."""
    if info.description:
        typer.echo(f"  {info.description}")
    choices = _choices(info.annotation)
    title = f"{info.title or name} ({', '.join(choices)})" if choices else info.title or name
    default = None if info.is_required() else _shown(info, secret=secret)
    hidden = secret and sys.stdin.isatty()  # a pipe echoes nothing
    text: str = typer.prompt(title, default=default, hide_input=hidden, show_default=bool(default))
    if default is not None and text == default:
        return None
    return _value(info, text)


def _shown(info: FieldInfo, *, secret: bool) -> str:
    value = None if secret else info.get_default(call_default_factory=True)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case _:
            return str(value)


def _value(info: FieldInfo, text: str) -> object:
    if _is_plain(info):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid(f'“{info.title}” is a list or a mapping: write it as JSON, such as ["a", "b"].') from error


def _from_file(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"The file {text[1:]} cannot be read: {error}.") from error


def _members(annotation: Any) -> tuple[Any, ...]:
    """Return the alternatives of an annotation, without None."""
    if get_origin(annotation) in (Union, UnionType):
        return tuple(member for member in get_args(annotation) if member is not NoneType)
    return (annotation,)


def _is_plain(info: FieldInfo) -> bool:
    """Tell whether one line of text says the value."""
    return all(
        get_origin(member) is Literal
        or (isinstance(member, type) and issubclass(member, str | int | float | bool | Enum | SecretStr))
        for member in _members(info.annotation)
    )


def _choices(annotation: Any) -> list[str]:
    found: list[str] = []
    for member in _members(annotation):
        if get_origin(member) is Literal:
            found += [str(choice) for choice in get_args(member)]
        elif isinstance(member, type) and issubclass(member, Enum):
            found += [str(choice.value) for choice in member]
        elif member is bool:
            found += ["yes", "no"]
    return found


def _names(model: type[BaseModel]) -> str:
    return ", ".join(model.model_fields)
