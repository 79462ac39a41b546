/** Every word the widget says, in three languages. */

import type { Config, Language } from "./protocol";

const en = {
  title: "Chat with us",
  welcome: "Hello! How can we help you?",
  offline: "Nobody is here right now. Leave us a message and we will get back to you.",
  open: "Open chat",
  close: "Close chat",
  unread: { one: "{n} new message", other: "{n} new messages" } as Record<string, string>,
  online: "We are here",
  away: "We reply later",
  write: "Write a message",
  send: "Send",
  attach: "Attach a file",
  remove: "Remove {name}",
  messages: "Messages",
  you: "You",
  us: "Support",
  typing: "Somebody is typing",
  sending: "Sending",
  sent: "Sent",
  seen: "Seen",
  failed: "Not sent",
  notTaken: "We could not accept this message. Try again, or write it differently.",
  retry: "Try again",
  discard: "Discard",
  deleted: "This message was deleted",
  edited: "edited",
  newer: "New messages",
  offlineNet: "No connection. We keep trying; what you write is kept.",
  reconnecting: "Connecting…",
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  message: "Message",
  optional: "optional",
  start: "Start the chat",
  leave: "Send message",
  left: "Thank you, your message is with us. We will reply here and by e-mail.",
  required: "Please fill this in.",
  badEmail: "This does not look like an e-mail address.",
  badPhone: "This does not look like a phone number.",
  agree: "I agree.",
  mustAgree: "Please agree first, then you can write.",
  policy: "Privacy policy",
  uploading: "Uploading {name}: {n} %",
  fetching: "The file is on its way",
  tooLarge: "{name} is too large. The limit is {size}.",
  tooMany: "At most {n} files at once.",
  emptyFile: "{name} is empty.",
  uploadFailed: "{name} could not be uploaded. Check your connection and try again.",
  fileRefused: "{name} was not accepted: files of this kind may do harm.",
  fileGone: "This file could not be loaded.",
  slow: "You are writing very fast. We send this in a moment.",
  busy: "We could not take your message yet. It is kept, and we keep trying.",
  tooLong: "This message is too long by {n} characters.",
  refused: "This chat does not work on this page at the moment.",
};

export type Texts = typeof en;

const ko: Texts = {
  title: "채팅 상담",
  welcome: "안녕하세요! 무엇을 도와드릴까요?",
  offline: "지금은 상담원이 없습니다. 메시지를 남겨 주시면 답변드리겠습니다.",
  open: "채팅 열기",
  close: "채팅 닫기",
  unread: { other: "새 메시지 {n}개" },
  online: "상담 가능",
  away: "나중에 답변드립니다",
  write: "메시지를 입력하세요",
  send: "보내기",
  attach: "파일 첨부",
  remove: "{name} 삭제",
  messages: "메시지",
  you: "나",
  us: "상담원",
  typing: "상담원이 입력 중입니다",
  sending: "보내는 중",
  sent: "보냄",
  seen: "읽음",
  failed: "보내지 못함",
  notTaken: "이 메시지를 접수하지 못했습니다. 다시 시도하거나 다르게 작성해 주세요.",
  retry: "다시 시도",
  discard: "삭제",
  deleted: "삭제된 메시지입니다",
  edited: "수정됨",
  newer: "새 메시지",
  offlineNet: "연결이 끊겼습니다. 다시 연결하는 중이며 작성한 내용은 보관됩니다.",
  reconnecting: "연결 중…",
  name: "이름",
  email: "이메일",
  phone: "전화번호",
  message: "메시지",
  optional: "선택",
  start: "채팅 시작",
  leave: "메시지 보내기",
  left: "감사합니다. 메시지가 접수되었습니다. 이곳과 이메일로 답변드리겠습니다.",
  required: "입력해 주세요.",
  badEmail: "이메일 주소 형식이 아닙니다.",
  badPhone: "전화번호 형식이 아닙니다.",
  agree: "동의합니다.",
  mustAgree: "먼저 동의해 주시면 메시지를 보내실 수 있습니다.",
  policy: "개인정보 처리방침",
  uploading: "{name} 올리는 중: {n}%",
  fetching: "파일을 준비하는 중입니다",
  tooLarge: "{name} 파일이 너무 큽니다. 최대 {size}까지 보낼 수 있습니다.",
  tooMany: "한 번에 최대 {n}개까지 보낼 수 있습니다.",
  emptyFile: "{name} 파일이 비어 있습니다.",
  uploadFailed: "{name} 파일을 올리지 못했습니다. 연결을 확인하고 다시 시도해 주세요.",
  fileRefused: "{name} 파일은 보낼 수 없습니다. 위험할 수 있는 형식입니다.",
  fileGone: "파일을 불러오지 못했습니다.",
  slow: "메시지를 너무 빨리 보내고 있습니다. 잠시 후 전송됩니다.",
  busy: "아직 메시지를 접수하지 못했습니다. 보관해 두었고 계속 시도하고 있습니다.",
  tooLong: "메시지가 {n}자 초과되었습니다.",
  refused: "지금은 이 페이지에서 채팅을 사용할 수 없습니다.",
};

