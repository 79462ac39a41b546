/** Believable records for looking at the screens without a hub: three languages, long names, every kind of entry. */
import { randomBytes } from "node:crypto";
import type { Capabilities, Channel, Connector, Contact, ConversationRow, Delivery, Interaction, Team, User } from "../../src/api/types.ts";

let seed = 42;
export function random(): number {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return seed / 2 ** 32;
}
export const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
export const id = (): string => {
  const hex = Date.now().toString(16).padStart(12, "0") + "7" + randomBytes(10).toString("hex").slice(0, 3) + "8" + randomBytes(10).toString("hex").slice(0, 15);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};
const start = Date.now();
export const ago = (minutes: number): string => new Date(start - minutes * 60_000).toISOString();

const user = (name: string, email: string, role: User["role"], language = "en"): User => ({
  id: id(), email, name, role, language, active: true, must_change_password: false, team_ids: [], created_at: ago(90_000), demo: true,
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

const base: Capabilities = {
  text_limit: null, text_unit: "characters", subject: false, rich_text: false, media: { types: ["*/*"], max_bytes: 25_000_000, max_count: 10 },
  receipts: ["sent"], replies_to: true, edits: true, deletes: true, reactions: true, typing_in: false, typing_out: false, groups: false,
  can_start: false, reply_window: null, rate_per_second: null, limits_source: "",
};
const svg = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`;
export const connectors: Connector[] = [
  {
    key: "email", title: "E-mail", kind: "email", icon: svg('<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="m3.5 7 8.5 6 8.5-6"/>'),
    capabilities: { ...base, subject: true, rich_text: true, can_start: true, receipts: ["sent", "delivered"] },
    abilities: ["listens", "fetches_attachments"], readme: "# E-mail\n\nReads a mailbox over IMAP and answers over SMTP.\n\n1. Create an app password at your provider.\n2. Enter host, user and password here.\n3. Press **Check**.",
    settings_schema: {
      type: "object", title: "E-mail",
      required: ["address", "imap_host", "user", "auth"],
      properties: {
        address: { type: "string", format: "email", title: "Address", description: "Customers see it as the sender." },
        sender_name: { type: "string", title: "Sender's name", default: "" },
        imap_host: { type: "string", title: "IMAP host" },
        imap_port: { type: "integer", title: "IMAP port", default: 993, minimum: 1, maximum: 65535 },
        auth: {
          title: "How to log in", oneOf: [{ $ref: "#/$defs/Password" }, { $ref: "#/$defs/OAuth" }], discriminator: { propertyName: "method" },
        },
        user: { type: "string", title: "User" },
        smtp_security: { type: "string", enum: ["tls", "starttls"], title: "SMTP security", default: "starttls" },
        folders: { type: "array", items: { type: "string" }, title: "Folders to read", default: ["INBOX"] },
        sync_sent: { type: "boolean", title: "Read the Sent folder, too", default: true, description: "Answers written in a mail program then stop the clock." },
      },
      $defs: {
        Password: { type: "object", title: "Password", required: ["method", "password"], properties: { method: { const: "password", type: "string" }, password: { type: "string", format: "password", writeOnly: true, title: "Password" } } },
        OAuth: { type: "object", title: "OAuth 2", required: ["method", "client_id", "refresh_token"], properties: { method: { const: "oauth", type: "string" }, client_id: { type: "string", title: "Client id" }, refresh_token: { type: "string", format: "password", writeOnly: true, title: "Refresh token" } } },
      },
    },
  },
  {
    key: "telegram", title: "Telegram", kind: "telegram", icon: svg('<path d="M20.5 4 3.5 10.7l5.2 2 2 6.3 3-4 4.3 3.2z"/><path d="m8.7 12.7 7-5"/>'),
    capabilities: { ...base, text_limit: 4096, text_unit: "utf16", media: { types: ["*/*"], max_bytes: 50_000_000, max_count: 10 }, groups: true },
    abilities: ["receives_webhooks", "listens"], readme: "# Telegram\n\nTalk to @BotFather, create a bot, paste its token.",
    settings_schema: {
      type: "object", required: ["token"],
      properties: {
        token: { type: "string", format: "password", writeOnly: true, title: "Bot token", description: "From @BotFather, such as 12345:ABC…", pattern: "^\\d+:.+$" },
        receive: { type: "string", enum: ["polling", "webhook"], title: "How to receive", default: "polling" },
      },
    },
  },
  {
    key: "webchat", title: "Web chat", kind: "webchat", icon: svg('<path d="M20 11.5a7.5 7.5 0 0 1-7.5 7.5H5l1.7-2.6A7.5 7.5 0 1 1 20 11.5Z"/><path d="M9.2 11.5h.01M12.5 11.5h.01M15.8 11.5h.01" stroke-width="2.25"/>'),
    capabilities: { ...base, text_limit: 4000, typing_in: true, typing_out: true, receipts: ["sent", "delivered", "read"], media: { types: ["image/*", "application/pdf"], max_bytes: 10_000_000, max_count: 5 } },
    abilities: ["hosts_visitors"], readme: "# Web chat\n\nPut one script tag into your site.",
    settings_schema: {
      type: "object",
      properties: {
        title: { type: "string", title: "Title", maxLength: 80, default: "" },
        accent: { type: "string", format: "color", title: "Accent colour", default: "#2456c7", pattern: "^#[0-9a-fA-F]{6}$" },
        position: { enum: ["right", "left"], type: "string", title: "Corner of the page", default: "right" },
        languages: { type: "array", items: { enum: ["en", "ko", "pl"], type: "string" }, default: ["en", "ko", "pl"], minItems: 1, title: "Languages" },
        fields: { type: "array", items: { $ref: "#/$defs/PreChatField" }, default: [], maxItems: 10, title: "Questions before the chat", description: "Asked once of each visitor." },
        uploads: { type: "boolean", default: true, title: "Visitors may send files" },
        previous_identity_secret: { anyOf: [{ type: "string", format: "password", writeOnly: true, minLength: 32 }, { type: "null" }], default: null, title: "Former identity secret" },
      },
      $defs: { PreChatField: { type: "object", title: "Question", required: ["key"], properties: { key: { type: "string", title: "Key", pattern: "^[a-z][a-z0-9_]{0,39}$" }, label: { type: "string", default: "", title: "Label", maxLength: 80 }, required: { type: "boolean", default: false, title: "Required" } } } },
    },
  },
];

const channel = (connector: number, name: string, address: string, connection: Channel["connection"]): Channel => {
  const kind = connectors[connector] as Connector;
  return {
    id: id(), connector: kind.key, kind: kind.kind, name, address, enabled: true, team_id: null, sender_rule: "contact", reopen_window: 604800, idle_after: 259200,
    demo: true, webhook_url: `https://hub.example.com/webhooks/${randomBytes(12).toString("hex")}`, connection, capabilities: kind.capabilities, settings: {}, created_at: ago(80_000), revision: 1,
  };
};
export const channels: Channel[] = [
  channel(0, "Support mail", "support@example.com", { state: "connected", since: ago(3000), detail: "" }),
  channel(0, "Zamówienia i reklamacje – Polska", "zamowienia@example.pl", { state: "bad_credentials", since: ago(42), detail: "The mail server refused the password. Enter a new app password in the channel's settings." }),
  channel(1, "Telegram bot", "@example_shop_bot", { state: "connected", since: ago(600), detail: "" }),
  channel(2, "Website chat", "shop.example.com", { state: "connected", since: ago(600), detail: "" }),
];
(channels[0] as Channel).settings = { address: "support@example.com", imap_host: "imap.example.com", imap_port: 993, user: "support", auth: { method: "password", password: null, password_set: true }, folders: ["INBOX", "Returns"], sync_sent: true, smtp_security: "starttls" };
(channels[2] as Channel).settings = { token: null, token_set: true, receive: "polling" };

