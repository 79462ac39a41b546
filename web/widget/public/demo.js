// The demo shop in three languages: shows that the widget follows the page's language.
const WORDS = {
  ko: {
    note: "허브의 데모 페이지입니다. 아래 채팅에 글을 쓰면 받은 편지함에 바로 나타납니다.",
    missing: "아직 웹 채팅이 없습니다. 허브의 설정 › 채널에서 추가한 뒤 새로 고침하세요.",
    beans: "원두",
    delivery: "배송",
    headline: "화요일에 볶아 금요일이면 도착합니다",
    lead: "매주 소량으로 볶는 세 가지 커피. 무엇을 고를지 모르겠다면 채팅으로 물어보세요. 로스터가 직접 답합니다.",
    ask: "로스터에게 묻기",
    one: "산뜻함: 베르가모트, 복숭아, 홍차. 필터용.",
    two: "부드러움: 밀크 초콜릿, 헤이즐넛, 오렌지. 어디에나.",
    three: "깊음: 코코아, 호두, 당밀. 에스프레소와 라테용.",
    terms: "월요일 정오까지 주문하시면 화요일에 볶아 수요일에 보냅니다. 35유로부터 무료 배송. 택배에 문제가 있으면 채팅으로 사진을 보내 주세요.",
    foot: "헤론 커피는 지어낸 가게입니다. 채팅은 진짜입니다.",
  },
  pl: {
    note: "To strona pokazowa Twojego huba. Napisz na czacie poniżej: wiadomość pojawi się w Twojej skrzynce.",
    missing: "Nie ma jeszcze czatu: dodaj go w hubie w Ustawieniach, w Kanałach, i odśwież stronę.",
    beans: "Ziarna",
    delivery: "Dostawa",
    headline: "Palona we wtorek, u Ciebie przed piątkiem",
    lead: "Trzy kawy, palone co tydzień w małych partiach. Nie wiesz, którą wybrać? Zapytaj na czacie: odpowie palarz.",
    ask: "Zapytaj palarza",
    one: "Jasna: bergamotka, brzoskwinia, czarna herbata. Do przelewu.",
    two: "Okrągła: mleczna czekolada, orzech laskowy, pomarańcza. Do wszystkiego.",
    three: "Głęboka: kakao, orzech włoski, melasa. Do espresso i mleka.",
    terms: "Zamówienia do poniedziałku w południe palimy we wtorek i wysyłamy w środę. Od 35 € za darmo. Coś nie tak z paczką? Wyślij zdjęcie na czacie.",
    foot: "Heron Coffee jest zmyślona. Czat jest prawdziwy.",
  },
};

const asked = new URLSearchParams(location.search);
const language = asked.get("lang") ?? "en";
if (["en", "ko", "pl"].includes(language)) document.documentElement.lang = language;

document.addEventListener("DOMContentLoaded", () => {
  const words = WORDS[language] ?? {};
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = words[element.dataset.text] ?? element.textContent;
  }
  for (const link of document.querySelectorAll(".languages a, .chats a")) {
    // Who chooses a chat keeps the language, and the other way round.
    const to = new URLSearchParams(asked);
    for (const [name, value] of new URLSearchParams(link.search)) to.set(name, value);
    link.search = to.toString();
  }
  for (const link of document.querySelectorAll(".languages a")) {
    if (link.lang === document.documentElement.lang) link.setAttribute("aria-current", "true");
  }
  document.getElementById("ask").addEventListener("click", () => window.HubChat?.open());
});
