"""`python -m hub.api.schema` prints the OpenAPI document, from which the screens' types are made. Needs no database."""

import sys

import orjson

from hub import __version__
from hub.api.app import openapi


def document_text() -> bytes:
    """Return the document as JSON text."""
    return orjson.dumps(openapi(__version__), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    sys.stdout.buffer.write(document_text())