const names = ["Olivia Martin", "김서연", "박지훈", "Łukasz Święcicki", "Wolfeschlegelsteinhausenbergerdorff-Montgomery, Hubert Blaine", "Agnieszka Brzęczyszczykiewicz", "이도윤", "James O’Connor", "Katarzyna Nowak", "최하은", "Noah Williams", "visitor-8f31", "Grażyna Żółć", "Emma Brown", "정우진"];
const asks = ["Hi! My order 10482 has not arrived yet. Could you check where it is?", "주문한 상품이 아직 도착하지 않았어요. 언제쯤 받을 수 있을까요?", "Dzień dobry, chciałabym zwrócić produkt zakupiony w zeszłym tygodniu. Jak to zrobić?", "The invoice shows the wrong VAT number 😕", "환불은 며칠 정도 걸리나요?", "Czy mogę zmienić adres dostawy?", "Is the blue one back in stock?", "Thanks a lot, that solved it!", "결제가 두 번 된 것 같습니다. 확인 부탁드립니다.", "Proszę o fakturę do zamówienia 9921/2026."];
const answers = ["Hello! Let me look into it, one moment please.", "안녕하세요, 확인해 보겠습니다. 잠시만 기다려 주세요.", "Dzień dobry! Zwrot można zgłosić w ciągu 14 dni – wysyłam etykietę.", "I have corrected the invoice; the new one is attached.", "Your parcel left our warehouse this morning and should reach you tomorrow before noon."];

