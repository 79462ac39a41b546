"""Find where the quoted earlier mail begins, so that a screen can fold it. Nothing is cut: a view, not an edit.

`quote_start(text)` gives one index: `text[:index]` is what the person wrote now, `text[index:]` the quotation, and
both together are the text. A quotation is only folded when nothing of the person's own follows it: answers
written between quoted lines stay visible, and so do forwarded mails, which are the message.
Patterns are our own: no library knows Polish and Korean clients (design/dependencies.md section 6).
"""

import re

_VERBS = (
    r"wrote|writes|a écrit|écrit|schrieb|geschrieben|escribió|escribio|ha scritto|scritto|escreveu|schreef|skrev"
    r"|napisał(?:\(a\)|a)?|napisal(?:\(a\)|a)?|pisze|kirjoitti|написала?|пишет|писала?|пише|yazdı|napsal\(?a?\)?"
    r"|írta|a scris|έγραψε|skrifaði|작성|님이 씀|wrote\s+the\s+following|写道|寫道|書きました|さんが書き"
)
_VERB = re.compile(rf"(?:^|[\s>\)\d,.]|님이\s?)(?:{_VERBS})(?:[\s:：<.(]|$)", re.IGNORECASE)
_DATED = re.compile(r"\d{1,4}\s?[./:\-年월月]\s?\d{1,2}|\b(?:19|20)\d\d\b|\b\d{1,2}:\d{2}\b")
_ADDRESSED = re.compile(r"[<\[(\"]?[^\s<>@]+@[^\s<>@]+[>\])\"]?")
_ATTRIBUTION_START = re.compile(
    r"^\s*(?:\*|_)?(?:On|Le|Am|El|Il|Em|Op|Den|På|Dnia|W dniu|Dne|Pe|Στις|Vào|Em|A|Il giorno|Il dì|в|В|"
    r"\d{1,4}[.\-/년年 ]|pon\.|wt\.|śr\.|czw\.|pt\.|sob\.|niedz\.|"
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Пн|Вт|Ср|Чт|Пт|Сб|Вс|lun|mar|mer|jeu|ven|sam|dim|ma|ti|ke|to|pe|la|su)\w*[., ]|"
    r"[^\s]+@[^\s]+|-{2,}\s*On\b|.{0,80}?\bwrote\b|.{0,80}?<[^>]+>.*[:：]\s*$)",
)
_SEPARATOR = re.compile(
    r"^[>\s]*[-_=–—*]{2,}\s*(?:original message|ursprüngliche nachricht|original-?nachricht"
    r"|message d['’]origine|message original"
    r"|mensaje original|messaggio originale|mensagem original|oprindelig (?:meddelelse|besked)|opprinnelig melding"
    r"|original ?meddelande|ursprungligt meddelande|oorspronkelijk bericht|alkuperäinen viesti|wiadomość oryginalna"
    r"|oryginalna wiadomość|původní zpráva|исходное сообщение|пересылаемое сообщение|원본 메시지|원본 메일"
    r"|original mail"
    r"|元のメッセージ|原始邮件|原邮件|reply message|original appointment)\s*[-_=–—*:]{0,}.*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^[>\s]*(?:[-_=–—]{2,}\s*)?(?:forwarded message|begin forwarded message|weitergeleitete nachricht"
    r"|message transféré"
    r"|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|wiadomość przekazana|przekazana wiadomość"
    r"|doorgestuurd bericht|vidarebefordrat meddelande|пересылаемое сообщение|전달된 메시지|転送|转发邮件)",
    re.IGNORECASE,
)
_FROM = (
    r"from|von|de|da|od|от|van|från|fra|lähettäjä|feladó|expéditeur|remitente|보낸 ?사람|보낸이|差出人|发件人|寄件者"
)
_OTHER = (
    r"sent|date|to|cc|bcc|subject|reply-to|gesendet|datum|an|betreff|envoyé|à|objet|cc|enviado"
    r"|enviada(?: em)?|fecha|para|asunto"
    r"|assunto|data|inviato|a|oggetto|wysłano|wysłane|do|dw|temat|data|отправлено|дата|кому|копия|тема|verzonden|aan"
    r"|onderwerp|skickat|till|ämne|sendt|til|emne|lähetetty|vastaanottaja|aihe|보낸 ?날짜|보낸 ?시간|날짜"
    r"|받는 ?사람|받는이|참조|제목"
    r"|送信日時|日時|宛先|件名|发送时间|日期|收件人|抄送|主题"
)
_FROM_LINE = re.compile(rf"^[>\s]*\*?(?:{_FROM})\s*\*?\s*[:：]\*?\s*\S", re.IGNORECASE)
_HEADER_LINE = re.compile(rf"^[>\s]*\*?(?:{_FROM}|{_OTHER})\s*\*?\s*[:：]", re.IGNORECASE)
_RULE = re.compile(r"^\s*[_\-=*]{5,}\s*$")
_WORTH_A_LOOK = re.compile(r"[:：>]|--|wrote|작성")
_LONGEST_MARK = 1000
"""Characters of the longest line that can begin a quotation."""
_SCAN_LIMIT = 4000
"""Lines looked at; longer texts are logs, and their folding is not worth the time."""


