/** A hub made of memory, for looking at the screens: `npm run mock`, then `HUB_URL=http://127.0.0.1:8090 npm run dev`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { deflateSync } from "node:zlib";
import { type WebSocket, WebSocketServer } from "ws";
import type { Attachment, ConversationRow, Interaction } from "../../src/api/types.ts";
import { compareRows, DEFAULT_FILTER, type InboxFilter, matches } from "../../src/api/filter.ts";
import { ago, build, channels, connectors, delivery, entry, id, me, teams, users } from "./seed.ts";

const PORT = Number(process.env.PORT ?? 8090);
const APP = join(import.meta.dirname, "../../../hub/static/app");
const world = build();
const drafts = new Map<string, unknown>();
const uploads = new Map<string, Attachment>();
const sockets = new Set<WebSocket>();
let seq = 1;
let loggedIn = process.env.LOGGED_IN !== "no";

class Refused extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

function tell(frame: object): void {
  seq += 1;
  for (const socket of sockets) socket.send(JSON.stringify({ type: "changes", seq, ...frame }));
}

const row = (conversation: string): ConversationRow => {
  const found = world.rows.find((item) => item.id === conversation);
  if (found === undefined) throw new Refused(404, "There is no such conversation.");
  return found;
};

function page<T>(items: readonly T[], query: URLSearchParams): { items: T[]; next: string | null } {
  const from = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null };
}

function newestFirst(items: readonly Interaction[], query: URLSearchParams): { items: Interaction[]; next: string | null } {
  const sorted = items.toSorted((a, b) => (a.occurred_at < b.occurred_at ? 1 : -1));
  const cut = page(sorted, query);
  return { items: cut.items.toReversed(), next: cut.next };
}

function filterFrom(query: URLSearchParams): InboxFilter {
  const list = (name: string) => query.getAll(name);
  return {
    view: (query.get("view") ?? "all") as InboxFilter["view"], state: (list("state").length > 0 ? list("state") : DEFAULT_FILTER.state) as InboxFilter["state"],
    channel: list("channel"), team: list("team"), assignee: list("assignee"), tag: list("tag"), waiting: query.get("waiting") === "true", sort: (query.get("sort") ?? "waiting") as InboxFilter["sort"],
  };
}

const session = (language = me.language) => ({
  user: { ...me, language }, csrf: "mock", must_change_password: process.env.MUST_CHANGE === "yes", version: "0.1.0", languages: ["en", "ko", "pl"],
  permissions: process.env.ROLE === "agent" ? ["conversations_read", "conversations_write", "contacts_read", "contacts_write", "contacts_merge", "channels_read", "users_read", "waits_read"]
    : ["conversations_read", "conversations_write", "contacts_read", "contacts_write", "contacts_merge", "contacts_delete", "channels_read", "channels_write", "ledger_read", "ledger_replay", "raw_read", "users_read", "users_write", "teams_write", "tokens_write", "hooks_write", "waits_read", "system_read"],
});

function counts() {
  const live = world.rows.filter((item) => item.state === "open" || item.state === "pending");
  const waits = live.filter((item) => item.waiting_since !== null).map((item) => item.waiting_since as string).toSorted();
  return { mine: live.filter((item) => item.assignee_id === me.id).length, unassigned: live.filter((item) => item.assignee_id === null).length, all: live.length, snoozed: world.rows.filter((item) => item.state === "snoozed").length, waiting: waits.length, oldest_wait: waits[0] ?? null };
}

function say(conversation: ConversationRow, item: Interaction): Interaction {
  world.threads.get(conversation.id)?.push(item);
  Object.assign(conversation, { last_at: item.occurred_at, last_preview: item.text, last_author: item.author_kind });
  tell({ interactions: [item], conversations: [{ ...conversation, unread: null }] });
  return item;
}

type Body = Record<string, unknown>;
type Handler = (match: RegExpMatchArray, query: URLSearchParams, body: Body, request: IncomingMessage) => unknown;
const routes: [string, RegExp, Handler][] = [];
const on = (method: string, path: string, handler: Handler) => routes.push([method, new RegExp(`^${path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`), handler]);
const first = (match: RegExpMatchArray) => match[1] ?? "";

on("GET", "/session", (_m, _q, _b, request) => { if (!loggedIn) throw new Refused(401, "Please log in."); return session((request.headers["accept-language"] ?? "en").slice(0, 2)); });
on("POST", "/session", (_m, _q, body) => { if (body.password === "wrong") throw new Refused(401, "The e-mail address or the password is wrong."); loggedIn = true; return session(); });
on("DELETE", "/session", () => { loggedIn = false; return null; });
on("PATCH", "/session", (_m, _q, body) => { Object.assign(me, body); return session(); });
on("POST", "/session/password", () => session());
on("GET", "/users", () => users);
on("GET", "/teams", () => teams);
on("GET", "/tokens", () => [{ id: id(), name: "Shop integration", actions: ["contacts_read"], created_at: ago(9000), created_by: me.id, last_used_at: ago(3), expires_at: null }]);
on("GET", "/hooks", () => []);
on("GET", "/connectors", () => connectors);
on("GET", "/channels", () => channels);
on("POST", "/channels/{id}/check", () => ({ ok: true, address: "support@example.com", detail: "" }));
on("POST", "/connectors/{key}/check", () => { throw new Refused(422, "The mail server refused the password. Check the user name, or create a new app password."); });
on("GET", "/conversations", (_m, query) => { const filter = filterFrom(query); return page(world.rows.filter((item) => matches(item, filter, me.id)).toSorted(compareRows(filter.sort)), query); });
on("GET", "/conversations/counts", counts);
on("GET", "/conversations/{id}", (m) => {
  const found = row(first(m));
  const home = channels.find((item) => item.id === found.channel_id);
  return { row: found, participants: [{ contact_point_id: found.contact_point_id, contact_id: found.contact_id, name: found.contact_name, address: found.address, role: "counterpart" }], draft: drafts.get(found.id) ?? null, capabilities: home?.capabilities, reply_until: home?.kind === "webchat" ? ago(-95) : null, channel_id: found.channel_id };
});
on("PATCH", "/conversations/{id}", (m, _q, body) => { const found = row(first(m)); Object.assign(found, body); tell({ conversations: [{ ...found, unread: null }] }); return found; });
on("GET", "/conversations/{id}/interactions", (m, query) => newestFirst(world.threads.get(first(m)) ?? [], query));
on("POST", "/conversations/{id}/replies", (m, _q, body) => {
  const found = row(first(m));
  const { id: own, text, attachment_ids, resolve } = body as unknown as { id: string; text: string; attachment_ids?: string[]; resolve?: boolean };
  const now = new Date().toISOString();
  found.waiting_since = null;
  if (resolve === true) found.state = "resolved";
  const item = say(found, entry(found, { id: own, direction: "outbound", author_kind: "agent", author_id: me.id, author_name: me.name, text, occurred_at: now, received_at: now, delivery: delivery("queued", "", now), journal_seq: null, attachments: (attachment_ids ?? []).flatMap((key) => uploads.get(key) ?? []) }));
  drafts.delete(found.id);
  for (const [index, state] of (["sending", "sent", "delivered"] as const).entries())
    setTimeout(() => { item.delivery = { ...(item.delivery ?? delivery("queued")), state }; tell({ interactions: [item] }); }, 500 * (index + 1));
  return item;
});
on("POST", "/conversations/{id}/notes", (m, _q, body) => {
  const found = row(first(m));
  const now = new Date().toISOString();
  return say(found, entry(found, { id: body.id as string, kind: "note", direction: "internal", author_kind: "agent", author_id: me.id, author_name: me.name, text: body.text as string, occurred_at: now, received_at: now }));
});
on("PUT", "/conversations/{id}/draft", (m, _q, body) => { const kept = { ...body, conversation_id: first(m), user_id: me.id, updated_at: new Date().toISOString() }; drafts.set(first(m), kept); return kept; });
on("DELETE", "/conversations/{id}/draft", (m) => { drafts.delete(first(m)); return null; });
on("POST", "/conversations/{id}/read", (m) => { row(first(m)).unread = false; return null; });
on("POST", "/conversations/{id}/typing", () => null);
on("GET", "/interactions/{id}/revisions", (m) => [{ interaction_id: first(m), replaced_at: ago(1395), text: "I moved the date to Thursday.", html: "" }]);
on("GET", "/interactions/{id}/raw", () => ({ seq: 4711, channel_id: channels[2]?.id, kind: "webhook", received_at: ago(10), state: "done", error: "", attempts: 1, recovered: false, headers: { "content-type": "application/json" }, body_text: '{"update_id": 1, "message": {"gift": {}}}', body_base64: null, interactions: [] }));
on("POST", "/deliveries/{id}/retry", (m) => {
  for (const items of world.threads.values()) for (const item of items) if (item.delivery?.id === first(m)) { item.delivery = { ...item.delivery, state: "sent", reason: "" }; tell({ interactions: [item] }); return item.delivery; }
  throw new Refused(404, "There is no such delivery.");
});
on("POST", "/deliveries/{id}/confirm", (m) => {
  for (const items of world.threads.values()) for (const item of items) if (item.delivery?.id === first(m)) { item.delivery = { ...item.delivery, state: "delivered", reason: "" }; tell({ interactions: [item] }); return item.delivery; }
  throw new Refused(404, "There is no such delivery.");
});
on("GET", "/contacts", (_m, query) => page([...world.contacts.values()].filter((item) => item.name.toLowerCase().includes((query.get("search") ?? "").toLowerCase())).map((item) => ({ id: item.id, name: item.name, company: item.company, state: item.state, expires_at: item.expires_at, addresses: item.points.map((point) => point.address), last_at: item.last_at, demo: true })), query));
on("GET", "/contacts/{id}", (m) => { const found = world.contacts.get(first(m)); if (found === undefined) throw new Refused(404, "There is no such contact."); return found; });
on("PATCH", "/contacts/{id}", (m, _q, body) => Object.assign(world.contacts.get(first(m)) ?? {}, body));
on("POST", "/contacts/{id}/keep", (m) => Object.assign(world.contacts.get(first(m)) ?? {}, { state: "kept", expires_at: null }));
on("GET", "/contacts/{id}/timeline", (m, query) => newestFirst(world.rows.filter((item) => item.contact_id === first(m)).flatMap((item) => world.threads.get(item.id) ?? []), query));
on("GET", "/contacts/{id}/conversations", (m, query) => page(world.rows.filter((item) => item.contact_id === first(m)), query));
on("GET", "/contacts/{id}/duplicates", (m) => {
  const other = [...world.contacts.values()].find((item) => item.id !== first(m) && item.name === world.contacts.get(first(m))?.name);
  return other === undefined ? [] : [{ contact_id: first(m), other_id: other.id, other_name: other.name, score: 0.8, reason: `Same name “${other.name}”, and both wrote about order 10482.` }];
});
on("GET", "/contacts/{id}/history", (m) => [{ change: { id: id(), action: "merge", contact_id: first(m), other_id: world.contacts.get(first(m))?.merged[0] ?? id(), point_ids: [], reason: "Same person: she said so in the chat.", by: me.id, at: ago(4000), undone_at: null, undone_by: null }, by_name: me.name, contact_name: world.contacts.get(first(m))?.name, other_name: "Olivia M." }]);
on("POST", "/contacts/{id}/merge", (m) => ({ change: { id: id(), action: "merge", contact_id: first(m), other_id: id(), point_ids: [], reason: "", by: me.id, at: ago(0), undone_at: null, undone_by: null }, contact: world.contacts.get(first(m)) }));
on("GET", "/search", (_m, query) => page([...world.threads.values()].flat().filter((item) => item.text.toLowerCase().includes((query.get("q") ?? "").toLowerCase())).slice(0, 40).map((item) => { const home = row(item.conversation_id); return { interaction: item, contact_id: home.contact_id, contact_name: home.contact_name }; }), query));
on("GET", "/ledger", () => channels.map((item, index) => ({ channel_id: item.id, received: 1204 - index * 200, stored: 1204 - index * 200, waiting: 0, shown: 1100 - index * 190, known: 90, unneeded: 12, unparsed: index === 2 ? 2 : 0, parked: 0, recovered: index === 0 ? 3 : 0, last_received_at: ago(index * 7 + 1) })));
on("GET", "/raw-events", (_m, query) => page([1, 2].map((number) => ({ seq: 4700 + number, channel_id: channels[2]?.id, kind: "webhook", received_at: ago(number * 60), state: "unparsed", error: "KeyError: 'gift' has no known shape", attempts: 2, recovered: false, size: 418 })), query));
on("GET", "/raw-events/{seq}", (m) => ({ seq: Number(first(m)), channel_id: channels[2]?.id, kind: "webhook", received_at: ago(60), state: "unparsed", error: "KeyError: 'gift' has no known shape", attempts: 2, recovered: false, headers: { "content-type": "application/json" }, body_text: '{"update_id": 918273, "message": {"message_id": 7, "gift": {"id": "x", "stars": 25}}}', body_base64: null, interactions: [] }));
on("POST", "/raw-events/replay", () => ({ count: 2 }));
on("GET", "/overview", () => ({ version: "0.1.0", node: "hub-1", uptime: 86_431, started_at: ago(1440), journal: { oldest_unread: null, lag: 0 }, outbox: { queued: 1, failed: 1, unknown: 1 }, channels: channels.map(({ id: own, name, connector, enabled, connection }) => ({ id: own, name, connector, enabled, connection })), disk: { free: 41_000_000_000, total: 80_000_000_000 }, database: "sqlite", problems: ["The channel “Zamówienia i reklamacje – Polska” cannot log in. Enter a new app password in its settings."] }));

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts))).on("error", reject);
  });
}

function picture(): Buffer {
  const size = 160;
  const raw = Buffer.alloc((size * 3 + 1) * size);
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) raw.set([80 + x / 2, 120 + y / 2, 190], y * (size * 3 + 1) + 1 + x * 3);
  const crcTable = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
  const crc = (data: Buffer) => { let c = 0xffffffff; for (const byte of data) c = (crcTable[(c ^ byte) & 255] as number) ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };
  const chunk = (name: string, data: Buffer) => { const typed = Buffer.concat([Buffer.from(name), data]); const head = Buffer.alloc(4); head.writeUInt32BE(data.length); const tail = Buffer.alloc(4); tail.writeUInt32BE(crc(typed)); return Buffer.concat([head, typed, tail]); };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0); header.writeUInt32BE(size, 4); header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", header), chunk("IDAT", deflateSync(raw)), chunk("IEND", Buffer.alloc(0))]);
}
const PICTURE = picture();
const MAIL = `<!doctype html><meta charset=utf-8><body style="font-family:sans-serif"><h2>Weekly offers</h2><p>Hello Katarzyna, see what is new this week.</p><table><tr><td style="background:#eee;padding:20px">Blue kettle</td><td style="background:#eee;padding:20px">Red kettle</td></tr></table><p><img alt="Our shop"></p><p><a href="https://example.com">Visit the shop</a></p></body>`;

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://mock");
  if (!url.pathname.startsWith("/api/v1/")) return serveApp(url.pathname, response);
  const path = url.pathname.slice("/api/v1".length);
  const bytes = await readBody(request);
  if (/^\/attachments\/[^/]+/.test(path)) { response.writeHead(200, { "Content-Type": "image/png" }).end(PICTURE); return undefined; }
  if (/^\/interactions\/[^/]+\/html$/.test(path)) { response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox" }).end(MAIL); return undefined; }
  if (path === "/attachments") {
    const made: Attachment = { id: url.searchParams.get("id") ?? id(), name: url.searchParams.get("name") ?? "file", media_type: request.headers["content-type"] ?? "application/octet-stream", size: bytes.length, state: "ready", thumbnail: (request.headers["content-type"] ?? "").startsWith("image/"), width: null, height: null, duration: null, voice: false, inline: false, content_id: null, error: "" };
    uploads.set(made.id, made);
    return answer(response, 201, made);
  }
  try {
    for (const [method, pattern, handler] of routes) {
      const match = path.match(pattern);
      if (method === request.method && match !== null) {
        const result = handler(match, url.searchParams, (bytes.length > 0 ? JSON.parse(bytes.toString()) : {}) as Body, request);
        return answer(response, result === null ? 204 : 200, result);
      }
    }
    throw new Refused(404, `The mock has no ${request.method} ${path}.`);
  } catch (error) {
    const status = error instanceof Refused ? error.status : 500;
    return answer(response, status, { type: "about:blank", title: "Refused", status, detail: (error as Error).message });
  }
}

function answer(response: ServerResponse, status: number, result: unknown): undefined {
  response.writeHead(status, { "Content-Type": status >= 400 ? "application/problem+json" : "application/json" }).end(status === 204 ? undefined : JSON.stringify(result));
  return undefined;
}

const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png", ".webmanifest": "application/manifest+json" };
async function serveApp(path: string, response: ServerResponse): Promise<undefined> {
  const name = extname(path) === "" ? "index.html" : path;
  try {
    const content = await readFile(join(APP, name));
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream", "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" }).end(content);
  } catch {
    response.writeHead(404).end();
  }
  return undefined;
}

const server = createServer((request, response) => void serve(request, response));
new WebSocketServer({ server, path: "/api/v1/live" }).on("connection", (socket) => {
  sockets.add(socket);
  socket.send(JSON.stringify({ type: "hello", seq }));
  socket.on("close", () => sockets.delete(socket));
  socket.on("message", (data) => {
    const frame = JSON.parse(data.toString()) as { type: string; conversation_id?: string };
    if (frame.type === "viewing" && frame.conversation_id) socket.send(JSON.stringify({ type: "presence", conversation_id: frame.conversation_id, users: [{ id: users[1]?.id, name: users[1]?.name, replying: true }] }));
  });
});
// A customer writes every few seconds, so that live updates can be seen.
if (process.env.QUIET !== "yes")
  setInterval(() => {
    const found = world.rows[Math.floor(Math.random() * 40)] as ConversationRow;
    const now = new Date().toISOString();
    found.waiting_since ??= now;
    if (found.state === "resolved" || found.state === "snoozed") found.state = "open";
    say(found, entry(found, { text: `And one more thing… (${now.slice(11, 19)})`, occurred_at: now, received_at: now }));
  }, 6000);
server.listen(PORT, "127.0.0.1", () => console.log(`mock hub on http://127.0.0.1:${PORT}`));
