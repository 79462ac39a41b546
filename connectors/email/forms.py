"""Read a posted form, `multipart/form-data` or URL-encoded, within bounds. Pure.

Nothing nested is opened and nothing is copied twice; a form of more parts or longer part headers than any provider
sends is refused, so that a hostile body costs no more than one pass over it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote_to_bytes

from connectors._lib.mail_parameters import parameters

_PARTS = 200
_HEADER_BYTES = 8 * 1024
_NAME_BYTES = 200
_BOUNDARY = re.compile(r"[\x20-\x7e]{1,200}")


class NotAForm(Exception):
    """The body is no form, or one beyond the bounds; the message says which."""


def read_form(body: bytes, content_type: str, only: Collection[str] = ()) -> Mapping[str, bytes]:
    """Return the fields of a form; of a repeated one the first. Raises NotAForm.

    With `only` the others are passed over undecoded: what a stranger posts shall cost little before it is proven.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _first(_url_encoded(body, only))
    if kind == "multipart/form-data":
        boundary = parameters(content_type).get("boundary", "")
        if not _BOUNDARY.fullmatch(boundary):
            raise NotAForm("the form has no boundary")
        return _first(_multipart(body, boundary.encode()), only)
    raise NotAForm("the body is not a form")


def _first(fields: Iterable[tuple[str, bytes]], only: Collection[str] = ()) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for name, value in fields:
        if not only or name in only:
            found.setdefault(name, value)
    return found


def _url_encoded(body: bytes, only: Collection[str]) -> Iterable[tuple[str, bytes]]:
    pairs = body.split(b"&", _PARTS)
    if len(pairs) > _PARTS:
        raise NotAForm(f"the form has more than {_PARTS} fields")
    for pair in pairs:
        coded, _, value = pair.partition(b"=")
        name = _unquoted(coded).decode("utf-8", "replace") if len(coded) <= _NAME_BYTES else ""
        if name and (not only or name in only):
            yield name, _unquoted(value)


def _unquoted(coded: bytes) -> bytes:
    return unquote_to_bytes(coded.replace(b"+", b" "))


def _multipart(body: bytes, boundary: bytes) -> Iterable[tuple[str, bytes]]:
    """Yield the parts between the boundaries (RFC 7578, RFC 2046 section 5.1.1)."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, _PARTS + 1)
    if len(pieces) > _PARTS + 1:
        raise NotAForm(f"the form has more than {_PARTS} parts")
    closed = False
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            closed = True
            break
        end = piece.find(b"\r\n\r\n", 0, _HEADER_BYTES)
        if end < 0:
            raise NotAForm("a part of the form has no header, or one that never ends")
        name = _name_in(piece[:end])
        if name:
            yield name, piece[end + 4 :]
    if not closed:
        raise NotAForm("the form is cut off")


def _name_in(head: bytes) -> str:
    for line in head.decode("utf-8", "replace").split("\r\n"):
        field, _, value = line.partition(":")
        if field.strip().lower() == "content-disposition":
            return parameters(value).get("name", "")
    return ""
