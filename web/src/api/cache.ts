/** Live changes put into what the screens already hold: patched in place, nothing fetched again. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { compareRows, type InboxFilter, matches } from "./filter";
import { inTime } from "./moments";
import { keys } from "./queries";
import type { Changes, ConversationDetail, ConversationRow, Interaction, Page } from "./types";

export type Pages<T> = InfiniteData<Page<T>, string | null>;

/** Puts a row where it belongs in a loaded list, or takes it out. Returns the same object if nothing changes. */
export function placeRow(
  list: Pages<ConversationRow>,
  row: ConversationRow,
  filter: InboxFilter,
  me: string,
): Pages<ConversationRow> {
  const compare = compareRows(filter.sort);
  const had = list.pages.some((page) => page.items.some((item) => item.id === row.id));
  const wanted = matches(row, filter, me);
  if (!had && !wanted) return list;
  const pages = list.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== row.id) }));
  if (wanted) insertRow(pages, row, compare);
  return { ...list, pages };
}

function insertRow(
  pages: Page<ConversationRow>[],
  row: ConversationRow,
  compare: (a: ConversationRow, b: ConversationRow) => number,
): void {
  for (const page of pages) {
    const at = page.items.findIndex((item) => compare(row, item) < 0);
    if (at >= 0) {
      page.items.splice(at, 0, row);
      return;
    }
  }
  const last = pages.at(-1);
  // Behind everything loaded: if more pages follow, the row comes with one of them.
  if (last !== undefined && last.next === null) last.items.push(row);
}

const before = (a: Interaction, b: Interaction): boolean =>
  (inTime(a.occurred_at, b.occurred_at) || (a.id < b.id ? -1 : 1)) < 0;

/** Puts an entry into a loaded thread: replaced if it is there, else at its time. */
export function placeEntry(thread: Pages<Interaction>, entry: Interaction): Pages<Interaction> {
  const known = thread.pages.findIndex((page) => page.items.some((item) => item.id === entry.id));
  const pages = thread.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== entry.id) }));
  const oldest = pages.length - 1;
  let index = pages.findIndex((page) => page.items[0] !== undefined && before(page.items[0], entry));
  if (index < 0) {
    const more = thread.pages.at(-1)?.next !== null;
    if (more && known < 0) return thread;
    index = oldest;
  }
  const page = pages[index];
  if (page === undefined) return thread;
  const at = page.items.findIndex((item) => before(entry, item));
  page.items.splice(at < 0 ? page.items.length : at, 0, entry);
  return { ...thread, pages };
}

