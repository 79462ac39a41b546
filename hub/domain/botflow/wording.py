"""The hub's own words to customers, for where a flow's author wrote none."""

from enum import StrEnum

from hub.domain.botflow.flow import AnswerKind


class Word(StrEnum):
    """What is to be said."""

    hand_over = "hand_over"
    retry_text = "text"
    retry_name = "name"
    retry_phone = "phone"
    retry_email = "email"
    retry_date = "date"
    retry_number = "number"
    retry_choice = "choice"
    retry_file = "file"
    helped = "helped"
    yes = "yes"
    no = "no"


LANGUAGES = ("en", "ko", "pl", "de", "es", "fr", "ru", "uk")

_W = Word
_WORDS: dict[Word, tuple[str, ...]] = {
    _W.hand_over: (
        "I am connecting you with a colleague. They will answer here.",
        "담당자에게 연결해 드릴게요. 이 대화에서 답변드리겠습니다.",
        "Łączę z naszym pracownikiem. Odpowie w tej rozmowie.",
        "Ich verbinde Sie mit einer Kollegin oder einem Kollegen. Die Antwort kommt hier.",
        "Le paso con una persona de nuestro equipo. Le responderá aquí.",
        "Je vous mets en relation avec un collègue. La réponse arrivera ici.",
        "Соединяю вас с сотрудником. Он ответит здесь.",
        "З'єдную вас із співробітником. Він відповість тут.",
    ),
    _W.retry_text: (
        "Please answer in a few words.",
        "간단히 글로 답해 주세요.",
        "Proszę odpowiedzieć w kilku słowach.",
        "Bitte antworten Sie in ein paar Worten.",
        "Responda en pocas palabras, por favor.",
        "Répondez en quelques mots, s'il vous plaît.",
        "Пожалуйста, ответьте в нескольких словах.",
        "Будь ласка, дайте відповідь кількома словами.",
    ),
    _W.retry_name: (
        "What is your name? Your first name is enough.",
        "성함을 알려 주세요.",
        "Jak się Pan(i) nazywa? Wystarczy imię.",
        "Wie heißen Sie? Der Vorname genügt.",
        "¿Cómo se llama? Basta con el nombre.",
        "Comment vous appelez-vous ? Le prénom suffit.",
        "Как вас зовут? Достаточно имени.",
        "Як вас звати? Достатньо імені.",
    ),
    _W.retry_phone: (
        "That does not look like a phone number. Please write it with the country code, like +44 20 7946 0000.",
        "전화번호 형식이 아닌 것 같아요. 국가번호와 함께 적어 주세요. 예: +82 10 1234 5678",
        "To nie wygląda na numer telefonu. Proszę podać go z kierunkowym kraju, np. +48 601 234 567.",
        "Das sieht nicht nach einer Telefonnummer aus. Bitte mit Ländervorwahl, etwa +49 30 123456.",
        "No parece un número de teléfono. Escríbalo con el prefijo del país, por ejemplo +34 600 000 000.",
        "Cela ne ressemble pas à un numéro. Indiquez-le avec l'indicatif du pays, par exemple +33 6 12 34 56 78.",
        "Это не похоже на номер телефона. Напишите его с кодом страны, например +7 912 345-67-89.",
        "Це не схоже на номер телефону. Напишіть його з кодом країни, наприклад +380 44 123 4567.",
    ),
    _W.retry_email: (
        "That does not look like an e-mail address. It has an @ in it, like ann@example.com.",
        "이메일 주소 형식이 아닌 것 같아요. 예: hong@example.com",
        "To nie wygląda na adres e-mail. Ma on znak @, np. anna@example.com.",
        "Das sieht nicht nach einer E-Mail-Adresse aus. Sie enthält ein @, etwa anna@example.com.",
        "No parece una dirección de correo. Lleva una @, por ejemplo ana@example.com.",
        "Cela ne ressemble pas à une adresse e-mail. Elle contient un @, par exemple anne@example.com.",
        "Это не похоже на адрес почты. В нём есть знак @, например anna@example.com.",
        "Це не схоже на адресу пошти. У ній є знак @, наприклад anna@example.com.",
    ),
    _W.retry_date: (
        "Which day do you mean? Please write it like 30.11.2026.",
        "날짜를 알려 주세요. 예: 2026-11-30",
        "O który dzień chodzi? Proszę napisać np. 30.11.2026.",
        "Welchen Tag meinen Sie? Bitte so: 30.11.2026.",
        "¿Qué día? Escríbalo así: 30.11.2026.",
        "Quel jour ? Écrivez-le ainsi : 30.11.2026.",
        "Какой день? Напишите так: 30.11.2026.",
        "Який день? Напишіть так: 30.11.2026.",
    ),
    _W.retry_number: (
        "Please answer with a number.",
        "숫자로 답해 주세요.",
        "Proszę odpowiedzieć liczbą.",
        "Bitte antworten Sie mit einer Zahl.",
        "Responda con un número, por favor.",
        "Répondez par un nombre, s'il vous plaît.",
        "Пожалуйста, ответьте числом.",
        "Будь ласка, дайте відповідь числом.",
    ),
    _W.retry_choice: (
        "Please choose one of these.",
        "다음 중에서 골라 주세요.",
        "Proszę wybrać jedną z możliwości.",
        "Bitte wählen Sie eines davon.",
        "Elija una de estas opciones.",
        "Choisissez l'une de ces réponses.",
        "Выберите один из вариантов.",
        "Оберіть один із варіантів.",
    ),
    _W.retry_file: (
        "Please send a file or a picture.",
        "파일이나 사진을 보내 주세요.",
        "Proszę przesłać plik lub zdjęcie.",
        "Bitte schicken Sie eine Datei oder ein Bild.",
        "Envíe un archivo o una foto, por favor.",
        "Envoyez un fichier ou une photo, s'il vous plaît.",
        "Пожалуйста, пришлите файл или фото.",
        "Будь ласка, надішліть файл або фото.",
    ),
    _W.helped: (
        "Did this help?",
        "도움이 되었나요?",
        "Czy to pomogło?",
        "Hat das geholfen?",
        "¿Le ha servido?",
        "Cela vous a-t-il aidé ?",
        "Это помогло?",
        "Це допомогло?",
    ),
    _W.yes: ("Yes", "예", "Tak", "Ja", "Sí", "Oui", "Да", "Так"),
    _W.no: ("No", "아니요", "Nie", "Nein", "No", "Non", "Нет", "Ні"),
}
_YES = "yes yep yeah y ok okay sure 네 예 넵 응 맞아요 도움됐어요 tak jasne pewnie ja sí si claro oui да так ага"
_NO = "no nope n 아니요 아니오 아뇨 아니 nie nein non нет ні"
YES_ALSO, NO_ALSO = tuple(_YES.split()), tuple(_NO.split())


def words(word: Word, language: str, otherwise: str = "en") -> str:
    """Return the hub's words in a language, else in another, else in English."""
    known = next((one for one in (language, otherwise) if one in LANGUAGES), "en")
    return _WORDS[word][LANGUAGES.index(known)]


def retry(kind: AnswerKind, language: str, otherwise: str) -> str:
    """Return what is said where an answer does not fit."""
    return words(Word(kind.value), language, otherwise)