export interface World {
  rows: ConversationRow[];
  threads: Map<string, Interaction[]>;
  contacts: Map<string, Contact>;
}

export function entry(row: ConversationRow, fields: Partial<Interaction>): Interaction {
  return {
    id: id(), conversation_id: row.id, channel_id: row.channel_id, direction: "inbound", author_kind: "contact", author_id: null, author_name: row.contact_name,
    kind: "message", content: "text", occurred_at: ago(10), received_at: ago(10), subject: "", text: "", has_html: false, data: {}, attachments: [], reactions: [],
    reply_to: null, album: null, edited_at: null, deleted_at: null, delivery: null, journal_seq: 4711, demo: true, ...fields,
  };
}
export const delivery = (state: Delivery["state"], reason = "", at = ago(5)): Delivery => ({ id: id(), state, attempt: 1, next_at: null, code: "", reason, state_at: at });
const file = (name: string, media_type: string, more: Partial<Interaction["attachments"][number]> = {}): Interaction["attachments"][number] => ({
  id: id(), name, media_type, size: 184_320, state: "ready", thumbnail: media_type.startsWith("image/"), width: null, height: null, duration: null, voice: false, inline: false, content_id: null, error: "", ...more,
});

function talk(row: ConversationRow, length: number, end: number): Interaction[] {
  const items: Interaction[] = [];
  for (let i = 0; i < length; i += 1) {
    const at = ago(end + (length - i) * (7 + random() * 400));
    const ours = i % 3 === 1;
    items.push(entry(row, ours
      ? { direction: "outbound", author_kind: "agent", author_id: pick(users).id, author_name: pick(users).name, text: pick(answers), occurred_at: at, delivery: delivery(pick(["sent", "delivered", "read"]), "", at), journal_seq: null }
      : { text: pick(asks), occurred_at: at }));
  }
  return items.toSorted((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
}

/** One thread with every kind of entry, to look at all bubbles. */
function zoo(row: ConversationRow): Interaction[] {
  const at = (minutes: number) => ({ occurred_at: ago(minutes), received_at: ago(minutes) });
  const agent = { direction: "outbound" as const, author_kind: "agent" as const, author_id: me.id, author_name: me.name, journal_seq: null };
  const first = entry(row, { text: asks[0] ?? "", ...at(3000) });
  return [
    ...talk(row, 60, 3100),
    first,
    entry(row, { kind: "event", direction: "internal", author_kind: "system", author_name: "", data: { event: "assigned", by: me.name, to: me.name }, text: "Assigned to Ann Kowalski", ...at(2999) }),
    entry(row, { ...agent, text: "Hello Olivia! Let me check with the carrier: https://track.example.com/10482", reply_to: { id: first.id, author_name: row.contact_name, preview: "Hi! My order 10482 has not arrived yet." }, delivery: delivery("read"), ...at(2990) }),
    entry(row, { kind: "note", direction: "internal", author_kind: "agent", author_id: me.id, author_name: me.name, text: "Carrier says: held at customs. @Tom please call them tomorrow.", ...at(2980) }),
    entry(row, { direction: "outbound", author_kind: "bot", author_name: "Assistant", text: "While you wait: you can follow your parcel in your account.", delivery: delivery("delivered"), ...at(2900) }),
    entry(row, { attachments: [file("front.jpg", "image/jpeg", { width: 1200, height: 800 })], album: "a1", text: "It looks like this", ...at(1500) }),
    entry(row, { attachments: [file("side.jpg", "image/jpeg", { width: 800, height: 1200 })], album: "a1", ...at(1500) }),
    entry(row, { attachments: [file("back.jpg", "image/jpeg", { width: 1000, height: 1000 })], album: "a1", ...at(1500) }),
    entry(row, { attachments: [file("voice.ogg", "audio/ogg", { voice: true, duration: 14.2 })], ...at(1490) }),
    entry(row, { attachments: [file("Umowa_i_regulamin_świadczenia_usług_drogą_elektroniczną_wersja_ostateczna_2026.pdf", "application/pdf", { size: 2_400_000 }), file("huge.zip", "application/zip", { state: "refused", size: 90_000_000, error: "Larger than 25 MB: it was not fetched." }), file("photo.heic", "image/heic", { state: "pending" })], ...at(1480) }),
    entry(row, { content: "location", data: { latitude: 52.2297, longitude: 21.0122, name: "Pałac Kultury i Nauki", address: "plac Defilad 1, Warszawa" }, ...at(1470) }),
    entry(row, { content: "contact_card", data: { name: "김민수", phone: "+82 10-1234-5678" }, ...at(1460) }),
    entry(row, { content: "sticker", data: { emoji: "🎉" }, text: "🎉", ...at(1450) }),
    entry(row, { content: "poll", data: { question: "Which colour?", options: [{ text: "Blue", votes: 3 }, { text: "Green", votes: 1 }] }, ...at(1440) }),
    entry(row, { content: "invite", data: { summary: "Call about order 10482", starts: ago(-1440), ends: ago(-1410), location: "Phone", organizer: "olivia@example.com", method: "REQUEST" }, ...at(1430) }),
    entry(row, { content: "button", data: { label: "Talk to a person" }, text: "Talk to a person", ...at(1420) }),
    entry(row, { content: "unsupported", data: { what: "gift" }, ...at(1410) }),
    entry(row, { text: "I moved the date to Friday.", edited_at: ago(1390), ...at(1400) }),
    entry(row, { text: "", deleted_at: ago(1380), ...at(1385) }),
    entry(row, { ...agent, text: "We sent a replacement today.", delivery: delivery("sent"), reactions: [{ emoji: "👍", names: [row.contact_name] }, { emoji: "❤️", names: [row.contact_name, "Tom"] }], ...at(600) }),
    entry(row, { ...agent, text: "Here is the return label again.", delivery: delivery("failed", "The customer blocked the bot. Write to them by mail instead."), ...at(500) }),
    entry(row, { ...agent, text: "Did the parcel arrive?", delivery: delivery("unknown", "The connection was cut while the message was being sent. It may have gone out."), ...at(120) }),
    entry(row, { kind: "event", direction: "internal", author_kind: "system", author_name: "", data: { event: "reopened" }, text: "Reopened", ...at(70) }),
    entry(row, { text: asks[8] ?? "", ...at(66) }),
    entry(row, { text: "It is a long story, so let me tell you everything from the beginning. ".repeat(9), ...at(64) }),
  ];
}

function mailThread(row: ConversationRow): Interaction[] {
  const text = "Dzień dobry,\n\ndziękuję za szybką odpowiedź. Wysyłam zdjęcia w załączniku.\n\nPozdrawiam\nKatarzyna Nowak\n\nOn Mon, 16 Nov 2026 at 10:12, Support <support@example.com> wrote:\n> Hello,\n> please send us a photo of the damage.\n> Kind regards, Ann";
  const head = (from: string, to: string) => ({ from, to: [to], cc: ["ksiegowosc@example.pl"], quote_at: text.indexOf("On Mon"), hidden: [] });
  return [
    entry(row, { content: "mail", subject: row.subject, text: asks[2] ?? "", data: { from: `${row.contact_name} <${row.address}>`, to: ["support@example.com"] }, occurred_at: ago(5000) }),
    entry(row, { content: "mail", subject: `Re: ${row.subject}`, direction: "outbound", author_kind: "agent", author_id: me.id, author_name: me.name, text: "Hello,\n\nplease send us a photo of the damage.\n\nKind regards\nAnn", data: { from: "support@example.com", to: [row.address] }, delivery: delivery("delivered"), occurred_at: ago(4000) }),
    entry(row, { content: "mail", subject: `Re: ${row.subject}`, text, data: head(`${row.contact_name} <${row.address}>`, "support@example.com"), attachments: [file("uszkodzenie.jpg", "image/jpeg", { width: 1200, height: 900 }), file("faktura 9921.pdf", "application/pdf")], occurred_at: ago(200) }),
    entry(row, { content: "mail", subject: "Newsletter with pictures", text: "Your weekly offers", has_html: true, data: { from: "shop@example.org", to: ["support@example.com"], remote_images: true }, author_kind: "auto", occurred_at: ago(100) }),
  ];
}

export function build(): World {
  const world: World = { rows: [], threads: new Map(), contacts: new Map() };
  for (let i = 0; i < 640; i += 1) {
    const home = i === 0 ? (channels[3] as Channel) : i === 1 ? (channels[0] as Channel) : pick(channels);
    const name = i === 0 ? "Olivia Martin" : i === 1 ? "Katarzyna Nowak" : i < names.length ? (names[i] as string) : pick(names);
    const address = home.kind === "email" ? `${name.normalize("NFKD").replace(/[^a-zA-Z]/g, "").toLowerCase() || "customer"}${i}@example.com` : home.kind === "telegram" ? `@user${i}` : `v-${i}`;
    const contact: Contact = {
      id: id(), name, company: random() < 0.3 ? pick(["Acme Sp. z o.o.", "한빛상사", "Northwind Ltd."]) : "", language: "", source: random() < 0.2 ? "spring-campaign" : "", notes: "", fields: i === 0 ? [["Customer number", "K-10482"], ["Tier", "Gold"]] : [],
      state: random() < 0.15 ? "provisional" : "kept", expires_at: null, created_at: ago(50_000), points: [], merged: [], inbound: 14, outbound: 9, last_at: ago(20), demo: true,
    };
    if (contact.state === "provisional") contact.expires_at = ago(-7 * 1440);
    contact.points.push({ id: id(), contact_id: contact.id, namespace: home.kind === "email" ? "email" : home.kind, address, name, verified: home.kind === "email", blocked: false, blocked_reason: "", channel_ids: [home.id] });
    if (i === 0) {
      contact.points.push({ id: id(), contact_id: contact.id, namespace: "phone", address: "+44 20 7946 0991", name: "", verified: false, blocked: false, blocked_reason: "", channel_ids: [] });
      contact.points.push({ id: id(), contact_id: id(), namespace: "email", address: "olivia.martin@example.com", name: "Olivia Martin", verified: true, blocked: true, blocked_reason: "Mail to this address came back: no such user.", channel_ids: [(channels[0] as Channel).id] });
      contact.merged.push(id());
    }
    world.contacts.set(contact.id, contact);
    const waits = i < 2 || random() < 0.3;
    const age = i === 0 ? 66 : i === 1 ? 200 : Math.floor(random() ** 3 * 20_000);
    const row: ConversationRow = {
      id: id(), channel_id: home.id, contact_id: contact.id, contact_name: name, contact_point_id: contact.points[0]?.id ?? "", address,
      subject: home.kind === "email" ? pick(["Damaged parcel", "Zwrot zamówienia 9921/2026", "영수증 요청드립니다", "Question about invoice"]) : "", state: i < 12 || random() < 0.5 ? "open" : pick(["pending", "snoozed", "resolved", "open"]), snoozed_until: null,
      assignee_id: random() < 0.4 ? pick(users).id : null, team_id: random() < 0.3 ? pick(teams).id : null, priority: pick(["normal", "normal", "normal", "normal", "high", "urgent", "low"]),
      tags: random() < 0.3 ? [pick(["vip", "refund", "배송", "reklamacja"])] : [], group: false, created_at: ago(age + 5000), last_at: ago(age), last_preview: pick(waits ? asks : answers), last_author: waits ? "contact" : "agent",
      waiting_since: waits ? ago(age) : null, unread: waits && random() < 0.6, failed: i === 0, reopen_count: 0, related_id: null, related_reason: "", demo: true,
    };
    if (row.state === "snoozed") row.snoozed_until = ago(-600);
    if (i === 0) Object.assign(row, { assignee_id: me.id, tags: ["vip", "delivery"], priority: "high", unread: true, reopen_count: 1 });
    if (i === 1) Object.assign(row, { subject: "Zwrot zamówienia 9921/2026", related_id: id(), related_reason: "Same sender and the same subject as a conversation of 3 November, but without a reference to it." });
    world.rows.push(row);
    world.threads.set(row.id, i === 0 ? zoo(row) : i === 1 ? mailThread(row) : talk(row, 3 + Math.floor(random() * 8), age));
  }
  return world;
}
