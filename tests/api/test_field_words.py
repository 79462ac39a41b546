"""What is written under a field reaches the document, wherever the field was written."""

from pydantic import Field

from hub.api._framework.words import field_words
from hub.api.app import openapi
from hub.api.inputs import Input


class Above(Input):
    size: int
    """How large
    it is."""
    plain: str


class Below(Above):
    plain: str
    """Now it has words."""
    said: str = Field(description="Said already.")
    """Not this."""


def test_words_stand_under_their_field_and_are_inherited() -> None:
    assert field_words(Above) == {"size": "How large\nit is."}
    assert field_words(Below) == {"size": "How large\nit is.", "plain": "Now it has words.", "said": "Not this."}


def test_the_document_says_what_is_written_under_a_field() -> None:
    described = openapi("1")["components"]["schemas"]["NewConversation"]["properties"]
    assert described["name"]["description"] == "What to call a new contact."