function knownRow(client: QueryClient, id: string): ConversationRow | undefined {
  const detail = client.getQueryData<ConversationDetail>(keys.conversation(id));
  if (detail !== undefined) return detail.row;
  for (const [, list] of client.getQueriesData<Pages<ConversationRow>>({ queryKey: keys.conversations })) {
    const row = list?.pages.flatMap((page) => page.items).find((item) => item.id === id);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Says whether a row is unread for this person: frames are the same for everyone and cannot say it. */
export function deriveUnread(
  row: ConversationRow,
  old: ConversationRow | undefined,
  arrived: readonly Interaction[],
  looking: string | null,
): boolean {
  if (row.unread !== null) return row.unread;
  if (row.id === looking) return false;
  const customer = arrived.some((entry) => entry.conversation_id === row.id && entry.direction === "inbound");
  return customer || (old?.unread ?? false);
}

/** Writes a row into every list and into its conversation. */
export function patchConversation(client: QueryClient, row: ConversationRow, me: string): void {
  for (const [key, list] of client.getQueriesData<Pages<ConversationRow>>({ queryKey: keys.conversations })) {
    const filter = key[1] as InboxFilter | undefined;
    if (list !== undefined && filter !== undefined) client.setQueryData(key, placeRow(list, row, filter, me));
  }
  client.setQueryData<ConversationDetail>(keys.conversation(row.id), (detail) => detail && { ...detail, row });
  client.setQueryData<Page<ConversationRow>>(
    [...keys.contact(row.contact_id), "conversations"],
    (page) => page && { ...page, items: page.items.map((item) => (item.id === row.id ? row : item)) },
  );
}

/** Tells whether what this screen shows of an entry came from the hub: newer than the answer to its creation. */
export function isTold(client: QueryClient, entry: Interaction): boolean {
  const thread = client.getQueryData<Pages<Interaction>>(keys.thread(entry.conversation_id));
  const shown = thread?.pages.flatMap((page) => page.items).find((item) => item.id === entry.id);
  return Boolean(shown?.delivery?.id);
}

/** Writes an entry into its thread and into the timelines that show it. */
export function patchInteraction(client: QueryClient, entry: Interaction, contactId: string | undefined): void {
  client.setQueryData<Pages<Interaction>>(
    keys.thread(entry.conversation_id),
    (thread) => thread && placeEntry(thread, entry),
  );
  if (contactId === undefined) return;
  const timelines = client.getQueriesData<Pages<Interaction>>({ queryKey: [...keys.contact(contactId), "timeline"] });
  for (const [key, timeline] of timelines) {
    const channels = (key[3] ?? []) as readonly string[];
    const shown = channels.length === 0 || channels.includes(entry.channel_id);
    if (timeline !== undefined && shown) client.setQueryData(key, placeEntry(timeline, entry));
  }
}

/** Applies one frame of changes. `looking` is the conversation on screen. Returns the customers' new entries. */
export function applyChanges(client: QueryClient, changes: Changes, me: string, looking: string | null): Interaction[] {
  const entries = changes.interactions;
  const fresh = entries.filter((entry) => isNew(client, entry));
  for (const row of changes.conversations) {
    const old = knownRow(client, row.id);
    patchConversation(client, { ...row, unread: deriveUnread(row, old, fresh, looking) }, me);
  }
  for (const entry of entries) patchInteraction(client, entry, knownRow(client, entry.conversation_id)?.contact_id);
  refreshDetails(client, fresh);
  refreshMerged(client, fresh);
  for (const id of changes.contacts)
    void client.invalidateQueries({ queryKey: keys.contact(id), predicate: notTimeline });
  refreshStanding(client, changes.contacts);
  if (changes.contacts.length > 0) void client.invalidateQueries({ queryKey: keys.contacts });
  if (changes.channels.length > 0) void client.invalidateQueries({ queryKey: keys.channels });
  if (changes.users) {
    void client.invalidateQueries({ queryKey: keys.users });
    void client.invalidateQueries({ queryKey: keys.teams });
  }
  return fresh.filter((entry) => entry.direction === "inbound" && entry.kind !== "event");
}

/** Tells whether a contact that changed is shown in a loaded list by a row this frame does not bring. */
export function renamesRows(client: QueryClient, changes: Changes): boolean {
  if (changes.contacts.length === 0) return false;
  const brought = new Set(changes.conversations.map((row) => row.id));
  const changed = new Set(changes.contacts);
  const lists = client.getQueriesData<Pages<ConversationRow>>({ queryKey: keys.conversations });
  return lists.some(([, list]) =>
    list?.pages.some((page) => page.items.some((row) => changed.has(row.contact_id) && !brought.has(row.id))),
  );
}

/** The window to answer in begins anew with a customer's message, and a group may have a new member. */
function refreshDetails(client: QueryClient, fresh: readonly Interaction[]): void {
  const ids = new Set(fresh.filter((entry) => entry.direction === "inbound").map((entry) => entry.conversation_id));
  for (const id of ids) {
    const detail = client.getQueryData<ConversationDetail>(keys.conversation(id));
    if (detail !== undefined && (detail.capabilities.reply_window !== null || detail.row.group))
      void client.invalidateQueries({ queryKey: keys.conversation(id) });
  }
}

/** Two conversations were made one, or two again: what was said moved without a frame for each entry. */
function refreshMerged(client: QueryClient, fresh: readonly Interaction[]): void {
  for (const { conversation_id: id, data } of fresh) {
    if (data.event !== "merged" && data.event !== "unmerged") continue;
    void client.invalidateQueries({ queryKey: keys.thread(id) });
    void client.invalidateQueries({ queryKey: ["merges", id] });
    void client.invalidateQueries({ queryKey: keys.conversation(id) });
    void client.invalidateQueries({ queryKey: keys.thread(String(data.other)) });
  }
}

/** Somebody opted out, blocked us or came back: whether they may be written to is part of the conversation. */
function refreshStanding(client: QueryClient, contacts: readonly string[]): void {
  if (contacts.length === 0) return;
  void client.invalidateQueries({
    queryKey: ["conversation"],
    predicate: (query) => contacts.includes((query.state.data as ConversationDetail | undefined)?.row.contact_id ?? ""),
  });
}

const notTimeline = (query: { queryKey: readonly unknown[] }): boolean => query.queryKey[2] !== "timeline";

function isNew(client: QueryClient, entry: Interaction): boolean {
  if (entry.edited_at !== null || entry.deleted_at !== null) return false;
  const thread = client.getQueryData<Pages<Interaction>>(keys.thread(entry.conversation_id));
  return !(thread?.pages.some((page) => page.items.some((item) => item.id === entry.id)) ?? false);
}
