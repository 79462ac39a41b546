"""Is it only a thank-you or a goodbye? Such words after the end of a talk ask for nothing."""

from hub.domain.botflow.words import fold

_WORDS = """
thanks thank you thankyou thx ty cheers bye goodbye ok okay great perfect super nice good cool fine you too very much so
a lot have nice day that is all
감사합니다 감사해요 고맙습니다 고마워요 네 넵 예 알겠습니다 수고하세요 안녕히 계세요 좋은 하루 되세요 ㅎㅎ ㅋㅋ
dziękuję dzięki dziekuje bardzo wzajemnie do widzenia miłego dnia ok dobrze super
danke schön vielen dank tschüss gut gracias muchas adiós merci beaucoup au revoir спасибо большое до свидания дякую
"""
_KNOWN = frozenset(fold(word) for word in _WORDS.split() if fold(word))
_LIMIT = 60


def is_courtesy(text: str) -> bool:
    """Tell whether a short text is nothing but courtesy; signs and emoji alone are, too."""
    if len(text) > _LIMIT or "?" in text or "？" in text:
        return False
    return all(word in _KNOWN for word in fold(text).split())
