"""The alphabets of SMS: bytes to text and back, by data coding (3GPP TS 23.038, SMPP 3.4 section 5.2.19). Pure."""

from enum import StrEnum

from hub.domain.sms import GSM_BASIC, GSM_EXTENDED, is_gsm7

ASCII, LATIN_1, CYRILLIC, HEBREW, UCS2 = 1, 3, 6, 7, 8
_CODECS = {ASCII: "ascii", LATIN_1: "latin-1", CYRILLIC: "iso8859-5", HEBREW: "iso8859-8", 5: "shift_jis", 14: "euc_kr"}
_ESCAPE = 27
_EXTENDED_BY_CODE = {code: letter for letter, code in GSM_EXTENDED.items()}
_CODE = {letter: code for code, letter in enumerate(GSM_BASIC)}


class DefaultAlphabet(StrEnum):
    """What an operator means by data coding 0."""

    gsm7 = "gsm7"
    """The GSM alphabet, a letter to a byte."""
    latin1 = "latin1"
    ascii = "ascii"


def decode(content: bytes, data_coding: int, default: DefaultAlphabet) -> str | None:
    """Return the text; None for content that is no text (ring tones, WAP push, SIM data)."""
    coding = _coding(data_coding)
    if coding is None:
        return None
    if coding == UCS2:
        return content.decode("utf-16-be", "replace")
    if coding == 0:
        return gsm7_text(content) if default is DefaultAlphabet.gsm7 else content.decode("latin-1")
    return content.decode(_CODECS[coding], "replace")


def _coding(data_coding: int) -> int | None:
    """Reduce a data coding to one of ours: message classes (0xF0 to 0xFF, and 0x10 to 0x1F) have two alphabets."""
    if data_coding >= 0xF0:
        return None if data_coding & 0x04 else 0
    if data_coding & 0xF0 == 0x10:
        return {0x00: 0, 0x08: UCS2}.get(data_coding & 0x0C)
    return data_coding if data_coding in _CODECS or data_coding in (0, UCS2) else None


def gsm7_text(content: bytes) -> str:
    """Read the GSM alphabet, a letter to a byte; an unknown code is shown as the replacement sign."""
    letters: list[str] = []
    codes = iter(content)
    for code in codes:
        if code == _ESCAPE:
            # An extension nobody knows is shown as its basic letter: TS 23.038 section 6.2.1.1.
            following = next(codes, None)
            if following is not None:
                basic = GSM_BASIC[following] if following < 128 else "\ufffd"
                letters.append(_EXTENDED_BY_CODE.get(following, basic))
        else:
            letters.append(GSM_BASIC[code] if code < 128 else "\ufffd")
    return "".join(letters)


def gsm7_units(text: str) -> list[bytes]:
    """Return each letter's bytes in the GSM alphabet; the text must be `is_gsm7`."""
    return [bytes((_CODE[c],)) if c in _CODE else bytes((_ESCAPE, GSM_EXTENDED[c])) for c in text]


def units(text: str, default: DefaultAlphabet) -> tuple[int, list[bytes]]:
    """Return the data coding for a text and the bytes of each letter, which must not be torn."""
    if default is DefaultAlphabet.gsm7 and is_gsm7(text):
        return 0, gsm7_units(text)
    plain = "ascii" if default is DefaultAlphabet.ascii else "latin-1"
    if default is not DefaultAlphabet.gsm7 and _fits(text, plain):
        return 0, [letter.encode(plain) for letter in text]
    return UCS2, [letter.encode("utf-16-be", "replace") for letter in text]


def _fits(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
