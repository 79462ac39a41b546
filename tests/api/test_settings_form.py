"""The form of a connector's settings in the reader's language: what is read changes, what is stored does not."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from hub.api.settings_form import form_in


class _Question(BaseModel):
    label: str = Field(title="Label", description="As visitors read it.")


class _Settings(BaseModel):
    """The form."""

    title: str = Field(default="Title", title="Title", description="Above the form.")
    token: SecretStr = Field(title="Token")
    words: tuple[Annotated[str, Field(title="Word")], ...] = Field(default=(), title="Words")
    questions: tuple[_Question, ...] = Field(default=(), title="Questions")
    note: str | None = Field(default=None, title="Note")


def test_titles_and_hints_of_fields_are_said_at_any_depth_and_nothing_else() -> None:
    schema = _Settings.model_json_schema()
    said = form_in(schema, str.upper)

    assert (said["title"], said["description"]) == ("_Settings", "The form.")
    title = said["properties"]["title"]
    assert (title["title"], title["description"], title["default"]) == ("TITLE", "ABOVE THE FORM.", "Title")
    assert said["properties"]["token"] == {**schema["properties"]["token"], "title": "TOKEN"}
    assert said["properties"]["words"]["items"]["title"] == "WORD"
    assert said["properties"]["note"]["title"] == "NOTE"
    question = said["$defs"]["_Question"]["properties"]["label"]
    assert (question["title"], question["description"]) == ("LABEL", "AS VISITORS READ IT.")
    assert form_in(schema, str) == schema
