"""What an admin says about one XMPP account. The model becomes the form in the UI."""

import re
from ipaddress import ip_address

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

NAMESPACE = "xmpp"
"""Of the addresses there: bare JIDs (`anna@example.org`), and room JIDs for groups."""

JID = re.compile(r"[^\s\"&'/:<>@\x00-\x20]{1,500}@[A-Za-z0-9][A-Za-z0-9.\-\u0080-\uffff]{0,250}")
"""A bare JID with a local part: https://www.rfc-editor.org/rfc/rfc7622."""
_SERVER = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})")
_CERTIFICATE = "-----BEGIN CERTIFICATE-----"


class XmppSettings(BaseModel):
    """Settings of one account."""

    model_config = ConfigDict(title="XMPP account", hide_input_in_errors=True)

    jid: str = Field(
        title="Address (JID)",
        description="The account's address, such as support@example.org. Customers write to it.",
    )
    password: SecretStr = Field(
        min_length=1, title="Password", description="Of the account; from whoever runs the server. Keep it secret."
    )
    server: str = Field(
        "",
        title="Server",
        description="host:port, only if the domain's DNS does not lead there (no SRV record).",
    )
    certificate: str = Field(
        "",
        title="Certificate authority",
        description="Only for a server with a certificate of its own making: that certificate in PEM form, "
        "-----BEGIN CERTIFICATE----- and so on.",
    )
    plain_login: bool = Field(
        False,
        title="Allow PLAIN login",
        description="Only for servers that offer no SCRAM: the password then travels as it is, inside TLS.",
    )
    rooms: str = Field(
        "",
        title="Rooms",
        description="Group chats to take part in, separated by spaces: support@rooms.example.org",
    )
    nick: str = Field("", title="Name in rooms", description="Empty: the part of the address before the @.")
    accept_contacts: bool = Field(
        True,
        title="Accept contact requests",
        description="Customers may add the account to their contacts and see whether it is online.",
    )

    @field_validator("jid")
    @classmethod
    def _a_jid(cls, value: str) -> str:
        bare = value.strip().partition("/")[0].lower()
        if not JID.fullmatch(bare):
            raise ValueError("Write the address as name@example.org.")
        return bare

    @field_validator("server")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        found = _SERVER.fullmatch(value.strip()) if value.strip() else None
        if value.strip() and (found is None or not 0 < int(found[2]) < 65536):
            raise ValueError("Write the server as host:port, such as xmpp.example.org:5222.")
        return value.strip()

    @field_validator("certificate")
    @classmethod
    def _pem(cls, value: str) -> str:
        if value.strip() and not value.strip().startswith(_CERTIFICATE):
            raise ValueError("Paste the certificate in PEM form: it begins with -----BEGIN CERTIFICATE-----.")
        return value.strip()

    @field_validator("rooms")
    @classmethod
    def _room_jids(cls, value: str) -> str:
        rooms = [room.lower() for room in value.replace(",", " ").split()]
        if wrong := [room for room in rooms if not JID.fullmatch(room)]:
            raise ValueError(f"“{wrong[0][:60]}” is not a room such as support@rooms.example.org.")
        return " ".join(dict.fromkeys(rooms))

    @model_validator(mode="after")
    def _nick_without_slash(self) -> "XmppSettings":
        if "/" in self.nick or len(self.nick) > 60:
            raise ValueError("The name in rooms has at most 60 characters and no slash.")
        return self

    @property
    def room_nick(self) -> str:
        """The name we have in rooms."""
        return self.nick.strip() or self.jid.partition("@")[0]

    @property
    def room_list(self) -> tuple[str, ...]:
        """The rooms to join."""
        return tuple(self.rooms.split())

    @property
    def host_and_port(self) -> tuple[str, int] | None:
        """Where to connect, if DNS shall not be asked."""
        found = _SERVER.fullmatch(self.server)
        return (found[1].strip("[]"), int(found[2])) if found else None

    @property
    def in_the_open(self) -> bool:
        """Whether the connection may do without TLS: only on this machine, by number."""
        try:
            return self.host_and_port is not None and ip_address(self.host_and_port[0]).is_loopback
        except ValueError:
            return False
