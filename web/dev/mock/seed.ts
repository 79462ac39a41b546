/** Believable records for looking at the screens without a hub: three languages, long names, every kind of entry. */
import { randomBytes } from "node:crypto";
import type { Channel, Connector, Team, User } from "../../src/api/types.ts";
import { connectors } from "./connectors.ts";

let seed = 42;
export function random(): number {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return seed / 2 ** 32;
}
export const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
export const id = (): string => {
  const hex =
    Date.now().toString(16).padStart(12, "0") +
    "7" +
    randomBytes(10).toString("hex").slice(0, 3) +
    "8" +
    randomBytes(10).toString("hex").slice(0, 15);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};
const start = Date.now();
export const ago = (minutes: number): string => new Date(start - minutes * 60_000).toISOString();

const user = (name: string, email: string, role: User["role"], language = "en"): User => ({
  id: id(),
  email,
  name,
  role,
  language,
  active: true,
  must_change_password: false,
  team_ids: [],
  created_at: ago(90_000),
  demo: true,
});
export const users: User[] = [
  user("Ann Kowalski", "ann@example.com", "admin"),
  user("Minjun Park", "minjun@example.com", "agent", "ko"),
  user("Zofia Wiśniewska-Grzegorczyk", "zofia@example.com", "manager", "pl"),
  user("Tom Baker", "tom@example.com", "agent"),
];
export const me = users[0] as User;
export const teams: Team[] = [
  { id: id(), name: "Support", member_ids: users.map((u) => u.id) },
  { id: id(), name: "Sales", member_ids: [me.id] },
  { id: id(), name: "고객지원팀", member_ids: [users[1]?.id ?? ""] },
];

const channel = (connector: number, name: string, address: string, connection: Channel["connection"]): Channel => {
  const kind = connectors[connector] as Connector;
  return {
    id: id(),
    connector: kind.key,
    kind: kind.kind,
    name,
    address,
    enabled: true,
    team_id: null,
    sender_rule: "contact",
    reopen_window: 604800,
    idle_after: 259200,
    demo: true,
    embed: null,
    webhook_url: `https://hub.example.com/webhooks/${randomBytes(12).toString("hex")}`,
    connection,
    capabilities: kind.capabilities,
    settings: {},
    created_at: ago(80_000),
    revision: 1,
    abilities: kind.abilities,
    recovered: null,
  };
};
export const channels: Channel[] = [
  channel(0, "Support mail", "support@example.com", { state: "connected", since: ago(3000), detail: "" }),
  channel(0, "Zamówienia i reklamacje – Polska", "zamowienia@example.pl", {
    state: "bad_credentials",
    since: ago(42),
    detail: "The mail server refused the password. Enter a new app password in the channel's settings.",
  }),
  channel(1, "Telegram bot", "@example_shop_bot", { state: "connected", since: ago(600), detail: "" }),
  channel(2, "Website chat", "shop.example.com", { state: "connected", since: ago(600), detail: "" }),
  channel(3, "Shop number", "+44 20 7946 0100", { state: "connected", since: ago(600), detail: "" }),
  channel(4, "Text messages", "+48 22 555 01 02", { state: "connected", since: ago(600), detail: "" }),
];
(channels[4] as Channel).recovered = { count: 3, since: ago(190), last_at: ago(12) };
(channels[0] as Channel).settings = {
  address: "support@example.com",
  imap_host: "imap.example.com",
  imap_port: 993,
  user: "support",
  auth: { method: "password", password: null, password_set: true },
  folders: ["INBOX", "Returns"],
  sync_sent: true,
  smtp_security: "starttls",
};
(channels[2] as Channel).settings = { token: null, token_set: true, receive: "polling" };

export const names = [
  "Olivia Martin",
  "김서연",
  "박지훈",
  "Łukasz Święcicki",
  "Wolfeschlegelsteinhausenbergerdorff-Montgomery, Hubert Blaine",
  "Agnieszka Brzęczyszczykiewicz",
  "이도윤",
  "James O’Connor",
  "Katarzyna Nowak",
  "최하은",
  "Noah Williams",
  "visitor-8f31",
  "Grażyna Żółć",
  "Emma Brown",
  "정우진",
];
export const asks = [
  "Hi! My order 10482 has not arrived yet. Could you check where it is?",
  "주문한 상품이 아직 도착하지 않았어요. 언제쯤 받을 수 있을까요?",
  "Dzień dobry, chciałabym zwrócić produkt zakupiony w zeszłym tygodniu. Jak to zrobić?",
  "The invoice shows the wrong VAT number 😕",
  "환불은 며칠 정도 걸리나요?",
  "Czy mogę zmienić adres dostawy?",
  "Is the blue one back in stock?",
  "Thanks a lot, that solved it!",
  "결제가 두 번 된 것 같습니다. 확인 부탁드립니다.",
  "Proszę o fakturę do zamówienia 9921/2026.",
];
export const answers = [
  "Hello! Let me look into it, one moment please.",
  "안녕하세요, 확인해 보겠습니다. 잠시만 기다려 주세요.",
  "Dzień dobry! Zwrot można zgłosić w ciągu 14 dni – wysyłam etykietę.",
  "I have corrected the invoice; the new one is attached.",
  "Your parcel left our warehouse this morning and should reach you tomorrow before noon.",
];
