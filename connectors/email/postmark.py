"""Find the mail in what Postmark posts: its raw form, or what Postmark took apart, put together again. Pure.

https://postmarkapp.com/developer/webhooks/inbound-webhook: `RawEmail` is there if “Include raw email content in JSON
payload” is switched on.
"""

import base64
import binascii
import re
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

from connectors._lib.loose_json import Json, objects, text

_FILES = 200
_NAME = re.compile(r"[!-9;-~]{1,100}")
_OURS = frozenset({"content-type", "content-transfer-encoding", "mime-version"})
"""Headers of a mail's structure, which is made anew."""
_FIELDS = ("To", "Cc", "Subject", "Date")


def is_postmarks(told: Json) -> bool:
    """Tell whether a JSON object is an inbound mail of Postmark's."""
    return isinstance(told.get("From"), str) and isinstance(told.get("Headers"), list) and "MessageID" in told


def mail_in(told: Json) -> bytes:
    """Return the mail."""
    raw = told.get("RawEmail")
    if isinstance(raw, str) and raw.strip():
        return raw.encode("utf-8", "surrogateescape")
    return _put_together(told)


def _put_together(told: Json) -> bytes:
    mail = MIMEMultipart("mixed")
    names = set()
    for header in objects(told, "Headers"):
        name, value = text(header, "Name"), text(header, "Value")
        if _NAME.fullmatch(name) and name.lower() not in _OURS:
            mail[name] = _value(value)
            names.add(name.lower())
    if "from" not in names:
        # `From` is the address alone.
        mail["From"] = formataddr((_one_line(text(told, "FromName")), _value(text(told, "From"))))
    for name in _FIELDS:
        if name.lower() not in names and text(told, name):
            mail[name] = _value(text(told, name))
    if recipient := text(told, "OriginalRecipient"):
        mail["X-Original-To"] = _value(recipient)
    if "message-id" not in names:
        # Postmark's own number of the mail: the same at each of its attempts.
        mail["Message-ID"] = f"<{text(told, 'MessageID')}@inbound.postmarkapp.com>"
    words = MIMEMultipart("alternative")
    for field, subtype in (("TextBody", "plain"), ("HtmlBody", "html")):
        if text(told, field):
            words.attach(MIMEText(text(told, field), subtype, "utf-8"))
    if words.get_payload():
        mail.attach(words)
    for file in objects(told, "Attachments")[:_FILES]:
        mail.attach(_file(file))
    return mail.as_bytes()


def _file(file: Json) -> MIMEBase:
    kind = re.fullmatch(r"([\w.+-]{1,60})/([\w.+-]{1,100})", text(file, "ContentType").partition(";")[0].strip())
    part = MIMEBase(*(kind.groups() if kind and kind[1].lower() != "multipart" else ("application", "octet-stream")))
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(_as_base64(text(file, "Content")))
    name, content_id = text(file, "Name"), text(file, "ContentID")
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _one_line(name) or "file"))
    if content_id:
        part["Content-ID"] = f"<{_one_line(content_id).strip('<>')}>"
    return part


def _as_base64(content: str) -> str:
    """Return content in lines a mail may have; nothing for what is no base64."""
    try:
        return base64.encodebytes(binascii.a2b_base64(content)).decode()
    except (binascii.Error, ValueError):
        return ""


def _value(value: str) -> str:
    line = _one_line(value)
    return line if line.isascii() else Header(line, "utf-8", maxlinelen=1_000_000).encode()


def _one_line(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", value).strip()
