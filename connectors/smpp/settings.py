"""What an admin says about one SMPP account with an operator. The model becomes the form in the UI."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

from connectors.smpp.alphabet import DefaultAlphabet
from connectors.smpp.receipts import ReceiptIds

Line = Annotated[str, StringConstraints(strip_whitespace=True)]


class SmppSettings(BaseModel):
    """Settings of one account."""

    model_config = ConfigDict(title="SMPP account", hide_input_in_errors=True)

    host: Line = Field(
        min_length=1, max_length=253, title="Server", description="The operator's SMPP server, without a port."
    )
    port: int = Field(
        2775, ge=1, le=65535, title="Port", description="2775 plain, 3550 with TLS, unless told otherwise."
    )
    tls: bool = Field(
        False,
        title="TLS",
        description="Encrypts the connection. Without it the password travels in the clear: use a VPN or a line of "
        "your own.",
    )
    system_id: Line = Field(min_length=1, max_length=15, title="System id", description="The user name for the bind.")
    password: SecretStr = Field(
        title="Password", description="For the bind, at most 8 letters by the standard; from the operator."
    )
    system_type: Line = Field("", max_length=12, title="System type", description="Mostly empty.")
    sender: Line = Field(
        title="Sender",
        description="The number customers see and answer to, as +48221234567; a short code such as 60123; or up to 11 "
        "letters, to which nobody can answer.",
    )
    default_alphabet: DefaultAlphabet = Field(
        DefaultAlphabet.gsm7,
        title="Default alphabet",
        description="What the operator means by data coding 0. If @ and _ arrive as other signs, choose latin1.",
    )
    receipt_ids: ReceiptIds = Field(
        ReceiptIds.same,
        title="Ids in receipts",
        description="Some operators write ids in hexadecimal in one place and in decimal in the other. If messages are "
        "delivered and stay at “sent”, compare both in the loss ledger.",
    )
    per_second: float | None = Field(
        None, gt=0, le=1000, title="Messages a second", description="As agreed with the operator; empty is no limit."
    )
    window: int = Field(
        10, ge=1, le=1000, title="Window", description="Submissions that may wait for their answer at the same time."
    )
    enquire_seconds: int = Field(
        30, ge=5, le=600, title="Sign of life every", description="Seconds of silence after which we ask the operator."
    )
    validity: Line = Field(
        "",
        title="Messages wait at most",
        description="How long the operator tries, in SMPP's relative form: 000001000000000R is one day. "
        "Empty is its rule.",
    )
    stop_words: str = Field(
        "STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT",
        max_length=500,
        title="Words that opt out",
        description="A customer who sends one of them alone is not written to any more. Separate by commas.",
    )
    start_words: str = Field(
        "START, UNSTOP", max_length=500, title="Words that opt in again", description="Separate by commas."
    )

    @field_validator("sender")
    @classmethod
    def _a_sender(cls, value: str) -> str:
        if re.fullmatch(r"\+?\d{3,15}", value) or re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9 .&_-]{1,11}", value):
            return value
        raise ValueError("Write a number (+48221234567), a short code (60123), or up to 11 letters.")

    @field_validator("validity")
    @classmethod
    def _a_span(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d{15}R", value):
            raise ValueError("Write 15 digits and R: YYMMDDhhmmss, then 000R. One day is 000001000000000R.")
        return value

    @field_validator("password")
    @classmethod
    def _ascii(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().isascii() or "\0" in value.get_secret_value():
            raise ValueError("SMPP carries only plain letters and digits in a password.")
        return value
