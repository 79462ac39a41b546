"""The addresses of websites that may use what a channel offers to browsers."""

import re
from urllib.parse import urlsplit


def web_origin(value: str) -> str:
    """Return an origin as browsers send it (`https://shop.example.com`, `https://*.example.com`).

    Raises ValueError, in words, for anything else.
    """
    text = value.strip().rstrip("/").lower()
    parts = urlsplit(text)
    host = parts.netloc.removeprefix("*.")
    if (
        parts.scheme not in {"http", "https"}
        or not re.fullmatch(r"(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::\d{1,5})?", host)
        or (parts.netloc.startswith("*.") and "." not in host)
        or text != f"{parts.scheme}://{parts.netloc}"
    ):
        raise ValueError(
            f"{value!r} is not an origin. Write the scheme and host only, such as https://shop.example.com, "
            "or https://*.example.com for all its subdomains (non-Latin names in their xn-- form)."
        )
    return text
