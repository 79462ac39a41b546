/** Threads of the mock hub: small talk, one of every kind of entry, and mail. */
import type { ConversationRow, Delivery, Interaction } from "../../src/api/types.ts";
import { ago, answers, asks, id, me, pick, random, users } from "./seed.ts";

export function entry(row: ConversationRow, fields: Partial<Interaction>): Interaction {
  return {
    id: id(),
    conversation_id: row.id,
    channel_id: row.channel_id,
    direction: "inbound",
    author_kind: "contact",
    author_id: null,
    author_name: row.contact_name,
    kind: "message",
    content: "text",
    occurred_at: ago(10),
    received_at: ago(10),
    subject: "",
    text: "",
    has_html: false,
    data: {},
    attachments: [],
    reactions: [],
    reply_to: null,
    album: null,
    edited_at: null,
    deleted_at: null,
    delivery: null,
    journal_seq: 4711,
    recovered: false,
    demo: true,
    ...fields,
  };
}
export const delivery = (state: Delivery["state"], reason = "", at = ago(5)): Delivery => ({
  id: id(),
  state,
  attempt: 1,
  next_at: null,
  code: "",
  reason,
  state_at: at,
});
const file = (
  name: string,
  media_type: string,
  more: Partial<Interaction["attachments"][number]> = {},
): Interaction["attachments"][number] => ({
  id: id(),
  name,
  media_type,
  size: 184_320,
  state: "ready",
  thumbnail: media_type.startsWith("image/"),
  width: null,
  height: null,
  duration: null,
  voice: false,
  inline: false,
  content_id: null,
  peaks: [],
  error: "",
  ...more,
});

/** A waveform as the hub makes it: about a hundred levels from 0 to 100. */
export const wave = (): number[] =>
  Array.from({ length: 100 }, (_, at) =>
    Math.round(Math.abs(Math.sin(at / 5) * Math.cos(at / 17)) * 80 + random() * 20),
  );

