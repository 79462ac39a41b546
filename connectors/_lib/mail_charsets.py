"""Turn a mail's bytes into text, whatever charset it claims: declared, then its alias, then UTF-8, then a guess.

Real mail names charsets that do not exist (`X-UNKNOWN`, `fakescii`, `_iso-2022-jp$ESC`) and uses narrow names
for wide encodings (`ks_c_5601-1987` for cp949). Nothing here raises, and nothing is dropped silently: what no
codec can read becomes U+FFFD.
"""

import codecs
import re
from functools import lru_cache

_WIDER = {
    # What the label says and what senders mean by it: https://encoding.spec.whatwg.org/#names-and-labels
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "korean": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8mb4": "utf-8",
}
_NOT_TEXT = frozenset({"unicode_escape", "raw-unicode-escape", "unicode-escape", "idna", "punycode", "undefined"})
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_GUESS_FROM = 256
"""Bytes of a mostly Latin text below which a statistical guess is worse than cp1252."""


@lru_cache(maxsize=256)
def codec_for(charset: str) -> str:
    """Return the Python codec for a charset label, or "" if there is none that yields text."""
    name = charset.strip().strip("\"'").lower()
    name = _WIDER.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(info, "_is_text_encoding", True)  # CPython's own mark; `base64` and `zlib` are codecs, too
    return info.name if is_text and info.name not in _NOT_TEXT else ""


def decode_text(data: bytes, charset: str = "") -> str:
    """Decode the text of a mail part or header. Never raises; the result holds no NUL and no lone surrogate."""
    if data.isascii() and b"\x1b" not in data and not charset.lower().startswith(("utf-7", "utf-16", "utf-32")):
        text = data.decode("ascii")
        return text.replace("\x00", "") if "\x00" in text else text
    return _UNSTORABLE.sub("", _decode(data, codec_for(charset) if charset else ""))


def _decode(data: bytes, codec: str) -> str:
    if codec and codec not in ("cp1252", "ascii"):
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            pass  # the next candidates follow
    elif not codec and b"\x1b$" in data:
        return data.decode("iso2022_jp_ext", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8 either
    if codec:
        return data.decode(codec, "replace")
    high = sum(byte > 0x7F for byte in data[:_GUESS_FROM])
    worth_guessing = len(data) >= _GUESS_FROM or (len(data) >= 6 and high * 2 > len(data))
    return data.decode((_guessed(data[:8192]) if worth_guessing else "") or "cp1252", "replace")


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # not at the top: few mails need it, and it loads every Asian codec

    best = from_bytes(data).best()
    return best.encoding if best else ""
