"""What is wrong with a setting is said as a person would say it."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator

from hub.services.setting_words import problems


class _Question(BaseModel):
    key: str = Field(pattern="^[a-z]+$")


class _Settings(BaseModel):
    name: str = Field(min_length=1, max_length=5)
    secret: str = Field(default="0123456789", min_length=10)
    port: int = Field(default=1, ge=1, le=9)
    share: float = Field(default=0.5, gt=0, lt=1)
    on: bool = True
    by: Literal["email", "email or phone"] = "email"
    questions: tuple[_Question, ...] = Field(default=(_Question(key="a"),), min_length=1, max_length=2)

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        if name == "nope":
            raise ValueError("nobody is called so")
        return name


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "name: Please fill this in."),
        ({"name": ""}, "name: Please fill this in."),
        ({"name": "longer"}, "name: At most 5 characters."),
        ({"name": 5}, "name: Please write a text."),
        ({"name": "nope"}, "name: Nobody is called so."),
        ({"name": "a", "secret": "short"}, "secret: At least 10 characters."),
        ({"name": "a", "port": 0}, "port: At least 1."),
        ({"name": "a", "port": 10}, "port: At most 9."),
        ({"name": "a", "port": 1.5}, "port: Please write a whole number."),
        ({"name": "a", "port": "one"}, "port: Please write a whole number."),
        ({"name": "a", "share": 0}, "share: More than 0.0."),
        ({"name": "a", "share": 1}, "share: Less than 1.0."),
        ({"name": "a", "share": "half"}, "share: Please write a number."),
        ({"name": "a", "on": "perhaps"}, "on: Please choose yes or no."),
        ({"name": "a", "by": "post"}, "by: Please choose one of these: 'email' or 'email or phone'."),
        ({"name": "a", "questions": []}, "questions: At least one is needed."),
        ({"name": "a", "questions": [{"key": "a"}] * 3}, "questions: At most 2."),
        ({"name": "a", "questions": "key"}, "questions: Please give a list."),
        (
            {"name": "a", "questions": [{"key": "A b"}]},
            "questions.0.key: This is not written as it has to be: what stands under it says how.",
        ),
    ],
)
def test_a_mistake_is_said_once_and_as_a_sentence(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        _Settings.model_validate(given)

    assert [": ".join(problem) for problem in problems(raised.value)] == [said]


def test_a_kind_of_mistake_we_have_no_words_for_is_said_in_those_of_the_validator() -> None:
    class _Bytes(BaseModel):
        raw: bytes = b""

    with pytest.raises(ValidationError) as raised:
        _Bytes.model_validate({"raw": 5})

    assert problems(raised.value) == [("raw", "Input should be a valid bytes.")]
