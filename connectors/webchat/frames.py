"""What a visitor's browser says: the shape and the bounds of each frame that is kept."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

TEXT_LIMIT = 10_000
FRAME_LIMIT = 64 * 1024
FILES_LIMIT = 10
BUTTONS_LIMIT = 20
LABEL_LIMIT = 60
"""Our own: what a phone shows without scrolling away the question, and on two lines at most."""

ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""Made by the browser once for each frame, so that sending it again after a cut changes nothing."""
FileId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class _Frame(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class FileFrame(_Frame):
    """A file uploaded before the message that shows it. Name, type and size are the browser's claims."""

    id: FileId
    name: Annotated[str, Field(max_length=255)] = ""
    type: Annotated[str, Field(max_length=127)] = "application/octet-stream"
    size: Annotated[int, Field(ge=0)] | None = None


class MessageFrame(_Frame):
    """Something the visitor wrote, with the answers of the pre-chat or offline form when they gave them."""

    type: Literal["message"]
    id: ClientId
    text: Annotated[str, Field(max_length=TEXT_LIMIT)] = ""
    files: Annotated[tuple[FileFrame, ...], Field(max_length=FILES_LIMIT)] = ()
    form: Annotated[
        dict[
            Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")],
            Annotated[str, Field(max_length=1000)],
        ],
        Field(max_length=10),
    ] = {}
    pressed: Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{0,64}$")] = ""
    """What the button carries that was pressed; the text is its label then."""
    offline: bool = False
    page: Annotated[str, Field(max_length=2000)] = ""
    title: Annotated[str, Field(max_length=300)] = ""
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{0,20}$")] = ""


class ReceiptFrame(_Frame):
    """The browser has our messages (`delivered`), or the visitor has seen them (`read`), up to this one."""

    type: Literal["delivered", "read"]
    id: ClientId
    upto: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]


Frame = Annotated[MessageFrame | ReceiptFrame, Field(discriminator="type")]
FRAME: TypeAdapter[MessageFrame | ReceiptFrame] = TypeAdapter(Frame)
