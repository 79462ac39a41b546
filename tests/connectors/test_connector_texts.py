"""Every sentence made to be translated, and every field of a connector's form, is there in every language."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import hub.runtime
from hub.api.settings_form import form_in
from hub.domain.phrase import NOTHING, places
from hub.runtime.catalogue import texts_of
from hub.services.users import LANGUAGES
from tests.connectors.conformance import folders

SHARED, HUB = folders.ROOT / "_lib", Path(hub.runtime.__file__).parent
KEYS = folders.keys()
CODE = {HUB: list(HUB.parent.rglob("*.py"))}
PLACES = [*(folders.ROOT / key for key in KEYS), SHARED, HUB]
OTHERS = tuple(language for language in LANGUAGES if language != "en")
each_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
each_language = pytest.mark.parametrize("language", OTHERS)


@dataclass(frozen=True, slots=True)
class Said:
    """One `Phrase(…)` in the code."""

    english: str
    values: frozenset[str]
    where: str


@cache
def said_in(place: Path) -> Sequence[Said]:
    """Return every phrase a folder's code makes; the hub's texts are those of all its rooms."""
    files = CODE.get(place, place.glob("*.py"))
    return [said for file in sorted(files) for said in _phrases(file)]


def _phrases(file: Path) -> Sequence[Said]:
    calls = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
    made = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Phrase")
    return [
        Said(
            english=ast.literal_eval(call.args[0]),
            values=frozenset(keyword.arg or "**" for keyword in call.keywords),
            where=f"{file.name}:{call.lineno}",
        )
        for call in made
    ]


@cache
def form_of(place: Path) -> frozenset[str]:
    """Return what a person reads in the form of a folder's settings."""
    read: set[str] = set()

    def say(english: str) -> str:
        read.add(english)
        return english

    keys = [place.name] if place.name in KEYS else []
    for key in keys:
        form_in(folders.manifest_of(key).settings.model_json_schema(), say)
    return frozenset(read)


@cache
def translated_in(place: Path, language: str) -> Mapping[str, str]:
    file = place / "texts" / f"{language}.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def wanted(place: Path) -> set[str]:
    """Return what has to be translated: the form, and of the sentences what has words of its own."""
    said = {one.english for one in said_in(place) if re.search(r"\w", re.sub(r"\{\w+\}", "", one.english))}
    return said | form_of(place)


@each_place
def test_a_sentence_in_the_code_has_a_value_for_each_of_its_places(place: Path) -> None:
    """A sentence put together by an f-string fails here, too: it is no literal, and nobody could translate it."""
    assert [one.where for one in said_in(place) if one.values != places(one.english)] == []


@each_language
@each_place
def test_every_sentence_is_translated(place: Path, language: str) -> None:
    known = {*translated_in(place, language), *translated_in(SHARED, language)}
    missing = wanted(place) - known
    assert sorted(missing) == [], f"add them to texts/{language}.json; docs/writing-a-connector.md says how"


@each_language
@each_place
def test_a_translation_has_the_places_of_its_sentence(place: Path, language: str) -> None:
    texts = translated_in(place, language)
    assert [english for english, said in texts.items() if places(english) != places(said) or not said.strip()] == []


@each_language
@each_place
def test_no_translation_is_left_of_a_sentence_nobody_says(place: Path, language: str) -> None:
    family = PLACES if place == SHARED else [place]
    said = set().union(*(wanted(one) for one in family))
    assert sorted(set(translated_in(place, language)) - said) == []


@each_language
def test_a_shared_sentence_is_translated_once(language: str) -> None:
    shared = set(translated_in(SHARED, language))
    assert {place.name for place in PLACES if place != SHARED and shared & set(translated_in(place, language))} == set()


def test_the_words_of_a_folder_of_the_family_and_of_the_hub_are_found_together() -> None:
    korean = texts_of("connectors.whatsapp", "ko")
    assert korean["The phone number ID is right"] == "전화번호 ID가 맞습니다"
    assert korean["The access token has the permissions"] == "액세스 토큰에 필요한 권한이 있습니다"
    assert korean["A first event has arrived"] == "첫 이벤트가 도착했습니다"
    assert texts_of("connectors.whatsapp", "en") == {}


def test_a_connector_of_somebody_else_without_texts_is_said_in_english_but_for_the_hubs_words() -> None:
    assert set(texts_of("tests.api", "pl")) == set(translated_in(HUB, "pl"))
    assert NOTHING.said_in(texts_of("tests.api", "pl")) == ""
