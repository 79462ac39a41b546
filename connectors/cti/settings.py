"""What an admin says about a telephone system that tells the hub of its calls. The model becomes the form in the UI."""

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, field_validator

from hub.domain.ids import UserId

_SECRET = re.compile(r"[\x21-\x7e]{16,200}")
Plain = Annotated[str, AfterValidator(str.strip)]


class CtiSettings(BaseModel):
    """Settings of one telephone system, or of one number of it."""

    model_config = ConfigDict(title="Telephone system (CTI)", hide_input_in_errors=True, defer_build=True)

    number: Plain = Field(
        title="Our number", description="As customers call it, with + and country code: +15551234567."
    )
    secret: SecretStr = Field(
        title="Shared secret",
        description="At least 16 letters and digits that you make up and put into the telephone system, too: it signs "
        "what it tells, or shows the secret as “Authorization: Bearer …”.",
    )
    trust_address: bool = Field(
        False,
        title="The system cannot sign",
        description="Take what comes to this channel's address without a proof. Whoever learns the address could then "
        "make up calls.",
    )
    call_url: Plain = Field(
        "",
        title="Address for click-to-call",
        description="Optional: the hub asks here to ring an agent's phone and then a customer. Signed with the secret.",
    )
    extensions: str = Field(
        "",
        title="Whose extension is whose",
        description="One a line: 101 = the agent's id in the hub (it stands in the address of their page). Without it "
        "calls show the extension only.",
    )
    withheld: str = Field(
        "anonymous, unknown, private, restricted, withheld, unavailable",
        title="Callers without a number",
        description="What the telephone system writes where the number is withheld.",
    )

    @field_validator("number", mode="after")
    @classmethod
    def _is_a_number(cls, value: str) -> str:
        number = re.sub(r"[ ().-]", "", value)
        if not re.fullmatch(r"\+\d{5,15}", number):
            raise ValueError("Write the number with + and country code: +15551234567.")
        return number

    @field_validator("secret", mode="after")
    @classmethod
    def _is_a_secret(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value().strip()
        if not _SECRET.fullmatch(text):
            raise ValueError("The secret needs 16 to 200 letters, digits and signs, without spaces.")
        return SecretStr(text)

    @field_validator("call_url", mode="after")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password):
            raise ValueError("Write the address as https://host/path, without a name or password in it.")
        return value

    @field_validator("extensions", mode="after")
    @classmethod
    def _are_extensions(cls, value: str) -> str:
        _extensions(value)
        return value.strip()

    def users(self) -> Mapping[str, UserId]:
        """Return whose extension is whose."""
        return _extensions(self.extensions)

    def hides(self, caller: str) -> bool:
        """Tell whether this caller withholds their number."""
        text = caller.strip().lower()
        return not text or text in {word.strip().lower() for word in self.withheld.split(",")}


def _extensions(text: str) -> Mapping[str, UserId]:
    found: dict[str, UserId] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        extension, equals, agent = (part.strip() for part in line.partition("="))
        try:
            found[extension] = UserId(UUID(agent))
        except ValueError:
            raise ValueError(f"“{line[:60]}” is not of the form 101 = the agent's id.") from None
        if not equals or not extension:
            raise ValueError(f"“{line[:60]}” is not of the form 101 = the agent's id.")
    return found
