import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { aReply, aRow, anEntry, ME, minute } from "../test/builders";
import { applyChanges, deriveUnread, isTold, type Pages, placeEntry, placeRow, renamesRows } from "./cache";
import { DEFAULT_FILTER, type InboxFilter } from "./filter";
import { conversationsQuery, keys, threadQuery } from "./queries";
import type { Changes, ConversationRow, Interaction } from "./types";

const list = (rows: ConversationRow[], next: string | null = null): Pages<ConversationRow> => ({
  pages: [{ items: rows, next }],
  pageParams: [null],
});
const ids = <T extends { id: string }>(pages: Pages<T>): string[] =>
  pages.pages.flatMap((page) => page.items.map((item) => item.id));
const nothing: Changes = {
  calls: [],
  debts: [],
  lines: false,
  pops: [],
  presence: [],
  recordings: [],
  reviews: [],
  conversations: [],
  interactions: [],
  contacts: [],
  channels: [],
  users: false,
  ledger: false,
};

describe("a changed conversation in a list", () => {
  const early = aRow({ id: "early", waiting_since: minute(1) });
  const late = aRow({ id: "late", waiting_since: minute(9) });

  it("comes in where its wait puts it", () => {
    const between = aRow({ id: "between", waiting_since: minute(5) });
    expect(ids(placeRow(list([early, late]), between, DEFAULT_FILTER, ME))).toEqual(["early", "between", "late"]);
  });

  it("moves when its wait ends", () => {
    const answered = aRow({ ...early, waiting_since: null });
    expect(ids(placeRow(list([early, late]), answered, DEFAULT_FILTER, ME))).toEqual(["late", "early"]);
  });

  it("leaves when it no longer fits the filter", () => {
    expect(ids(placeRow(list([early, late]), aRow({ ...early, state: "resolved" }), DEFAULT_FILTER, ME))).toEqual([
      "late",
    ]);
  });

  it("leaves the list of mine when somebody else takes it", () => {
    const mine: InboxFilter = { ...DEFAULT_FILTER, view: "mine" };
    const before = list([aRow({ assignee_id: ME })]);
    expect(ids(placeRow(before, aRow({ assignee_id: "other" }), mine, ME))).toEqual([]);
  });

  it("is not added behind the loaded rows while more pages follow", () => {
    const before = list([early, late], "cursor");
    const last = aRow({ id: "last", waiting_since: null });
    expect(ids(placeRow(before, last, DEFAULT_FILTER, ME))).toEqual(["early", "late"]);
    expect(ids(placeRow(list([early, late]), last, DEFAULT_FILTER, ME))).toEqual(["early", "late", "last"]);
  });

  it("changes nothing, not even the object, where it never was", () => {
    const before = list([early]);
    expect(placeRow(before, aRow({ id: "x", state: "resolved" }), DEFAULT_FILTER, ME)).toBe(before);
  });
});

describe("an entry in a thread", () => {
  const newest = [anEntry({ id: "c", occurred_at: minute(3) }), anEntry({ id: "d", occurred_at: minute(4) })];
  const oldest = [anEntry({ id: "a", occurred_at: minute(1) }), anEntry({ id: "b", occurred_at: minute(2) })];
  const thread: Pages<Interaction> = {
    pages: [
      { items: newest, next: "n" },
      { items: oldest, next: null },
    ],
    pageParams: [null, "n"],
  };

  it("is put at its provider time, however late it arrives", () => {
    const after = placeEntry(thread, anEntry({ id: "late", occurred_at: minute(2.5) }));
    expect(after.pages.map((page) => page.items.map((item) => item.id))).toEqual([
      ["c", "d"],
      ["a", "b", "late"],
    ]);
  });

  it("stands before what was said within its second, when its provider gives whole seconds", () => {
    const ours = anEntry({ id: "ours", occurred_at: "2026-11-22T08:00:05.200000Z" });
    const loaded = { pages: [{ items: [ours], next: null }], pageParams: [null] };
    const theirs = anEntry({ id: "theirs", occurred_at: "2026-11-22T08:00:05Z" });
    expect(ids(placeEntry(loaded, theirs))).toEqual(["theirs", "ours"]);
  });

  it("replaces itself instead of doubling, also with a new time", () => {
    const after = placeEntry(thread, anEntry({ id: "d", occurred_at: minute(2.5), text: "moved" }));
    expect(ids(after).toSorted()).toEqual(["a", "b", "c", "d"]);
    expect(after.pages[1]?.items.at(-1)?.text).toBe("moved");
  });

  it("waits for its page when it is older than everything loaded", () => {
    const open: Pages<Interaction> = { pages: [{ items: newest, next: "n" }], pageParams: [null] };
    expect(placeEntry(open, anEntry({ id: "ancient", occurred_at: minute(0) }))).toBe(open);
  });

  it("is shown in an empty thread", () => {
    const empty: Pages<Interaction> = { pages: [{ items: [], next: null }], pageParams: [null] };
    expect(ids(placeEntry(empty, anEntry({ id: "first" })))).toEqual(["first"]);
  });
});

