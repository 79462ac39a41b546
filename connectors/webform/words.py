"""The words visitors read, in English, Korean and Polish: ours, and the owner's where there are some. Pure."""

from connectors.webform.settings import FormField, Language, WebformSettings

_EN = {
    "title": "Write to us",
    "name": "Name",
    "email": "E-mail address",
    "phone": "Phone number",
    "message": "Message",
    "send": "Send",
    "thanks": "Thank you. We have your message and will answer soon.",
    "thanks_title": "Sent",
    "go_on": "Continue",
    "choose": "Please choose",
    "yes": "yes",
    "policy": "Privacy policy",
    "trap": "Leave this field empty",
    "optional": "optional",
    "either": "one of the two",
    "not_sent": "Not sent yet. Please look at this:",
    "missing": "Please fill this in.",
    "too_long": "This is too long: at most {limit} characters.",
    "bad_email": "This is no complete e-mail address, such as ann@example.com.",
    "bad_phone": "This is no phone number, such as +48 22 123 45 67.",
    "bad_choice": "Please choose one of the answers.",
    "need_email": "Without your e-mail address we cannot answer.",
    "need_either": "Please give an e-mail address or a phone number, so that we can answer.",
    "need_consent": "Please tick the box if you agree; without it we may not take your message.",
    "nothing": "The form is empty.",
    "file": "This form cannot take files.",
    "old": "This page was open for long. Please press the button once more.",
    "quick": "That was quick. Please press the button once more.",
    "trapped": "A field that has to stay empty was filled in, perhaps by your browser. It is empty again: please press "
    "the button once more.",
    "many": "Too much was sent from your network in the last hour. Please try again later; what you wrote is "
    "still here.",
}
_KO = {
    "title": "문의하기",
    "name": "이름",
    "email": "이메일 주소",
    "phone": "전화번호",
    "message": "메시지",
    "send": "보내기",
    "thanks": "감사합니다. 메시지를 받았으며 곧 답변드리겠습니다.",
    "thanks_title": "전송됨",
    "go_on": "계속",
    "choose": "선택해 주세요",
    "yes": "예",
    "policy": "개인정보 처리방침",
    "trap": "이 칸은 비워 두세요",
    "optional": "선택 사항",
    "either": "둘 중 하나",
    "not_sent": "아직 전송되지 않았습니다. 다음을 확인해 주세요:",
    "missing": "이 항목을 입력해 주세요.",
    "too_long": "너무 깁니다. 최대 {limit}자까지 입력할 수 있습니다.",
    "bad_email": "올바른 이메일 주소가 아닙니다. 예: ann@example.com",
    "bad_phone": "올바른 전화번호가 아닙니다. 예: +82 2 1234 5678",
    "bad_choice": "답 중에서 하나를 선택해 주세요.",
    "need_email": "이메일 주소가 없으면 답변드릴 수 없습니다.",
    "need_either": "답변드릴 수 있도록 이메일 주소나 전화번호를 입력해 주세요.",
    "need_consent": "동의하시면 확인란을 선택해 주세요. 동의 없이는 메시지를 받을 수 없습니다.",
    "nothing": "양식이 비어 있습니다.",
    "file": "이 양식으로는 파일을 보낼 수 없습니다.",
    "old": "페이지를 연 지 오래되었습니다. 버튼을 한 번 더 눌러 주세요.",
    "quick": "너무 빨리 전송되었습니다. 버튼을 한 번 더 눌러 주세요.",
    "trapped": "비워 두어야 하는 칸이 (브라우저에 의해) 채워졌습니다. 다시 비웠으니 버튼을 한 번 더 눌러 주세요.",
    "many": "지난 한 시간 동안 같은 네트워크에서 너무 많이 전송되었습니다. "
    "나중에 다시 시도해 주세요. 작성하신 내용은 그대로 있습니다.",
}
_PL = {
    "title": "Napisz do nas",
    "name": "Imię i nazwisko",
    "email": "Adres e-mail",
    "phone": "Numer telefonu",
    "message": "Wiadomość",
    "send": "Wyślij",
    "thanks": "Dziękujemy. Mamy Twoją wiadomość i wkrótce odpowiemy.",
    "thanks_title": "Wysłano",
    "go_on": "Dalej",
    "choose": "Wybierz",
    "yes": "tak",
    "policy": "Polityka prywatności",
    "trap": "Zostaw to pole puste",
    "optional": "nieobowiązkowe",
    "either": "jedno z dwóch",
    "not_sent": "Jeszcze nie wysłano. Sprawdź:",
    "missing": "Wypełnij to pole.",
    "too_long": "To za długie: najwyżej {limit} znaków.",
    "bad_email": "To nie jest pełny adres e-mail, na przykład anna@example.com.",
    "bad_phone": "To nie jest numer telefonu, na przykład +48 22 123 45 67.",
    "bad_choice": "Wybierz jedną z odpowiedzi.",
    "need_email": "Bez Twojego adresu e-mail nie możemy odpowiedzieć.",
    "need_either": "Podaj adres e-mail lub numer telefonu, abyśmy mogli odpowiedzieć.",
    "need_consent": "Zaznacz pole, jeśli się zgadzasz; bez zgody nie możemy przyjąć wiadomości.",
    "nothing": "Formularz jest pusty.",
    "file": "Ten formularz nie przyjmuje plików.",
    "old": "Strona była otwarta zbyt długo. Naciśnij przycisk jeszcze raz.",
    "quick": "To było bardzo szybko. Naciśnij przycisk jeszcze raz.",
    "trapped": "Pole, które ma pozostać puste, zostało wypełnione, być może przez przeglądarkę. Jest znów puste: "
    "naciśnij przycisk jeszcze raz.",
    "many": "W ostatniej godzinie wysłano zbyt wiele z Twojej sieci. Spróbuj później; Twój tekst nadal tu jest.",
}
OURS: dict[Language, dict[str, str]] = {"en": _EN, "ko": _KO, "pl": _PL}


class Words:
    """All texts of one form in one language."""

    def __init__(self, settings: WebformSettings, language: Language) -> None:
        own = next((text for text in settings.translations if text.language == language), None)
        self.language = language
        self._ours = OURS[language]
        self._labels = {label.key: label.label for label in own.labels} if own else {}
        self.title = (own.title if own else "") or settings.title or self._ours["title"]
        self.intro = (own.intro if own else "") or settings.intro
        self.consent = (own.consent if own else "") or settings.consent
        self.thanks = (own.thanks if own else "") or settings.thanks or self._ours["thanks"]

    def __getitem__(self, key: str) -> str:
        """Return one of our own texts."""
        return self._ours[key]

    def label(self, field: FormField) -> str:
        """Return a question's label."""
        return self._labels.get(field.key) or field.label or self._ours[field.key]


def choose(settings: WebformSettings, wanted: str, accepted: str) -> Words:
    """Return the texts in the wanted language (`?lang=pl`), else the browser's first that the form has, else the first.

    `accepted` is an Accept-Language header; its order counts, its weights mostly follow it (RFC 9110, 12.5.4).
    """
    for tag in (wanted, *accepted[:200].split(",")):
        language = tag.strip().lower()[:2]
        for known in settings.languages:
            if language == known:
                return Words(settings, known)
    return Words(settings, settings.languages[0])


def every_consent(settings: WebformSettings) -> frozenset[str]:
    """Return the wordings of the consent that are in force now, in all languages."""
    return frozenset(Words(settings, language).consent for language in settings.languages) - {""}
