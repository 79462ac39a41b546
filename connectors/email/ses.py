"""Find the mail in what SES publishes: whole, or only its header where the mail lies in a bucket. Pure.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
"""

import binascii
import re
from base64 import b64decode

from connectors._lib.loose_json import Json, inner, objects, text
from hub.contract import UnparseableEvent

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_NAME = re.compile(r"[!-9;-~]{1,100}")


def mail_in(told: Json) -> tuple[bytes, str]:
    """Return the mail, and in words where the rest of it is if only its header came. Raises UnparseableEvent."""
    content = told.get("content")
    if isinstance(content, str):
        return _decoded(content, text(inner(inner(told, "receipt"), "action"), "encoding")), ""
    head = _header(inner(told, "mail"))
    if not head:
        raise UnparseableEvent("SES told of a mail without its content and its headers.")
    return head, _place(inner(inner(told, "receipt"), "action"))


def _decoded(content: str, encoding: str) -> bytes:
    if encoding.upper() != "BASE64":
        return content.encode("utf-8", "surrogateescape")
    try:
        return b64decode(content)
    except (binascii.Error, ValueError):
        raise UnparseableEvent("SES says the mail is in base64, but it is not.") from None


def _header(mail: Json) -> bytes:
    lines = []
    for header in objects(mail, "headers"):
        name, value = text(header, "name"), text(header, "value")
        if _NAME.fullmatch(name):
            lines.append(f"{name}: {_CONTROLS.sub(' ', value).strip()}\r\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def _place(action: Json) -> str:
    bucket, key = text(action, "bucketName"), text(action, "objectKey")
    if bucket:
        return f"It lies in the S3 bucket {bucket} as {key}; read it there."
    return "Add an SNS action with the mail's content to the receipt rule."
