"""Does the customer ask for a human? Understood in many languages, at any time, whatever the flow asked."""

import re

from hub.domain.botflow.words import fold

_WORDS = """
human|a human|real human|person|real person|agent|live agent|operator|representative|advisor|consultant|support agent
talk to a human|speak to a human|talk to a person|speak to a person|talk to someone|speak to someone|human please
talk to an agent|speak to an agent|talk to an operator|speak with an agent|speak with a human|talk with a human
i want a human|i need a human|i want a person|i need a person|connect me to an agent|connect me with a human
customer service|not a bot|stop the bot|no bot|talk to somebody|speak to somebody|contact a human
상담원|상담사|상담원 연결|상담사 연결|상담원 바꿔|상담원과 통화|상담원 부탁
사람|사람 연결|사람과 얘기|사람과 대화|사람이랑
직원|직원 연결|직원과 얘기|담당자|담당자 연결|상담 연결|봇 말고|챗봇 말고
człowiek|konsultant|konsultanta|konsultantem|z konsultantem|z człowiekiem|człowieka|pracownik|pracownikiem|operator
operatora|chcę człowieka|rozmowa z konsultantem|połącz z konsultantem|rozmawiać z człowiekiem|z kimś porozmawiać
porozmawiać z człowiekiem|porozmawiać z kimś|żywy człowiek|nie bot|bez bota
mensch|mitarbeiter|berater|einen menschen|mit einem menschen|mit einem mitarbeiter|mit einem berater
mit jemandem sprechen|echte person|kundendienst|kein bot
humano|persona|agente|asesor|operador|hablar con una persona|hablar con un humano|hablar con un agente
hablar con alguien|con un asesor|persona real|atención al cliente
humain|un humain|conseiller|agent humain|parler à un humain|parler à quelqu'un|parler à un conseiller|une vraie personne
человек|оператор|оператора|с оператором|с человеком|живой человек|позовите человека|соедините с оператором|менеджер
позвать человека|поговорить с человеком|консультант|консультанта|сотрудник
людина|людину|з людиною|з оператором|оператор|покличте людину|консультант|жива людина|менеджера
人工|人工客服|真人|转人工|客服|人間|オペレーター|担当者|人と話したい
"""
_PHRASES = frozenset(fold(phrase) for line in _WORDS.split("\n") for phrase in line.split("|") if phrase)


def _stands_within(phrase: str) -> bool:
    """Tell whether a phrase says enough within other words.

    Korean, Chinese and Japanese words take endings, so one of them may begin a word; two signs alone would say too
    little. Of the other languages only phrases of several words count.
    """
    return " " in phrase or (phrase[0] >= "\u1100" and len(phrase) > 2)


_WITHIN = re.compile(f" (?:{'|'.join(re.escape(phrase) for phrase in sorted(_PHRASES) if _stands_within(phrase))})")
"""Any of them where a word begins. One pattern: every message to a bot is looked through."""
_POLITE_WORDS = """
please pls hi hello hey ok okay now just i want need to the an a with me can you could get thanks thank us
주세요 좀 부탁해요 부탁드려요 부탁합니다 해주세요 연결해주세요 연결해 바꿔주세요 원해요 안녕하세요 이요 요 지금
proszę poproszę chcę chciałbym chciałabym dzień dobry hej cześć teraz mi bitte ich möchte will einen mit hallo
por favor quiero un una hola s'il vous plaît je veux voudrais bonjour
пожалуйста хочу мне нужен здравствуйте будь ласка потрібен мені дайте дай живого
"""
_POLITE = frozenset(part for word in _POLITE_WORDS.split() for part in fold(word).split())
_LIMIT = 60
_WORDS_LIMIT = 9


def asks_for_human(text: str) -> bool:
    """Tell whether a short text asks for a human; long ones that merely mention one do not."""
    words = fold(text[:400])
    if not words or len(words) > _LIMIT or len(words.split()) > _WORDS_LIMIT:
        return False
    core = " ".join(word for word in words.split() if word not in _POLITE)
    if words in _PHRASES or core in _PHRASES:
        return True
    return _WITHIN.search(f" {words} ") is not None
