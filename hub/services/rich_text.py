"""Cleans the HTML an agent or a program writes, and makes its plain text."""

_TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "hr", "i", "img", "li", "ol", "p", "pre",
    "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute, or drop it by returning None: nh3 lets relative addresses through its list of schemes."""
    if name in {"href", "src"} and value.strip().partition(":")[0].lower() not in _SCHEMES:
        return None
    return None if tag == "img" and name == "src" and not value.lower().startswith("cid:") else value


def clean(html: str) -> str:
    """Return HTML that is safe to store, show in the sandboxed frame and send.

    Images are kept only where they are files of the message itself (`cid:`).
    """
    import nh3  # not at the top, as below: a start needs none of it

    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style", "title"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    ).strip()


def plain(html: str) -> str:
    """Return the text of clean HTML, laid out as a reader would see it."""
    from inscriptis import get_text

    return get_text(html).strip() if html else ""
