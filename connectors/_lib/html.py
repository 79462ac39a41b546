"""Make a stranger's HTML safe to show, fold the mail it quotes, and read it as text.

Safe means: no script, no handler, no form, no style sheet, no relative or dangerous address (measured on 4,863
hostile inputs: design/protocols.md B13). Remote images keep their `src`: the screens show this HTML only in a
sandboxed frame whose content policy blocks them until the reader asks. `cid:` images name attachments.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from itertools import islice

import lxml.html
import nh3
from lxml import etree

from connectors._lib.mail_quotes import attribution_length, quote_start

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "cid"})
_ADDRESS_ATTRIBUTES = frozenset({"href", "src", "cite", "longdesc", "background"})
_TAGS = (nh3.ALLOWED_TAGS | {"font", "center", "details", "summary", "big", "u", "s"}) - {"map", "area"}
_BOX = {"width", "height", "align", "valign", "bgcolor"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "title", "style", "align"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size", "face"},
    "table": _BOX | {"border", "cellpadding", "cellspacing"},
    "td": _BOX | {"colspan", "rowspan"},
    "th": _BOX | {"colspan", "rowspan", "scope"},
    "tr": _BOX,
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "ol": {"start", "type"},
    "details": {"open"},
    "blockquote": {"type"},
}
_STYLES = {
    *("color", "background-color", "font", "font-family", "font-size", "font-style", "font-weight", "line-height"),
    *("text-align", "text-decoration", "text-indent", "vertical-align", "white-space", "letter-spacing", "direction"),
    *("margin", "margin-top", "margin-right", "margin-bottom", "margin-left"),
    *("padding", "padding-top", "padding-right", "padding-bottom", "padding-left"),
    *("border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-style"),
    *("border-width", "border-collapse", "border-spacing", "border-radius"),
    *("width", "height", "max-width", "min-width", "max-height", "display", "list-style-type", "list-style"),
}
_SCHEME = re.compile(r"^\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_LIMIT = 2 * 1024 * 1024
"""Characters of one HTML body that are read; the rest is one click away in the raw event."""
_MARK = "\ue000\ue001\ue000"
_MARKED = etree.XPath(
    "//blockquote | //*[self::div or self::hr or self::section or self::p or self::span][@class or @id or @style]"
)
_BLANK = " \t\r\n\u00a0\u200b"
_MAX_CANDIDATES = 30
_WORTH_COUNTING = 1000
_BOMB = 1000
_ANY_TAG = re.compile(r"<[^<>]*>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NOT_NESTING = frozenset(
    {
        *("p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "meta", "link"),
        *("col", "area", "base", "wbr", "source"),
    }
)
_TOO_DEEP = 150
"""Levels of nesting beyond which a tree is not walked by recursion; real newsletters have about forty."""
_QUOTE_CLASSES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra")
_QUOTE_IDS = ("divRplyFwdMsg", "appendonsend", "stopSpelling", "mail-editor-reference-message-container", "zwchr")
_HINT = re.compile("|".join(("blockquote", *_QUOTE_CLASSES, *_QUOTE_IDS)), re.IGNORECASE)


def _safe_attribute(element: str, attribute: str, value: str) -> str | None:  # noqa: ARG001 - nh3's signature
    if attribute in _ADDRESS_ATTRIBUTES:
        scheme = _SCHEME.match(value)
        return value if scheme and scheme.group(1).lower() in _SCHEMES else None
    if attribute == "style" and ("url(" in value.lower() or "\\" in value or "expression" in value.lower()):
        return None
    return value


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "title", "head", "template", "noscript", "svg", "math", "iframe"},
        attributes=_ATTRIBUTES,
        attribute_filter=_safe_attribute,
        url_schemes=set(_SCHEMES),
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=_STYLES,
    )


def sanitised(html: str) -> str:
    """Return HTML that is safe to show in a sandboxed frame; "" for nesting that only an attack has."""
    html = html[:_LIMIT]
    return "" if _is_bomb(html) else _cleaner().clean(html)


def _is_bomb(html: str) -> bool:
    """Tell whether tags are nested so deep that parsers take seconds, or drop what is inside."""
    if html.count("<") < _WORTH_COUNTING:
        return False
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match.group(2).lower() in _NOT_NESTING:
            continue
        depth = max(depth - 1, 0) if match.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest > _BOMB


def sanitised_with_fold(html: str) -> str:
    """Return safe HTML whose trailing quotation is folded into `<details>`, which opens without scripts."""
    html = html[:_LIMIT]
    if not _HINT.search(html) or _is_bomb(html):
        return sanitised(html)
    tree = _tree(html)
    quote = _trailing_quote(tree) if tree is not None else None
    if tree is None or quote is None or not _has_text_before(tree, quote):
        return sanitised(html)
    _fold(quote)
    return sanitised(lxml.html.tostring(tree, encoding="unicode"))


def html_text(html: str) -> tuple[str, int | None]:
    """Return the text of an HTML mail, and the index at which its trailing quotation begins (see mail_quotes)."""
    html = html[:_LIMIT]
    if _is_bomb(html):
        return unescape(_ANY_TAG.sub(" ", html)).strip(), None
    tree = _tree(html)
    if tree is None:
        return "", None
    quote = _trailing_quote(tree)
    if quote is not None:
        _mark_before(quote)
    text = re.sub(r"[ \t\u00a0\u200b]+\n", "\n", _plain(tree) + "\n")
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    index = text.find(_MARK)
    text = text.replace(_MARK, "")
    by_pattern = quote_start(text)
    if index < 0:
        return text, by_pattern
    at = _with_attribution(text, index)
    if by_pattern is not None:
        at = min(at, by_pattern)
    return text, at if text[:at].strip() else None


def _plain(tree: "etree._Element") -> str:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _TOO_DEEP:
            return "\n".join(text.strip() for text in tree.itertext() if text.strip())
    return _text_of(tree)


def _text_of(tree: "etree._Element") -> str:
    from inscriptis import Inscriptis  # not at the top: a start reads no HTML

    return str(Inscriptis(tree, _plain_config()).get_text())


@cache
def _plain_config() -> object:
    from inscriptis.css_profiles import STRICT_CSS_PROFILE
    from inscriptis.model.config import ParserConfig

    return ParserConfig(css=STRICT_CSS_PROFILE.copy(), display_images=False, display_links=False)


def _tree(html: str) -> "etree._Element | None":
    if not html.strip():
        return None
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\x00", ""))  # lxml refuses str with an encoding declaration
    try:
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding=None, huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    for element in list(tree.iter("script", "style", "head", "title", "noscript", "template")):
        element.drop_tree()
    return tree


def _candidates(tree: "etree._Element") -> "Iterator[etree._Element]":
    for element in _MARKED(tree):
        classes = (element.get("class") or "").split()
        style = (element.get("style") or "").replace(" ", "").lower()
        marked = any(name in classes for name in _QUOTE_CLASSES) or element.get("id") in _QUOTE_IDS
        outlook = element.tag == "div" and "border-top:solid#" in style.replace("border:none;", "")
        if marked or outlook or element.tag == "blockquote":
            yield element


def _trailing_quote(tree: "etree._Element") -> "etree._Element | None":
    """Return the first quotation behind which nothing but quotation follows."""
    for element in islice(_candidates(tree), _MAX_CANDIDATES):
        if _starts_the_rest(element) or not _has_text_after(element):
            return element
    return None


def _starts_the_rest(element: "etree._Element") -> bool:
    """Tell whether a mark means that everything behind it is quoted, as Outlook's and Thunderbird's do."""
    if element.tag == "hr" or element.get("id") in _QUOTE_IDS or "moz-cite-prefix" in (element.get("class") or ""):
        return True
    return element.tag == "div" and "border-top" in (element.get("style") or "")


def _has_text_after(element: "etree._Element") -> bool:
    node: etree._Element | None = element
    while node is not None:
        if (node.tail or "").strip(_BLANK):
            return True
        for sibling in node.itersiblings():
            inside = sibling.itertext() if isinstance(sibling.tag, str) and sibling.tag != "blockquote" else ()
            if any(text.strip(_BLANK) for text in inside) or (sibling.tail or "").strip(_BLANK):
                return True
        node = node.getparent()
    return False


def _has_text_before(tree: "etree._Element", quote: "etree._Element") -> bool:
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment")):
        if element is quote:
            return False
        text = element.text if event == "start" else element.tail
        if (text or "").strip(_BLANK):
            return True
    return False


def _mark_before(quote: "etree._Element") -> None:
    mark = etree.Element("span")
    mark.text = _MARK
    quote.addprevious(mark)


def _fold(quote: "etree._Element") -> None:
    """Move the quotation, and what follows it, into a closed `<details>`."""
    details = etree.Element("details")
    summary = etree.SubElement(details, "summary")
    summary.text = "…"
    following = [quote, *quote.itersiblings()]
    quote.addprevious(details)
    for node in following:
        details.append(node)


def _with_attribution(text: str, index: int) -> int:
    """Move the start of a quotation up over the "On … wrote:" line that stands before it."""
    lines = text[:index].split("\n")
    last = len(lines) - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    for first in range(max(last - 3, 0), last + 1):
        if last >= 0 and attribution_length(lines[: last + 1], first) == last + 1 - first:
            return sum(len(line) + 1 for line in lines[:first])
    return index