describe("unread, which frames cannot say", () => {
  const row = aRow({ unread: null });

  it("is true when a customer's new entry came", () => {
    expect(deriveUnread(row, undefined, [anEntry()], null)).toBe(true);
  });

  it("stays false for our own entry", () => {
    expect(deriveUnread(row, aRow(), [aReply()], null)).toBe(false);
  });

  it("stays as it was when nothing new came", () => {
    expect(deriveUnread(row, aRow({ unread: true }), [], null)).toBe(true);
  });

  it("is false for the conversation on screen", () => {
    expect(deriveUnread(row, aRow({ unread: true }), [anEntry()], "c1")).toBe(false);
  });
});

describe("a frame of changes", () => {
  const start = (): QueryClient => {
    const client = new QueryClient();
    client.setQueryData(conversationsQuery(DEFAULT_FILTER).queryKey, list([aRow({ unread: false })]));
    client.setQueryData(threadQuery("c1").queryKey, {
      pages: [{ items: [anEntry()], next: null }],
      pageParams: [null],
    });
    return client;
  };

  it("patches list and thread and tells which customers' entries are new", () => {
    const client = start();
    const entry = anEntry({ id: "i2", occurred_at: minute(5) });
    const fresh = applyChanges(
      client,
      { ...nothing, conversations: [aRow({ unread: null, last_preview: "And?" })], interactions: [entry] },
      ME,
      null,
    );
    const row = client.getQueryData<Pages<ConversationRow>>(conversationsQuery(DEFAULT_FILTER).queryKey)?.pages[0]
      ?.items[0];
    expect(fresh.map((item) => item.id)).toEqual(["i2"]);
    expect(row).toMatchObject({ unread: true, last_preview: "And?" });
    expect(ids(client.getQueryData<Pages<Interaction>>(keys.thread("c1")) as Pages<Interaction>)).toEqual(["i1", "i2"]);
  });

  it("applied twice is the same as once", () => {
    const client = start();
    const frame = {
      ...nothing,
      conversations: [aRow({ unread: null })],
      interactions: [anEntry({ id: "i2", occurred_at: minute(5) })],
    };
    applyChanges(client, frame, ME, null);
    const once = structuredClone(client.getQueryData(keys.thread("c1")));
    expect(applyChanges(client, frame, ME, null)).toEqual([]);
    expect(client.getQueryData(keys.thread("c1"))).toEqual(once);
  });

  it("tells when a contact was renamed whose rows it does not bring", () => {
    expect(renamesRows(start(), { ...nothing, contacts: ["k1"] })).toBe(true);
    expect(renamesRows(start(), { ...nothing, contacts: ["k1"], conversations: [aRow()] })).toBe(false);
    expect(renamesRows(start(), { ...nothing, contacts: ["stranger"] })).toBe(false);
  });

  it("does not call an edited message news", () => {
    const edited = anEntry({ id: "i9", edited_at: minute(6) });
    expect(applyChanges(start(), { ...nothing, interactions: [edited] }, ME, null)).toEqual([]);
  });

  it("puts the entry into the contact's timeline, unless its channel is filtered out", () => {
    const client = start();
    const shown = [...keys.contact("k1"), "timeline", []];
    const filtered = [...keys.contact("k1"), "timeline", ["another"]];
    const empty = (): Pages<Interaction> => ({ pages: [{ items: [], next: null }], pageParams: [null] });
    client.setQueryData(shown, empty());
    client.setQueryData(filtered, empty());
    applyChanges(client, { ...nothing, interactions: [anEntry({ id: "i2" })] }, ME, null);
    expect(ids(client.getQueryData(shown) as Pages<Interaction>)).toEqual(["i2"]);
    expect(ids(client.getQueryData(filtered) as Pages<Interaction>)).toEqual([]);
  });
});

describe("the answer to a message's creation", () => {
  const queries = new QueryClient();
  const thread = (entry: Interaction): void => {
    queries.setQueryData<Pages<Interaction>>(keys.thread(entry.conversation_id), {
      pages: [{ items: [entry], next: null }],
      pageParams: [null],
    });
  };
  const delivery: NonNullable<Interaction["delivery"]> = {
    id: "d1",
    state: "queued",
    attempt: 0,
    next_at: null,
    code: "",
    reason: "",
    state_at: minute(1),
  };
  const reply = aReply({ delivery });

  it("is taken while the screen shows only what it made up itself", () => {
    thread({ ...reply, delivery: { ...delivery, id: "" } });
    expect(isTold(queries, reply)).toBe(false);
  });

  it("is not taken after a live frame, which knows more", () => {
    thread({ ...reply, delivery: { ...delivery, state: "failed" } });
    expect(isTold(queries, reply)).toBe(true);
  });
});
