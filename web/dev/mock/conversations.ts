/** Routes of the mock hub: conversations, their entries and deliveries. */
import { compareRows, matches } from "../../src/api/filter.ts";
import type { ConversationRow } from "../../src/api/types.ts";
import { ago, channels, me } from "./seed.ts";
import { drafts, filterFrom, first, newestFirst, on, page, Refused, row, say, tell, uploads, world } from "./state.ts";
import { delivery, entry } from "./threads.ts";

function counts() {
  const live = world.rows.filter((item) => item.state === "open" || item.state === "pending");
  const waits = live
    .filter((item) => item.waiting_since !== null)
    .map((item) => item.waiting_since as string)
    .toSorted();
  return {
    mine: live.filter((item) => item.assignee_id === me.id).length,
    unassigned: live.filter((item) => item.assignee_id === null).length,
    all: live.length,
    snoozed: world.rows.filter((item) => item.state === "snoozed").length,
    waiting: waits.length,
    oldest_wait: waits[0] ?? null,
  };
}

/** The first of a kind is open for a while, the next one is nearly over, the others are closed. */
function replyUntil(found: ConversationRow, kind: string): string | null {
  if (kind === "webchat") return ago(-95);
  if (kind !== "whatsapp") return null;
  return world.rows.indexOf(found) === 2 ? ago(-133) : ago(5);
}

on("GET", "/conversations", (_m, query) => {
  const filter = filterFrom(query);
  return page(world.rows.filter((item) => matches(item, filter, me.id)).toSorted(compareRows(filter.sort)), query);
});
on("GET", "/conversations/counts", counts);
on("GET", "/conversations/{id}", (m) => {
  const found = row(first(m));
  const home = channels.find((item) => item.id === found.channel_id);
  return {
    row: found,
    participants: [
      {
        contact_point_id: found.contact_point_id,
        contact_id: found.contact_id,
        name: found.contact_name,
        address: found.address,
        role: "counterpart",
      },
    ],
    draft: drafts.get(found.id) ?? null,
    draft_files: [],
    draft_quote: null,
    read_at: null,
    capabilities: home?.capabilities,
    reply_until: replyUntil(found, home?.kind ?? ""),
    refused:
      world.rows.indexOf(found) === 5
        ? "This person asked not to be written to (STOP). Only they can lift that, by writing START."
        : "",
    channel_id: found.channel_id,
  };
});
on("PATCH", "/conversations/{id}", (m, _q, body) => {
  const found = row(first(m));
  Object.assign(found, body);
  tell({ conversations: [{ ...found, unread: null }] });
  return found;
});
on("GET", "/conversations/{id}/interactions", (m, query) => newestFirst(world.threads.get(first(m)) ?? [], query));
on("POST", "/conversations/{id}/replies", (m, _q, body) => {
  const found = row(first(m));
  const {
    id: own,
    text = "",
    attachment_ids,
    resolve,
    template = null,
  } = body as unknown as {
    id: string;
    text?: string;
    attachment_ids?: string[];
    resolve?: boolean;
    template?: { key: string; values: Record<string, string> } | null;
  };
  const now = new Date().toISOString();
  found.waiting_since = null;
  if (resolve === true) found.state = "resolved";
  const item = say(
    found,
    entry(found, {
      id: own,
      direction: "outbound",
      author_kind: "agent",
      author_id: me.id,
      author_name: me.name,
      text: template === null ? text : `Template ${template.key}: ${Object.values(template.values).join(", ")}`,
      data: template === null ? {} : { template: { ...template, name: template.key, language: "en_US" } },
      occurred_at: now,
      received_at: now,
      delivery: delivery("queued", "", now),
      journal_seq: null,
      attachments: (attachment_ids ?? []).flatMap((key) => uploads.get(key) ?? []),
    }),
  );
  drafts.delete(found.id);
  for (const [index, state] of (["sending", "sent", "delivered"] as const).entries())
    setTimeout(
      () => {
        item.delivery = { ...(item.delivery ?? delivery("queued")), state };
        tell({ interactions: [item] });
      },
      500 * (index + 1),
    );
  return item;
});
on("POST", "/conversations/{id}/notes", (m, _q, body) => {
  const found = row(first(m));
  const now = new Date().toISOString();
  return say(
    found,
    entry(found, {
      id: body.id as string,
      kind: "note",
      direction: "internal",
      author_kind: "agent",
      author_id: me.id,
      author_name: me.name,
      text: body.text as string,
      occurred_at: now,
      received_at: now,
    }),
  );
});
on("PUT", "/conversations/{id}/draft", (m, _q, body) => {
  const kept = { ...body, conversation_id: first(m), user_id: me.id, updated_at: new Date().toISOString() };
  drafts.set(first(m), kept);
  return kept;
});
on("DELETE", "/conversations/{id}/draft", (m) => {
  drafts.delete(first(m));
  return null;
});
on("POST", "/conversations/{id}/read", (m) => {
  row(first(m)).unread = false;
  return null;
});
on("POST", "/conversations/{id}/typing", () => null);
on("GET", "/interactions/{id}/revisions", (m) => [
  { interaction_id: first(m), replaced_at: ago(1395), text: "I moved the date to Thursday.", html: "" },
]);
on("GET", "/interactions/{id}/raw", () => ({
  seq: 4711,
  channel_id: channels[2]?.id,
  kind: "webhook",
  received_at: ago(10),
  state: "done",
  error: "",
  attempts: 1,
  recovered: false,
  headers: { "content-type": "application/json" },
  body_text: '{"update_id": 1, "message": {"gift": {}}}',
  body_base64: null,
  interactions: [],
}));
on("POST", "/deliveries/{id}/retry", (m) => {
  for (const items of world.threads.values())
    for (const item of items)
      if (item.delivery?.id === first(m)) {
        item.delivery = { ...item.delivery, state: "sent", reason: "" };
        tell({ interactions: [item] });
        return item.delivery;
      }
  throw new Refused(404, "There is no such delivery.");
});
on("POST", "/deliveries/{id}/confirm", (m) => {
  for (const items of world.threads.values())
    for (const item of items)
      if (item.delivery?.id === first(m)) {
        item.delivery = { ...item.delivery, state: "delivered", reason: "" };
        tell({ interactions: [item] });
        return item.delivery;
      }
  throw new Refused(404, "There is no such delivery.");
});