export function talk(row: ConversationRow, length: number, end: number): Interaction[] {
  const items: Interaction[] = [];
  for (let i = 0; i < length; i += 1) {
    const at = ago(end + (length - i) * (7 + random() * 400));
    const ours = i % 3 === 1;
    items.push(
      entry(
        row,
        ours
          ? {
              direction: "outbound",
              author_kind: "agent",
              author_id: pick(users).id,
              author_name: pick(users).name,
              text: pick(answers),
              occurred_at: at,
              delivery: delivery(pick(["sent", "delivered", "read"]), "", at),
              journal_seq: null,
            }
          : { text: pick(asks), occurred_at: at },
      ),
    );
  }
  return items.toSorted((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
}

/** One thread with every kind of entry, to look at all bubbles. */
export function zoo(row: ConversationRow): Interaction[] {
  const at = (minutes: number) => ({ occurred_at: ago(minutes), received_at: ago(minutes) });
  const agent = {
    direction: "outbound" as const,
    author_kind: "agent" as const,
    author_id: me.id,
    author_name: me.name,
    journal_seq: null,
  };
  const first = entry(row, { text: asks[0] ?? "", ...at(3000) });
  return [
    ...talk(row, 60, 3100),
    first,
    entry(row, {
      kind: "event",
      direction: "internal",
      author_kind: "system",
      author_name: "",
      data: { event: "assigned", by: me.name, to: me.name },
      text: "Assigned to Ann Kowalski",
      ...at(2999),
    }),
    entry(row, {
      ...agent,
      text: "Hello Olivia! Let me check with the carrier: https://track.example.com/10482",
      reply_to: { id: first.id, author_name: row.contact_name, preview: "Hi! My order 10482 has not arrived yet." },
      delivery: delivery("read"),
      ...at(2990),
    }),
    entry(row, {
      kind: "note",
      direction: "internal",
      author_kind: "agent",
      author_id: me.id,
      author_name: me.name,
      text: "Carrier says: held at customs. @Tom please call them tomorrow.",
      ...at(2980),
    }),
    entry(row, {
      direction: "outbound",
      author_kind: "bot",
      author_name: "Assistant",
      text: "While you wait: you can follow your parcel in your account.",
      delivery: delivery("delivered"),
      ...at(2900),
    }),
    entry(row, {
      attachments: [file("front.jpg", "image/jpeg", { width: 1200, height: 800 })],
      album: "a1",
      text: "It looks like this",
      ...at(1500),
    }),
    entry(row, {
      attachments: [file("side.jpg", "image/jpeg", { width: 800, height: 1200 })],
      album: "a1",
      ...at(1500),
    }),
    entry(row, {
      attachments: [file("back.jpg", "image/jpeg", { width: 1000, height: 1000 })],
      album: "a1",
      ...at(1500),
    }),
    entry(row, {
      attachments: [file("voice.ogg", "audio/ogg", { voice: true, duration: 14.2, peaks: wave() })],
      ...at(1490),
    }),
    entry(row, { attachments: [file("Nagranie z rozmowy.amr", "audio/amr", { duration: 74 })], ...at(1488) }),
    entry(row, { attachments: [file("film.mp4", "video/mp4", { thumbnail: true, duration: 12 })], ...at(1487) }),
    entry(row, {
      attachments: [file("invoice.pdf", "application/pdf", { thumbnail: true, width: 595, height: 842 })],
      ...at(1486),
    }),
    entry(row, {
      attachments: [
        file("Umowa_i_regulamin_świadczenia_usług_drogą_elektroniczną_wersja_ostateczna_2026.pdf", "application/pdf", {
          size: 2_400_000,
        }),
        file("huge.zip", "application/zip", {
          state: "refused",
          size: 90_000_000,
          error: "Larger than 25 MB: it was not fetched.",
        }),
        file("photo.heic", "image/heic", { state: "pending" }),
        file("note.ogg", "audio/ogg", {
          state: "failed",
          voice: true,
          error: "The provider keeps files for 30 days, and this one is gone. Ask the customer to send it again.",
        }),
      ],
      ...at(1480),
    }),
    entry(row, {
      content: "location",
      data: {
        latitude: 52.2297,
        longitude: 21.0122,
        name: "Pałac Kultury i Nauki",
        address: "plac Defilad 1, Warszawa",
      },
      ...at(1470),
    }),
    entry(row, { content: "contact_card", data: { name: "김민수", phone: "+82 10-1234-5678" }, ...at(1460) }),
    entry(row, {
      content: "contact_card",
      data: {
        name: "Anna",
        phone: "+48 22 555 01 03",
        cards: [
          { name: "Anna", phone: "+48 22 555 01 03" },
          { name: "Bartłomiej Brzęczyszczykiewicz", phone: "+48 22 555 01 04" },
        ],
      },
      ...at(1459),
    }),
    entry(row, { content: "sticker", data: { emoji: "🎉" }, text: "🎉", ...at(1450) }),
    entry(row, {
      content: "poll",
      data: {
        question: "Which colour?",
        options: [
          { text: "Blue", votes: 3 },
          { text: "Green", votes: 1 },
        ],
      },
      ...at(1440),
    }),
    entry(row, {
      content: "invite",
      data: {
        summary: "Call about order 10482",
        starts: ago(-1440),
        ends: ago(-1410),
        location: "Phone",
        organizer: "olivia@example.com",
        method: "REQUEST",
      },
      ...at(1430),
    }),
    entry(row, { content: "button", data: { label: "Talk to a person" }, text: "Talk to a person", ...at(1420) }),
    entry(row, { content: "unsupported", data: { what: "gift" }, ...at(1410) }),
    entry(row, { text: "I moved the date to Friday.", edited_at: ago(1390), ...at(1400) }),
    entry(row, { text: "", deleted_at: ago(1380), ...at(1385) }),
    entry(row, {
      ...agent,
      text: "We sent a replacement today.",
      delivery: delivery("sent"),
      reactions: [
        { emoji: "👍", names: [row.contact_name] },
        { emoji: "❤️", names: [row.contact_name, "Tom"] },
      ],
      ...at(600),
    }),
    entry(row, {
      ...agent,
      text: "Here is the return label again.",
      delivery: delivery("failed", "The customer blocked the bot. Write to them by mail instead."),
      ...at(500),
    }),
    entry(row, {
      ...agent,
      text: "Did the parcel arrive?",
      delivery: delivery("unknown", "The connection was cut while the message was being sent. It may have gone out."),
      ...at(120),
    }),
    entry(row, {
      kind: "event",
      direction: "internal",
      author_kind: "system",
      author_name: "",
      data: { event: "reopened" },
      text: "Reopened",
      ...at(70),
    }),
    entry(row, { text: asks[8] ?? "", recovered: true, ...at(66) }),
    entry(row, { text: "It is a long story, so let me tell you everything from the beginning. ".repeat(9), ...at(64) }),
  ];
}

export function mailThread(row: ConversationRow): Interaction[] {
  const text =
    "Dzień dobry,\n\ndziękuję za szybką odpowiedź. Wysyłam zdjęcia w załączniku.\n\nPozdrawiam\nKatarzyna Nowak\n\nOn Mon, 16 Nov 2026 at 10:12, Support <support@example.com> wrote:\n> Hello,\n> please send us a photo of the damage.\n> Kind regards, Ann";
  const head = (from: string, to: string) => ({
    from,
    to: [to],
    cc: ["ksiegowosc@example.pl"],
    quote_at: text.indexOf("On Mon"),
    hidden: [],
  });
  return [
    entry(row, {
      content: "mail",
      subject: row.subject,
      text: asks[2] ?? "",
      data: { from: `${row.contact_name} <${row.address}>`, to: ["support@example.com"] },
      occurred_at: ago(5000),
    }),
    entry(row, {
      content: "mail",
      subject: `Re: ${row.subject}`,
      direction: "outbound",
      author_kind: "agent",
      author_id: me.id,
      author_name: me.name,
      text: "Hello,\n\nplease send us a photo of the damage.\n\nKind regards\nAnn",
      data: { from: "support@example.com", to: [row.address] },
      delivery: delivery("delivered"),
      occurred_at: ago(4000),
    }),
    entry(row, {
      content: "mail",
      subject: `Re: ${row.subject}`,
      text,
      data: head(`${row.contact_name} <${row.address}>`, "support@example.com"),
      attachments: [
        file("uszkodzenie.jpg", "image/jpeg", { width: 1200, height: 900 }),
        file("faktura 9921.pdf", "application/pdf"),
      ],
      occurred_at: ago(200),
    }),
    entry(row, {
      content: "mail",
      subject: "Newsletter with pictures",
      text: "Your weekly offers",
      has_html: true,
      data: { from: "shop@example.org", to: ["support@example.com"], remote_images: true },
      author_kind: "auto",
      occurred_at: ago(100),
    }),
  ];
}
