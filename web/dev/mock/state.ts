/** What the mock hub holds, and the small words its routes are written in. */
import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { DEFAULT_FILTER, type InboxFilter } from "../../src/api/filter.ts";
import type { Attachment, ConversationRow, Interaction } from "../../src/api/types.ts";
import { build } from "./world.ts";

export const world = build();
export const drafts = new Map<string, unknown>();
export const uploads = new Map<string, Attachment>();
export const sockets = new Set<WebSocket>();
export const progress = { seq: 1, loggedIn: process.env.LOGGED_IN !== "no" };

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

const NOTHING = { interactions: [], conversations: [], contacts: [], channels: [], users: false, ledger: false };

export function tell(frame: object): void {
  progress.seq += 1;
  for (const socket of sockets)
    socket.send(JSON.stringify({ type: "changes", seq: progress.seq, ...NOTHING, ...frame }));
}

export const row = (conversation: string): ConversationRow => {
  const found = world.rows.find((item) => item.id === conversation);
  if (found === undefined) throw new Refused(404, "There is no such conversation.");
  return found;
};

export function page<T>(items: readonly T[], query: URLSearchParams): { items: T[]; next: string | null } {
  const from = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null };
}

export function newestFirst(
  items: readonly Interaction[],
  query: URLSearchParams,
): { items: Interaction[]; next: string | null } {
  const sorted = items.toSorted((a, b) => (a.occurred_at < b.occurred_at ? 1 : -1));
  const cut = page(sorted, query);
  return { items: cut.items.toReversed(), next: cut.next };
}

export function filterFrom(query: URLSearchParams): InboxFilter {
  const list = (name: string) => query.getAll(name);
  return {
    view: (query.get("view") ?? "all") as InboxFilter["view"],
    state: (list("state").length > 0 ? list("state") : DEFAULT_FILTER.state) as InboxFilter["state"],
    channel: list("channel"),
    team: list("team"),
    assignee: list("assignee"),
    tag: list("tag"),
    waiting: query.get("waiting") === "true",
    at_risk: query.get("at_risk") === "true",
    sort: (query.get("sort") ?? "waiting") as InboxFilter["sort"],
  };
}

export function say(conversation: ConversationRow, item: Interaction): Interaction {
  world.threads.get(conversation.id)?.push(item);
  Object.assign(conversation, { last_at: item.occurred_at, last_preview: item.text, last_author: item.author_kind });
  tell({ interactions: [item], conversations: [{ ...conversation, unread: null }] });
  return item;
}

export type Body = Record<string, unknown>;
export type Handler = (
  match: RegExpMatchArray,
  query: URLSearchParams,
  body: Body,
  request: IncomingMessage,
) => unknown;
export const routes: [string, RegExp, Handler][] = [];
export const on = (method: string, path: string, handler: Handler) =>
  routes.push([method, new RegExp(`^${path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`), handler]);
export const first = (match: RegExpMatchArray) => match[1] ?? "";