def quote_start(text: str) -> int | None:
    """Return the index at which the quoted earlier mail begins, or None if nothing should be folded."""
    if not _WORTH_A_LOOK.search(text):
        return None
    lines = text.split("\n", _SCAN_LIMIT)[:_SCAN_LIMIT]
    trailing = _trailing_quote(lines)
    first = trailing
    for index, line in enumerate(lines[: trailing + 1 if trailing is not None else None]):
        if len(line) > _LONGEST_MARK:
            continue
        if _FORWARD.match(line):
            return None if first is None or index < first else _offset(lines, first)
        if _SEPARATOR.match(line) or _is_header_block(lines, index):
            first = index
            break
        length = attribution_length(lines, index)
        if length and _quoted_to_the_end(lines, index + length):
            first = index
            break
    if first is None:
        return None
    return _offset(lines, _with_rule_above(lines, first))


def attribution_length(lines: list[str], index: int) -> int:
    """Return how many lines an "On … somebody wrote:" takes that begins at `lines[index]`; 0 if none does."""
    if not _ATTRIBUTION_START.match(lines[index]):
        return 0
    joined = ""
    for length, line in enumerate(lines[index : index + 4], 1):
        stripped = line.strip()
        if not stripped or (length > 1 and stripped.startswith(">") and stripped != ">:"):
            return 0
        joined = f"{joined} {stripped}"
        if len(joined) > 400:
            return 0
        if stripped[-1] in ":：" or stripped.rstrip("- ").endswith(("wrote", "작성")):
            dated = _DATED.search(joined) is not None
            told = _VERB.search(joined) is not None
            signed = re.search(r"@\S+[>\])]?\s?[:：]$", joined) is not None
            return length if dated and (told or signed) else 0
    return 0


def _trailing_quote(lines: list[str]) -> int | None:
    """Return the first line of the block of `>` lines that ends the text, if one does."""
    first = None
    for index in range(len(lines) - 1, -1, -1):
        stripped = lines[index].strip()
        if stripped.startswith((">", "&gt;")):
            first = index
        elif stripped:
            break
    return first


def _quoted_to_the_end(lines: list[str], start: int) -> bool:
    """Tell whether what follows an attribution is all quotation.

    Either every line is marked, or none is: a client that does not mark quotes. Marked lines with own text
    behind them are an answer between the lines.
    """
    rest = [line.strip() for line in lines[start:] if line.strip()]
    if not rest:
        return False
    marked = [line.startswith((">", "&gt;")) for line in rest]
    if not marked[0]:
        return not any(marked)
    last = len(marked) - 1 - marked[::-1].index(True)
    return all(marked[: last + 1]) and last == len(marked) - 1


def _is_header_block(lines: list[str], index: int) -> bool:
    if not _FROM_LINE.match(lines[index]):
        return False
    following = [line for line in lines[index + 1 : index + 9] if line.strip()][:6]
    return sum(_HEADER_LINE.match(line) is not None for line in following) >= 2


def _with_rule_above(lines: list[str], first: int) -> int:
    above = first - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above > 0 and _RULE.match(lines[above]) else first


def _offset(lines: list[str], first: int) -> int | None:
    before = sum(len(line) + 1 for line in lines[:first])
    return before if any(line.strip() for line in lines[:first]) else None
