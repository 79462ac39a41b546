"""Templates: filled in as the provider shows them, refused in words when something is missing."""

import pytest

from hub.domain.errors import CannotSend
from hub.domain.template import Template, TemplateField, TemplateState, check_template, preview

ORDER = Template(
    key="order/en",
    name="order",
    language="en",
    header="Order {{header.1}}",
    body="Hello {{body.1}}, it left today. {{body.unknown}}",
    footer="Reply STOP",
    fields=(TemplateField(key="header.1", title="Number"), TemplateField(key="body.1", title="Name", max_length=10)),
)
PICTURE = Template(
    key="p/en", name="p", language="en", fields=(TemplateField(key="header.media", title="Picture", kind="image"),)
)


def test_a_preview_shows_what_the_customer_will_read() -> None:
    assert preview(ORDER, {"header.1": "7", "body.1": "Ola"}) == (
        "Order 7\n\nHello Ola, it left today. {{body.unknown}}\n\nReply STOP"
    )


@pytest.mark.parametrize(
    ("values", "files", "words"),
    [
        ({"header.1": "7"}, (), "“Name” is empty"),
        ({"header.1": "7", "body.1": " "}, (), "“Name” is empty"),
        ({"header.1": "7", "body.1": "x" * 11}, (), "too long"),
        ({"header.1": "7", "body.1": "Ola", "body.9": "?"}, (), "no field 'body.9'"),
        ({"header.1": "7", "body.1": "Ola"}, ("image/png",), "no place for this file"),
    ],
)
def test_what_is_missing_is_said_in_words(values: dict[str, str], files: tuple[str, ...], words: str) -> None:
    with pytest.raises(CannotSend, match=words):
        check_template(ORDER, values, files)


def test_a_picture_header_takes_a_picture_only() -> None:
    check_template(PICTURE, {}, ("image/png",))
    with pytest.raises(CannotSend, match="of the kind image"):
        check_template(PICTURE, {}, ("application/pdf",))
    with pytest.raises(CannotSend, match="attach the image"):
        check_template(PICTURE, {}, ())


def test_a_paused_template_is_not_sent() -> None:
    paused = Template(key="x", name="x", language="en", state=TemplateState.paused)
    with pytest.raises(CannotSend, match="paused"):
        check_template(paused, {}, ())
