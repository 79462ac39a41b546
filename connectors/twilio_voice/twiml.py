"""Builds TwiML, Twilio's answer to “what shall this call do”: XML, nothing else. Pure."""

import re
from xml.etree import ElementTree as ET

XML = "text/xml; charset=utf-8"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'


def response() -> ET.Element:
    """Begin a document."""
    return ET.Element("Response")


def add(parent: ET.Element, verb: str, text: str = "", **attributes: str | int | bool | None) -> ET.Element:
    """Add a verb or noun; attributes that are None or "" are left out. Their names are Twilio's own."""
    said = {name: _written(value) for name, value in attributes.items() if value is not None and value != ""}
    made = ET.SubElement(parent, verb, said)
    if text:
        made.text = _clean(text)
    return made


def written(document: ET.Element) -> bytes:
    """Return the document as bytes."""
    return _HEAD + ET.tostring(document, encoding="unicode").encode()


def _written(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _clean(str(value))


def _clean(text: str) -> str:
    """Leave out what XML cannot hold: control characters and lone surrogates."""
    return _NOT_XML.sub("", text)