const pl: Texts = {
  title: "Porozmawiaj z nami",
  welcome: "Dzień dobry! W czym możemy pomóc?",
  offline: "Teraz nikogo tu nie ma. Zostaw wiadomość, a odpowiemy.",
  open: "Otwórz czat",
  close: "Zamknij czat",
  unread: {
    one: "{n} nowa wiadomość",
    few: "{n} nowe wiadomości",
    many: "{n} nowych wiadomości",
    other: "{n} nowej wiadomości",
  },
  online: "Jesteśmy dostępni",
  away: "Odpowiemy później",
  write: "Napisz wiadomość",
  send: "Wyślij",
  attach: "Dołącz plik",
  remove: "Usuń {name}",
  messages: "Wiadomości",
  you: "Ty",
  us: "Obsługa",
  typing: "Ktoś pisze odpowiedź",
  sending: "Wysyłanie",
  sent: "Wysłano",
  seen: "Przeczytano",
  failed: "Nie wysłano",
  notTaken: "Nie mogliśmy przyjąć tej wiadomości. Spróbuj ponownie albo napisz inaczej.",
  retry: "Spróbuj ponownie",
  discard: "Odrzuć",
  deleted: "Ta wiadomość została usunięta",
  edited: "edytowano",
  newer: "Nowe wiadomości",
  offlineNet: "Brak połączenia. Próbujemy dalej, Twoje słowa nie przepadną.",
  reconnecting: "Łączenie…",
  name: "Imię i nazwisko",
  email: "E-mail",
  phone: "Telefon",
  message: "Wiadomość",
  optional: "nieobowiązkowe",
  start: "Rozpocznij czat",
  leave: "Wyślij wiadomość",
  left: "Dziękujemy, wiadomość dotarła. Odpowiemy tutaj i e‑mailem.",
  required: "Uzupełnij to pole.",
  badEmail: "To nie wygląda na adres e-mail.",
  badPhone: "To nie wygląda na numer telefonu.",
  agree: "Wyrażam zgodę.",
  mustAgree: "Najpierw wyraź zgodę, potem możesz pisać.",
  policy: "Polityka prywatności",
  uploading: "Przesyłanie {name}: {n}%",
  fetching: "Plik jest w drodze",
  tooLarge: "Plik {name} jest za duży. Limit to {size}.",
  tooMany: "Najwyżej {n} plików naraz.",
  emptyFile: "Plik {name} jest pusty.",
  uploadFailed: "Nie udało się przesłać pliku {name}. Sprawdź połączenie i spróbuj ponownie.",
  fileRefused: "Plik {name} nie został przyjęty: pliki tego rodzaju mogą szkodzić.",
  fileGone: "Nie udało się wczytać pliku.",
  slow: "Piszesz bardzo szybko. Wyślemy to za chwilę.",
  busy: "Nie mogliśmy jeszcze przyjąć wiadomości. Jest zachowana, próbujemy dalej.",
  tooLong: "Wiadomość jest za długa o {n} znaków.",
  refused: "Czat nie działa teraz na tej stronie.",
};

const ALL: Record<Language, Texts> = { en, ko, pl };

/** Choose the widget's language: what the page asks for, if the channel offers it, else the channel's first. */
export function chooseLanguage(wanted: string, offered: readonly Language[]): Language {
  const short = wanted.toLowerCase().split("-")[0] ?? "";
  return offered.find((language) => language === short) ?? offered[0] ?? "en";
}

function filled(texts: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([, text]) => text !== ""));
}

/** Our texts with the owner's own put over them: their language's first, then those for every language. */
export function textsFor(language: Language, own: Config["texts"]): Texts & { consent: string } {
  return { ...ALL[language], consent: "", ...filled(own[""]), ...filled(own[language]) };
}

/** Put values into a text: `fill("At most {n}", { n: 3 })`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** The right plural form of a counted text. */
export function counted(forms: Record<string, string>, n: number, language: Language): string {
  return fill(forms[new Intl.PluralRules(language).select(n)] ?? forms["other"] ?? "", { n });
}

/** A file size a person can read, in the language's digits and units. */
export function fileSize(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const digits = { maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(language, { style: "unit", unit, ...digits }).format(value);
}
